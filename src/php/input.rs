//! Arrays from PHP: accounts and options, read into the nouns of the crate, or refused with the key that is wrong.

use std::fmt::Display;
use std::time::Duration;

use ext_php_rs::convert::{FromZval, StubLiteral};
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ArrayKey, ZendHashTable, Zval};

use crate::account::{Account, CredentialVersion, Credentials, GivenToken};
use crate::check::Candidate;
use crate::marketplace::{self, Marketplace};
use crate::php::exception::Mistake;
use crate::php::fields::{Fields, Name, wrong_type};
use crate::refresh;
use crate::secret::Secret;

/// A callable argument.
pub struct Callback<'a>(pub &'a Zval);

impl<'a> FromZval<'a> for Callback<'a> {
    const TYPE: DataType = DataType::Callable;

    fn from_zval(value: &'a Zval) -> Option<Self> {
        value.is_callable().then_some(Self(value))
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
        self.0.map(|array| Fields { array, name: Name::Whole("$options") })
    }
}

/// `$account` of an exchange: marketplace and tag are needed only to work out a version that is not given.
pub fn credentials(account: &ZendHashTable) -> Result<Credentials, Mistake> {
    let fields = Fields { array: account, name: Name::Whole("$account") };
    let id = fields.filled_text("credential_id")?;
    let secret = Secret::new(fields.filled_text("credential_secret")?);
    let version = match version(&fields)? {
        Some(version) => {
            // Not needed, but a name that is wrong is a mistake that is better told now.
            if fields.text("marketplace")?.is_some_and(|host| !host.is_empty()) {
                marketplace_of(&fields)?;
            }
            version
        }
        None => Credentials::likely_version(&id, &secret, marketplace_of(&fields)?.region),
    };
    Ok(Credentials { id, secret, version })
}

/// `$account` of a refresh.
pub fn account(array: &ZendHashTable) -> Result<Account, Mistake> {
    let fields = Fields { array, name: Name::Whole("$account") };
    let credentials = credentials(array)?;
    let marketplace = marketplace_of(&fields)?;
    let partner_tag = fields.filled_text("partner_tag")?;
    if partner_tag.chars().count() > 64 {
        return Err(Mistake::Value(format!("{} must have at most 64 characters", fields.path("partner_tag"))));
    }
    let expires_at = fields.integer("expires_at", 0)?.unwrap_or_default();
    let token = fields.text("access_token")?.filter(|token| !token.is_empty());
    let given_token = token.map(|token| GivenToken { access_token: Secret::new(token), expires_at });
    Ok(Account { credentials, marketplace, partner_tag, given_token })
}

/// `$accounts` of a test: only their form is looked at here, their values are the test's own business.
pub fn candidates(accounts: &ZendHashTable) -> Result<Vec<Candidate>, Mistake> {
    let read = |(key, value): (ArrayKey<'_>, &Zval)| {
        let fields = Fields::of(value, Name::At(&Name::Whole("$accounts"), &key))?;
        Ok(Candidate {
            credential_id: fields.required_text("credential_id")?,
            credential_secret: Secret::new(fields.required_text("credential_secret")?),
            credential_version: fields.text("credential_version")?.unwrap_or_default(),
            marketplace: fields.required_text("marketplace")?,
            partner_tag: fields.required_text("partner_tag")?,
        })
    };
    accounts.iter().map(read).collect()
}

fn version(fields: &Fields<'_>) -> Result<Option<CredentialVersion>, Mistake> {
    match fields.text("credential_version")?.filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => CredentialVersion::parse(&text).map(Some).ok_or_else(|| {
            let known = CredentialVersion::ALL.map(CredentialVersion::as_str).join(", ");
            Mistake::Value(format!("{} must be one of {known}, or blank", fields.path("credential_version")))
        }),
    }
}

fn marketplace_of(fields: &Fields<'_>) -> Result<&'static Marketplace, Mistake> {
    known_marketplace(&fields.required_text("marketplace")?, Name::Of(&fields.name, &"marketplace"))
}

/// The marketplace of a host that stands there.
pub fn known_marketplace(host: &str, name: impl Display) -> Result<&'static Marketplace, Mistake> {
    Marketplace::by_host(host).ok_or_else(|| {
        let example = marketplace::ALL.first().map_or("", |marketplace| marketplace.host);
        Mistake::Value(format!("{name} must be the host of a marketplace, such as {example}"))
    })
}

/// `$asins`: strings; a number is an ISBN-10 that PHP turned into an integer as the key of an array.
pub fn asins(array: &ZendHashTable) -> Result<Vec<String>, Mistake> {
    let read = |(key, value): (ArrayKey<'_>, &Zval)| {
        let value = value.dereference();
        match (value.zend_str(), value.is_long()) {
            (Some(text), _) => Ok(String::from_utf8_lossy(text.as_bytes()).into_owned()),
            (None, true) => Ok(value.long().unwrap_or_default().to_string()),
            (None, false) => Err(wrong_type(format!("$asins[{key}]"), "string", value)),
        }
    };
    array.iter().map(read).collect()
}

/// `$options` of a refresh, and the proxy among them.
pub fn refresh_options(options: &OptionsArray<'_>) -> Result<(refresh::Options, Option<String>), Mistake> {
    let mut read = refresh::Options::default();
    let Some(fields) = options.fields() else { return Ok((read, None)) };
    fields.refuse_others(&["requests_per_second", "max_calls", "deadline", "max_in_flight", "proxy"])?;
    if let Some(rate) = fields.number("requests_per_second")? {
        if rate <= 0.0 {
            return Err(Mistake::Value(format!("{} must be more than 0", fields.path("requests_per_second"))));
        }
        read.requests_per_second = rate;
    }
    read.max_calls = fields.integer("max_calls", 0)?.and_then(|number| u64::try_from(number).ok());
    read.max_in_flight = fields.integer("max_in_flight", 1)?.and_then(|number| usize::try_from(number).ok());
    if let Some(seconds) = fields.number("deadline")? {
        let negative = || Mistake::Value(format!("{} must be at least 0", fields.path("deadline")));
        read.deadline = Some(Duration::try_from_secs_f64(seconds.min(1e9)).map_err(|_| negative())?);
    }
    Ok((read, fields.text("proxy")?.filter(|proxy| !proxy.is_empty())))
}
