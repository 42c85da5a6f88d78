//! One array from PHP, read key by key; what is wrong is told with the key's own name.

use std::fmt::{Display, Formatter};

use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ArrayKey, ZendHashTable, Zval};

use crate::php::exception::ArgumentError;

/// The words by which a mistake is told, put together only where there is one: `$accounts[2]['partner_tag']`.
#[derive(Clone, Copy)]
pub enum ArgPath<'a> {
    /// A parameter, or whatever is named as a whole.
    Whole(&'a str),
    /// What stands in a list.
    At(&'a ArgPath<'a>, &'a dyn Display),
    /// What stands under a key.
    Of(&'a ArgPath<'a>, &'a dyn Display),
}

impl Display for ArgPath<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(name) => out.write_str(name),
            Self::At(list, place) => write!(out, "{list}[{place}]"),
            Self::Of(array, key) => write!(out, "{array}['{key}']"),
        }
    }
}

/// A key of an array.
pub type Key = ArrayKey<'static>;

/// What stands in an array. A key of other bytes than UTF-8, at which ext-php-rs would panic, is told by its likeness.
pub fn entries(array: &ZendHashTable) -> impl Iterator<Item = (Key, &Zval)> {
    let mut iterator = array.iter();
    std::iter::from_fn(move || {
        let (key, value) = iterator.next_zval()?;
        let key = match key.zend_str() {
            Some(text) => Key::String(String::from_utf8_lossy(text.as_bytes()).into_owned()),
            None => Key::Long(key.long().unwrap_or_default()),
        };
        Some((key, value))
    })
}

/// An array and its name.
pub struct Fields<'a> {
    /// The array.
    pub array: &'a ZendHashTable,
    /// For mistakes.
    pub name: ArgPath<'a>,
}

impl<'a> Fields<'a> {
    /// Takes the array that should stand there.
    pub fn of(value: &'a Zval, name: ArgPath<'a>) -> Result<Self, ArgumentError> {
        match value.dereference().array() {
            Some(array) => Ok(Self { array, name }),
            None => Err(wrong_type(name, "array", value)),
        }
    }

    /// The words for a key.
    pub fn path(&self, key: impl Display) -> String {
        ArgPath::Of(&self.name, &key).to_string()
    }

    /// The value of a key, which is no number; null counts as absent.
    pub fn get(&self, key: &str) -> Option<&'a Zval> {
        self.array.get(ArrayKey::Str(key)).map(Zval::dereference).filter(|value| !value.is_null())
    }

    /// A value that must be there.
    pub fn required(&self, key: &str) -> Result<&'a Zval, ArgumentError> {
        self.get(key).ok_or_else(|| ArgumentError::Value(format!("{} is missing", self.path(key))))
    }

    /// A string, trimmed, or a number as one; `None` where it is absent.
    pub fn text(&self, key: &str) -> Result<Option<String>, ArgumentError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match loose_text(value) {
            Some(text) => Ok(Some(text)),
            None if value.is_string() => Err(ArgumentError::Value(format!("{} must be valid UTF-8", self.path(key)))),
            None => Err(wrong_type(self.path(key), "string", value)),
        }
    }

    /// [`Fields::text`] that must be there.
    pub fn required_text(&self, key: &str) -> Result<String, ArgumentError> {
        self.text(key)?.ok_or_else(|| ArgumentError::Value(format!("{} is missing", self.path(key))))
    }

    /// [`Fields::required_text`] that is not blank.
    pub fn filled_text(&self, key: &str) -> Result<String, ArgumentError> {
        let text = self.required_text(key)?;
        if text.is_empty() {
            Err(ArgumentError::Value(format!("{} must not be empty", self.path(key))))
        } else {
            Ok(text)
        }
    }

    /// True or false, also as WordPress keeps them: 1 and 0, "1", "0" and nothing.
    pub fn boolean(&self, key: &str) -> Result<Option<bool>, ArgumentError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let read = match (value.bool(), value.long(), value.str()) {
            (Some(is), ..) => Some(is),
            (_, Some(1), _) | (.., Some("1")) => Some(true),
            (_, Some(0), _) | (.., Some("0" | "")) => Some(false),
            _ => None,
        };
        read.map(Some).ok_or_else(|| wrong_type(self.path(key), "bool", value))
    }

    /// A whole number, at least so large.
    pub fn integer(&self, key: &str, least: i64) -> Result<Option<i64>, ArgumentError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match loose_integer(value) {
            Some(number) if number >= least => Ok(Some(number)),
            Some(_) => Err(ArgumentError::Value(format!("{} must be at least {least}", self.path(key)))),
            None => Err(wrong_type(self.path(key), "int", value)),
        }
    }

    /// A number of either type.
    pub fn number(&self, key: &str) -> Result<Option<f64>, ArgumentError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match loose_number(value) {
            Some(number) => Ok(Some(number)),
            None if value.is_double() => Err(ArgumentError::Value(format!("{} must be finite", self.path(key)))),
            None => Err(wrong_type(self.path(key), "int|float", value)),
        }
    }

    /// A misspelt option would otherwise do nothing, silently.
    pub fn refuse_others(&self, known: &[&str]) -> Result<(), ArgumentError> {
        let is_known = |key: &Key| matches!(key, Key::String(text) if known.contains(&text.as_str()));
        match entries(self.array).map(|(key, _)| key).find(|key| !is_known(key)) {
            None => Ok(()),
            Some(key) => {
                Err(ArgumentError::Value(format!("{} is no option; there are: {}", self.path(&key), known.join(", "))))
            }
        }
    }
}

/// A string, trimmed, or a number as it would be written. `None`: neither, or not UTF-8.
#[must_use]
pub fn loose_text(value: &Zval) -> Option<String> {
    let value = value.dereference();
    match value.get_type() {
        DataType::String => value.str().map(|text| text.trim().to_owned()),
        DataType::Long => value.long().map(|number| number.to_string()),
        DataType::Double => value.double().filter(|number| number.abs() < WHOLE).map(|number| number.to_string()),
        _ => None,
    }
}

/// A number, or a string that is one.
#[must_use]
pub fn loose_number(value: &Zval) -> Option<f64> {
    let value = value.dereference();
    let number = match value.get_type() {
        #[expect(clippy::cast_precision_loss, reason = "seconds, rates and pixels are small")]
        DataType::Long => value.long().map(|number| number as f64),
        DataType::Double => value.double(),
        DataType::String => value.str().and_then(|text| text.trim().parse().ok()),
        _ => None,
    };
    number.filter(|number| number.is_finite())
}

/// A whole number of any type.
#[must_use]
pub fn loose_integer(value: &Zval) -> Option<i64> {
    if let Some(number) = value.dereference().long().filter(|_| value.dereference().is_long()) {
        return Some(number);
    }
    let number = loose_number(value).filter(|number| number.fract() == 0.0 && number.abs() < WHOLE)?;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole, and its range was looked at")]
    Some(number as i64)
}

/// Up to here a float holds every whole number, and is written without an exponent.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// The mistake of a value that has another type.
#[must_use]
pub fn wrong_type(name: impl Display, expected: &str, value: &Zval) -> ArgumentError {
    let given = match value.dereference().get_type() {
        DataType::Null | DataType::Undef => "null",
        DataType::Bool | DataType::True | DataType::False => "bool",
        DataType::Long => "int",
        DataType::Double => "float",
        DataType::String => "string",
        DataType::Array => "array",
        DataType::Object(_) => "object",
        _ => "another type",
    };
    ArgumentError::Type(format!("{name} must be of type {expected}, {given} given"))
}
