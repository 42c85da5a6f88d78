//! One array from PHP, read key by key; what is wrong is told with the key's own name.

use std::fmt::{Display, Formatter};

use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ArrayKey, ZendHashTable, Zval};

use crate::php::exception::Mistake;

/// The words by which a mistake is told, put together only where there is one: `$accounts[2]['partner_tag']`.
#[derive(Clone, Copy)]
pub enum Name<'a> {
    /// A parameter, or whatever is named as a whole.
    Whole(&'a str),
    /// What stands in a list.
    At(&'a Name<'a>, &'a dyn Display),
    /// What stands under a key.
    Of(&'a Name<'a>, &'a dyn Display),
}

impl Display for Name<'_> {
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
    pub name: Name<'a>,
}

impl<'a> Fields<'a> {
    /// Takes the array that should stand there.
    pub fn of(value: &'a Zval, name: Name<'a>) -> Result<Self, Mistake> {
        match value.dereference().array() {
            Some(array) => Ok(Self { array, name }),
            None => Err(wrong_type(name, "array", value)),
        }
    }

    /// The words for a key.
    pub fn path(&self, key: impl Display) -> String {
        Name::Of(&self.name, &key).to_string()
    }

    /// The value of a key; null counts as absent.
    pub fn get(&self, key: &str) -> Option<&'a Zval> {
        self.array.get(key).map(Zval::dereference).filter(|value| !value.is_null())
    }

    /// A value that must be there.
    pub fn required(&self, key: &str) -> Result<&'a Zval, Mistake> {
        self.get(key).ok_or_else(|| Mistake::Value(format!("{} is missing", self.path(key))))
    }

    /// A string, trimmed; `None` where it is absent.
    pub fn text(&self, key: &str) -> Result<Option<String>, Mistake> {
        let Some(value) = self.get(key) else { return Ok(None) };
        if !value.is_string() {
            return Err(wrong_type(self.path(key), "string", value));
        }
        match value.str() {
            Some(text) => Ok(Some(text.trim().to_owned())),
            None => Err(Mistake::Value(format!("{} must be valid UTF-8", self.path(key)))),
        }
    }

    /// [`Fields::text`] that must be there.
    pub fn required_text(&self, key: &str) -> Result<String, Mistake> {
        self.text(key)?.ok_or_else(|| Mistake::Value(format!("{} is missing", self.path(key))))
    }

    /// [`Fields::required_text`] that is not blank.
    pub fn filled_text(&self, key: &str) -> Result<String, Mistake> {
        let text = self.required_text(key)?;
        if text.is_empty() { Err(Mistake::Value(format!("{} must not be empty", self.path(key)))) } else { Ok(text) }
    }

    /// True or false.
    pub fn boolean(&self, key: &str) -> Result<Option<bool>, Mistake> {
        let Some(value) = self.get(key) else { return Ok(None) };
        value.bool().map(Some).ok_or_else(|| wrong_type(self.path(key), "bool", value))
    }

    /// A whole number, at least so large.
    pub fn integer(&self, key: &str, least: i64) -> Result<Option<i64>, Mistake> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match value.long() {
            Some(number) if value.is_long() && number >= least => Ok(Some(number)),
            Some(_) if value.is_long() => Err(Mistake::Value(format!("{} must be at least {least}", self.path(key)))),
            _ => Err(wrong_type(self.path(key), "int", value)),
        }
    }

    /// A number of either type.
    pub fn number(&self, key: &str) -> Result<Option<f64>, Mistake> {
        let Some(value) = self.get(key) else { return Ok(None) };
        #[expect(clippy::cast_precision_loss, reason = "seconds and rates are small")]
        let number = if value.is_long() { value.long().map(|n| n as f64) } else { value.double() };
        match number {
            Some(number) if number.is_finite() => Ok(Some(number)),
            Some(_) => Err(Mistake::Value(format!("{} must be finite", self.path(key)))),
            None => Err(wrong_type(self.path(key), "int|float", value)),
        }
    }

    /// A misspelt option would otherwise do nothing, silently.
    pub fn refuse_others(&self, known: &[&str]) -> Result<(), Mistake> {
        match entries(self.array).map(|(key, _)| key.to_string()).find(|key| !known.contains(&key.as_str())) {
            None => Ok(()),
            Some(key) => {
                Err(Mistake::Value(format!("{} is no option; there are: {}", self.path(key), known.join(", "))))
            }
        }
    }
}

/// The mistake of a value that has another type.
#[must_use]
pub fn wrong_type(name: impl Display, expected: &str, value: &Zval) -> Mistake {
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
    Mistake::Type(format!("{name} must be of type {expected}, {given} given"))
}
