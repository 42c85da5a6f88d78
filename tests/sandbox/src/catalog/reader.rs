//! Reading the members of a request, one by one, and gathering what is wrong with them.

use axum::http::HeaderMap;
use serde_json::{Map, Value};

use super::{
    refusal::{FieldProblem, Refusal},
    resource::{self, Operation},
};
use crate::{headers::has_content_type, marketplace::Marketplace};

const MOST_RESOURCES: usize = 100;
const LONGEST_TAG: usize = 64;

/// Goes through the members and gathers what is wrong.
pub struct Reader {
    members: Map<String, Value>,
    /// What is wrong so far.
    pub problems: Vec<FieldProblem>,
}

impl Reader {
    /// Of a body that is a JSON object and says so.
    pub fn new(headers: &HeaderMap, body: &[u8]) -> Result<Self, Refusal> {
        if !has_content_type(headers, "application/json") {
            return Err(Refusal::CannotParse);
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(members)) => Ok(Self { members, problems: Vec::new() }),
            _ => Err(Refusal::CannotParse),
        }
    }

    /// A null is as good as nothing.
    fn take(&mut self, name: &str) -> Option<Value> {
        self.members.shift_remove(name).filter(|value| !value.is_null())
    }

    /// Notes what is wrong with a member.
    pub fn refuse<T>(&mut self, name: &'static str, message: impl Into<String>) -> Option<T> {
        let message = message.into();
        self.problems.push(FieldProblem { name, message });
        None
    }

    /// The header `x-marketplace`, and the member that may repeat it.
    pub fn marketplace(&mut self, headers: &HeaderMap) -> Option<&'static Marketplace> {
        const NAME: &str = "x-marketplace";
        let repeated = self.take("marketplace");
        let Some(host) = headers.get(NAME) else {
            return self.refuse(NAME, "must not be null");
        };
        let Some(marketplace) = host.to_str().ok().and_then(Marketplace::named) else {
            return self.refuse(NAME, "must be a known marketplace");
        };
        if repeated.is_some_and(|repeated| repeated != marketplace.host) {
            return self.refuse("marketplace", "must be equal to x-marketplace");
        }
        Some(marketplace)
    }

    /// `partnerTag`, which must be there.
    pub fn partner_tag(&mut self) -> Option<String> {
        const NAME: &str = "partnerTag";
        match self.take(NAME) {
            Some(Value::String(tag)) if tag.trim().is_empty() => self.refuse(NAME, "must not be blank"),
            Some(Value::String(tag)) if tag.chars().count() > LONGEST_TAG => {
                self.refuse(NAME, "must have length less than or equal to 64")
            }
            Some(Value::String(tag)) => Some(tag),
            Some(_) => self.refuse(NAME, "must be a string"),
            None => self.refuse(NAME, "must not be null"),
        }
    }

    /// A list of 1 to `most` ids, each once and no longer than that.
    pub fn ids(&mut self, name: &'static str, most: usize, longest: usize) -> Option<Vec<String>> {
        let Some(value) = self.take(name) else {
            return self.refuse(name, "must not be null");
        };
        let Some(ids) = strings(value) else {
            return self.refuse(name, "must be a list of strings");
        };
        if ids.is_empty() {
            return self.refuse(name, "must have length greater than or equal to 1");
        }
        if ids.len() > most {
            return self.refuse(name, format!("must have length less than or equal to {most}"));
        }
        if ids.iter().any(|id| id.len() > longest) {
            return self.refuse(name, format!("must have entries of length less than or equal to {longest}"));
        }
        let twice = ids.iter().enumerate().any(|(position, id)| ids.iter().skip(position + 1).any(|other| other == id));
        if twice {
            return self.refuse(name, "must not hold an id twice");
        }
        Some(ids)
    }

    /// A text of at most so many characters.
    pub fn text(&mut self, name: &'static str, longest: usize) -> Option<String> {
        match self.take(name)? {
            Value::String(text) if text.chars().count() > longest => {
                self.refuse(name, format!("must have length less than or equal to {longest}"))
            }
            Value::String(text) => Some(text),
            _ => self.refuse(name, "must be a string"),
        }
    }

    /// A whole number in this range.
    pub fn number(&mut self, name: &'static str, least: u64, most: u64) -> Option<u64> {
        match self.take(name)?.as_u64() {
            Some(number) if (least..=most).contains(&number) => Some(number),
            _ => self.refuse(name, format!("must be a number between {least} and {most}")),
        }
    }

    /// A list of these words.
    pub fn some_of(&mut self, name: &'static str, allowed: &[&str]) {
        if let Some(value) = self.take(name)
            && !strings(value).is_some_and(|values| values.iter().all(|value| allowed.contains(&value.as_str())))
        {
            self.refuse::<()>(name, format!("must hold none but: {}", allowed.join(", ")));
        }
    }

    /// `resources`, or what stands for them.
    pub fn resources(&mut self, operation: Operation) -> Option<Vec<&'static str>> {
        const NAME: &str = "resources";
        let Some(value) = self.take(NAME) else {
            return Some(vec![resource::DEFAULT]);
        };
        let Some(names) = strings(value) else {
            return self.refuse(NAME, "must be a list of strings");
        };
        if names.len() > MOST_RESOURCES {
            return self.refuse(NAME, "must have length less than or equal to 100");
        }
        let mut resources = Vec::with_capacity(names.len());
        for name in names {
            match resource::named(operation, &name) {
                Some(resource) => resources.push(resource),
                None => return self.refuse(NAME, format!("must not hold {name}")),
            }
        }
        Some(resources)
    }

    /// The one language that may be preferred.
    pub fn language(&mut self) -> Option<String> {
        const NAME: &str = "languagesOfPreference";
        let languages = strings(self.take(NAME)?);
        match languages.as_deref() {
            Some([]) => None,
            Some([language]) => Some(language.clone()),
            Some(_) => self.refuse(NAME, "must have length less than or equal to 1"),
            None => self.refuse(NAME, "must be a list of strings"),
        }
    }

    /// One of these words.
    pub fn one_of(&mut self, name: &'static str, allowed: &[&str]) {
        if let Some(value) = self.take(name)
            && !value.as_str().is_some_and(|value| allowed.contains(&value))
        {
            let message = format!("must be one of: {}", allowed.join(", "));
            self.refuse::<()>(name, message);
        }
    }

    /// `currencyOfPreference`.
    pub fn currency(&mut self) -> Option<String> {
        self.text("currencyOfPreference", 100)
    }

    /// `properties`, a map of strings.
    pub fn properties(&mut self) {
        const NAME: &str = "properties";
        if let Some(value) = self.take(NAME)
            && !value.as_object().is_some_and(|map| map.values().all(Value::is_string))
        {
            self.refuse::<()>(NAME, "must be a map of strings");
        }
    }
}

fn strings(value: Value) -> Option<Vec<String>> {
    let Value::Array(values) = value else {
        return None;
    };
    let string = |value| match value {
        Value::String(text) => Some(text),
        _ => None,
    };
    values.into_iter().map(string).collect()
}
