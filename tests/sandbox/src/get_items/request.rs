//! Reading a getItems request, member by member.

use axum::http::HeaderMap;
use serde_json::{Map, Value};

use super::{
    refusal::{FieldProblem, Refusal},
    resource,
};
use crate::{headers::has_content_type, marketplace::Marketplace};

const MOST_ITEMS: usize = 10;
const MOST_RESOURCES: usize = 100;
const LONGEST_TAG: usize = 64;

/// A request in which everything is as it must be.
#[derive(Debug)]
pub struct GetItems {
    /// The header `x-marketplace`.
    pub marketplace: &'static Marketplace,
    /// `partnerTag`.
    pub partner_tag: String,
    /// `itemIds`, 1 to 10 and each once; not yet known to be ASINs.
    pub item_ids: Vec<String>,
    /// `resources`, or what stands for them.
    pub resources: Vec<&'static str>,
    /// The first of `languagesOfPreference`.
    pub language: Option<String>,
}

/// What a request seems to ask for, in order or not.
#[derive(Debug, Default)]
pub struct Glimpse {
    /// The strings in `itemIds`.
    pub item_ids: Vec<String>,
    /// The strings in `resources`.
    pub resources: Vec<String>,
}

/// Reads what can be read, for the log.
pub fn glimpse(body: &[u8]) -> Glimpse {
    let Ok(body) = serde_json::from_slice::<Value>(body) else {
        return Glimpse::default();
    };
    let strings = |name: &str| {
        let values = body.get(name).and_then(Value::as_array);
        let texts = values.into_iter().flatten().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    };
    Glimpse { item_ids: strings("itemIds"), resources: strings("resources") }
}

impl GetItems {
    /// Reads the request, or tells everything that is wrong with it.
    pub fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, Refusal> {
        if !has_content_type(headers, "application/json") {
            return Err(Refusal::CannotParse);
        }
        let Ok(Value::Object(members)) = serde_json::from_slice(body) else {
            return Err(Refusal::CannotParse);
        };
        let mut reader = Reader { members, problems: Vec::new() };
        let marketplace = reader.marketplace(headers);
        let partner_tag = reader.partner_tag();
        let item_ids = reader.item_ids();
        let resources = reader.resources();
        let language = reader.language();
        reader.one_of("itemIdType", &["ASIN"]);
        reader.one_of("condition", &["Any", "New"]);
        reader.currency();
        reader.properties();
        match (marketplace, partner_tag, item_ids, resources) {
            (Some(marketplace), Some(partner_tag), Some(item_ids), Some(resources)) if reader.problems.is_empty() => {
                Ok(Self { marketplace, partner_tag, item_ids, resources, language })
            }
            _ => Err(Refusal::Fields(reader.problems)),
        }
    }

    /// Refuses a request for a `highRes` picture, as an account may that has none.
    pub fn without_high_res(&self) -> Result<(), Refusal> {
        if self.resources.iter().any(|name| name.ends_with(".highRes")) {
            let problem = FieldProblem { name: "resources", message: "must not hold highRes".to_owned() };
            return Err(Refusal::Fields(vec![problem]));
        }
        Ok(())
    }
}

/// Goes through the members and gathers what is wrong.
struct Reader {
    members: Map<String, Value>,
    problems: Vec<FieldProblem>,
}

impl Reader {
    /// A null is as good as nothing.
    fn take(&mut self, name: &str) -> Option<Value> {
        self.members.shift_remove(name).filter(|value| !value.is_null())
    }

    fn refuse<T>(&mut self, name: &'static str, message: impl Into<String>) -> Option<T> {
        let message = message.into();
        self.problems.push(FieldProblem { name, message });
        None
    }

    fn marketplace(&mut self, headers: &HeaderMap) -> Option<&'static Marketplace> {
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

    fn partner_tag(&mut self) -> Option<String> {
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

    fn item_ids(&mut self) -> Option<Vec<String>> {
        const NAME: &str = "itemIds";
        let Some(value) = self.take(NAME) else {
            return self.refuse(NAME, "must not be null");
        };
        let Some(ids) = strings(value) else {
            return self.refuse(NAME, "must be a list of strings");
        };
        if ids.is_empty() {
            return self.refuse(NAME, "must have length greater than or equal to 1");
        }
        if ids.len() > MOST_ITEMS {
            return self.refuse(NAME, "must have length less than or equal to 10");
        }
        let twice = ids.iter().enumerate().any(|(position, id)| ids.iter().skip(position + 1).any(|other| other == id));
        if twice {
            return self.refuse(NAME, "must not hold an id twice");
        }
        Some(ids)
    }

    fn resources(&mut self) -> Option<Vec<&'static str>> {
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
            match resource::named(&name) {
                Some(resource) => resources.push(resource),
                None => return self.refuse(NAME, format!("must not hold {name}")),
            }
        }
        Some(resources)
    }

    fn language(&mut self) -> Option<String> {
        const NAME: &str = "languagesOfPreference";
        let languages = strings(self.take(NAME)?);
        match languages.as_deref() {
            Some([]) => None,
            Some([language]) => Some(language.clone()),
            Some(_) => self.refuse(NAME, "must have length less than or equal to 1"),
            None => self.refuse(NAME, "must be a list of strings"),
        }
    }

    fn one_of(&mut self, name: &'static str, allowed: &[&str]) {
        if let Some(value) = self.take(name)
            && !value.as_str().is_some_and(|value| allowed.contains(&value))
        {
            let message = format!("must be one of: {}", allowed.join(", "));
            self.refuse::<()>(name, message);
        }
    }

    fn currency(&mut self) {
        const NAME: &str = "currencyOfPreference";
        if let Some(value) = self.take(NAME)
            && value.as_str().is_none_or(|value| value.len() > 100)
        {
            self.refuse::<()>(NAME, "must have length less than or equal to 100");
        }
    }

    fn properties(&mut self) {
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
