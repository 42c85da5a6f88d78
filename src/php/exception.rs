//! What PHP sees thrown: `ValueError` and `TypeError` for mistakes in arguments, `CreatorsApiException` for an
//! exchange that failed.

use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::exception::PhpException;
use ext_php_rs::zend::{ClassEntry, ce};

use crate::error::Error;
use crate::php::zend;

/// The class's name in PHP.
const NAME: &str = "CreatorsApiException";

/// A mistake in the arguments; the message names the key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArgumentError {
    /// Becomes a `TypeError`.
    #[error("{0}")]
    Type(String),
    /// Becomes a `ValueError`.
    #[error("{0}")]
    Value(String),
}

impl From<ArgumentError> for PhpException {
    fn from(mistake: ArgumentError) -> Self {
        let class = match mistake {
            ArgumentError::Type(_) => ce::type_error(),
            ArgumentError::Value(_) => ce::value_error(),
        };
        Self::new(printable(&mistake.to_string()), 0, class)
    }
}

impl From<Error> for PhpException {
    fn from(error: Error) -> Self {
        let code = error.http_status().map_or(0, i32::from);
        let message = match error.reason() {
            Some(reason) if !error.to_string().contains(reason) => format!("{error} ({reason})"),
            _ => error.to_string(),
        };
        Self::new(printable(&message), code, ClassEntry::try_find(NAME).unwrap_or_else(ce::exception))
    }
}

/// A NUL byte would make the message impossible to throw.
fn printable(message: &str) -> String {
    message.replace('\0', "\u{fffd}")
}

/// In MINIT. Registered by hand because a class made by the macro loses file, line and trace, and cannot be extended.
pub fn register() -> ext_php_rs::error::Result<()> {
    ClassBuilder::new(NAME)
        .extends((zend::runtime_exception, "\\RuntimeException"))
        .registration(|_class, _methods| {})
        .register()
}
