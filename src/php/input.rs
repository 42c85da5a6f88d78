//! Arrays from PHP: accounts and options, read into the nouns of the crate, or refused with the key that is wrong.

use std::fmt::Display;

use ext_php_rs::convert::{FromZval, StubLiteral};
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ZendHashTable, Zval};

use crate::account::{CredentialVersion, Credentials};
use crate::check::Candidate;
use crate::marketplace::{self, Marketplace};
use crate::php::exception::ArgumentError;
use crate::php::fields::{ArgPath, Fields, Key, entries, loose_text};
use crate::php::zend;
use crate::secret::Secret;

/// A callable argument. It is held: where it is somebody's reference, its own call may put something else in its place.
pub struct Callback(Zval);

impl Callback {
    /// See [`zend::call`].
    pub fn call<const N: usize>(&self, arguments: [Zval; N]) -> Option<Zval> {
        zend::call(&self.0, arguments)
    }
}

impl FromZval<'_> for Callback {
    const TYPE: DataType = DataType::Callable;

    fn from_zval(value: &Zval) -> Option<Self> {
        value.is_callable().then(|| Self(value.dereference().shallow_clone()))
    }
}

/// An array parameter that may be left out: `array $options = []`.
#[derive(Default)]
pub struct OptionsArray<'a>(Option<&'a ZendHashTable>);

impl<'a> FromZval<'a> for OptionsArray<'a> {
    const TYPE: DataType = DataType::Array;

    fn from_zval(value: &'a Zval) -> Option<Self> {
        value.array().map(|array| Self(Some(array)))
    }
}

impl StubLiteral for OptionsArray<'_> {
    fn stub_literal(&self) -> String {
        "[]".to_owned()
    }
}

impl OptionsArray<'_> {
    /// What is in it, if anything was given.
    pub fn fields(&self) -> Option<Fields<'_>> {
        self.0.map(|array| Fields { array, name: ArgPath::Whole("$options") })
    }
}

/// `$account` of an exchange.
pub fn credentials(account: &ZendHashTable) -> Result<Credentials, ArgumentError> {
    credentials_of(&Fields { array: account, name: ArgPath::Whole("$account") })
}

/// The pair of an account. Marketplace and tag are needed only to work out a version that is not given.
pub fn credentials_of(fields: &Fields<'_>) -> Result<Credentials, ArgumentError> {
    let id = fields.filled_text("credential_id")?;
    let secret = Secret::new(fields.filled_text("credential_secret")?);
    let version = match version(fields)? {
        Some(version) => {
            // Not needed, but a name that is wrong is a mistake that is better told now.
            if fields.text("marketplace")?.is_some_and(|host| !host.is_empty()) {
                marketplace_of(fields)?;
            }
            version
        }
        None => Credentials::likely_version(&id, &secret, marketplace_of(fields)?.region),
    };
    Ok(Credentials { id, secret, version })
}

/// `$accounts` of a test. What is missing or cannot be read counts as blank: their values are the test's own business.
pub fn candidates(accounts: &ZendHashTable) -> Vec<Candidate> {
    let read = |(_, value): (Key, &Zval)| {
        let fields = value.dereference().array();
        let text = |key: &str| fields.and_then(|fields| loose_text(fields.get(key)?)).unwrap_or_default();
        Candidate {
            credential_id: text("credential_id"),
            credential_secret: Secret::new(text("credential_secret")),
            credential_version: text("credential_version"),
            marketplace: text("marketplace"),
            partner_tag: text("partner_tag"),
        }
    };
    entries(accounts).map(read).collect()
}

fn version(fields: &Fields<'_>) -> Result<Option<CredentialVersion>, ArgumentError> {
    match fields.text("credential_version")?.filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => CredentialVersion::parse(&text).map(Some).ok_or_else(|| {
            let known = CredentialVersion::ALL.map(CredentialVersion::as_str).join(", ");
            ArgumentError::Value(format!("{} must be one of {known}, or blank", fields.path("credential_version")))
        }),
    }
}

/// The marketplace of an account.
pub fn marketplace_of(fields: &Fields<'_>) -> Result<&'static Marketplace, ArgumentError> {
    known_marketplace(&fields.required_text("marketplace")?, ArgPath::Of(&fields.name, &"marketplace"))
}

/// The marketplace of a host that stands there.
pub fn known_marketplace(host: &str, name: impl Display) -> Result<&'static Marketplace, ArgumentError> {
    Marketplace::by_host(host).ok_or_else(|| {
        let example = marketplace::ALL.first().map_or("", |marketplace| marketplace.host);
        ArgumentError::Value(format!("{name} must be the host of a marketplace, such as {example}"))
    })
}
