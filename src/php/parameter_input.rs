//! Parameters of requests, read from PHP; a value that cannot be right is told by its name.

use ext_php_rs::types::Zval;
use serde_json::Value;

use crate::catalog::{GROUPS, Group, Kind, Parameter};
use crate::php::exception::ArgumentError;
use crate::php::fields::{ArgPath, Fields, Key, entries, loose_text, wrong_type};

/// Those that are there. A text that is empty counts as absent.
pub fn read(fields: &Fields<'_>, known: &[Parameter]) -> Result<Vec<(&'static str, Value)>, ArgumentError> {
    let mut read = Vec::new();
    for parameter in known {
        if let Some(value) = fields.get(parameter.name)
            && let Some(value) = one(fields, value, parameter)?
        {
            read.push((parameter.name, value));
        }
    }
    Ok(read)
}

fn one(fields: &Fields<'_>, value: &Zval, parameter: &Parameter) -> Result<Option<Value>, ArgumentError> {
    let name = parameter.name;
    let mistake = |what: String| Err(ArgumentError::Value(format!("{} must {what}", fields.path(name))));
    Ok(match parameter.kind {
        Kind::Text(most) => match fields.text(name)?.filter(|text| !text.is_empty()) {
            Some(text) if text.chars().count() > most => return mistake(format!("have at most {most} characters")),
            text => text.map(Value::from),
        },
        Kind::Number(least, most) => match fields.integer(name, least)? {
            Some(number) if number > most => return mistake(format!("be at most {most}")),
            number => number.map(Value::from),
        },
        Kind::OneOf(words) => match fields.text(name)?.filter(|text| !text.is_empty()) {
            Some(text) if !words.contains(&text.as_str()) => return mistake(format!("be one of {}", words.join(", "))),
            text => text.map(Value::from),
        },
        Kind::SomeOf(words) => {
            let texts = texts(fields, value, name)?;
            for (place, text) in texts.iter().enumerate() {
                if !words.contains(&text.as_str()) {
                    let path = ArgPath::At(&ArgPath::Of(&fields.name, &name), &place).to_string();
                    return Err(ArgumentError::Value(format!("{path} must be one of {}", words.join(", "))));
                }
            }
            (!texts.is_empty()).then(|| Value::from(texts))
        }
        Kind::Texts(most) => match texts(fields, value, name)? {
            texts if texts.len() > most => return mistake(format!("have at most {most} entries")),
            texts => (!texts.is_empty()).then(|| Value::from(texts)),
        },
        Kind::Map => {
            let path = ArgPath::Of(&fields.name, &name);
            let pairs = Fields::of(value, path)?;
            let pair = |(key, value): (Key, &Zval)| match loose_text(value) {
                Some(text) => Ok((ToString::to_string(&key), Value::from(text))),
                None => Err(wrong_type(ArgPath::Of(&path, &key), "string", value)),
            };
            let map = entries(pairs.array).map(pair).collect::<Result<serde_json::Map<_, _>, _>>()?;
            (!map.is_empty()).then_some(Value::Object(map))
        }
    })
}

/// A list of texts, or one.
fn texts(fields: &Fields<'_>, value: &Zval, name: &str) -> Result<Vec<String>, ArgumentError> {
    if let Some(text) = loose_text(value) {
        return Ok(Some(text).filter(|text| !text.is_empty()).into_iter().collect());
    }
    let path = ArgPath::Of(&fields.name, &name);
    let text = |(key, value): (Key, &Zval)| {
        loose_text(value).ok_or_else(|| wrong_type(ArgPath::At(&path, &key), "string", value))
    };
    entries(Fields::of(value, path)?.array).map(text).collect()
}

/// The groups that a list under `key` names, of those that are allowed; `None` where there is no list.
pub fn groups(fields: &Fields<'_>, key: &str, allowed: &[&str]) -> Result<Option<Vec<Group>>, ArgumentError> {
    let Some(value) = fields.get(key) else { return Ok(None) };
    let mut read = Vec::new();
    for (place, name) in texts(fields, value, key)?.iter().enumerate() {
        let known = GROUPS.iter().find(|(known, _)| known == name && allowed.contains(known));
        let Some((_, groups)) = known else {
            let path = ArgPath::At(&ArgPath::Of(&fields.name, &key), &place).to_string();
            return Err(ArgumentError::Value(format!("{path} must be one of {}, {name} given", allowed.join(", "))));
        };
        read.extend(groups.iter().filter(|group| !read.contains(*group)).copied().collect::<Vec<_>>());
    }
    Ok(Some(read))
}
