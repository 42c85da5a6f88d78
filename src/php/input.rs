//! Arrays from PHP: read into the nouns of the crate, or refused with the key that is wrong.

use std::fmt::Display;
use std::time::Duration;

use ext_php_rs::convert::{FromZval, StubLiteral};
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ArrayKey, ZendHashTable, Zval};

use crate::account::{Account, CredentialVersion, Credentials, GivenToken};
use crate::asin::Asin;
use crate::check::Candidate;
use crate::html::Kind;
use crate::image::{Image, Images, Picture};
use crate::marketplace::{self, Marketplace};
use crate::php::exception::Mistake;
use crate::refresh;
use crate::secret::Secret;

/// An HTML argument: any bytes, since pages are not always UTF-8.
pub struct Html<'a> {
    /// The value itself, to be handed back where nothing changes.
    pub value: &'a Zval,
    /// Its bytes.
    pub bytes: &'a [u8],
}

impl<'a> FromZval<'a> for Html<'a> {
    const TYPE: DataType = DataType::String;

    fn from_zval(value: &'a Zval) -> Option<Self> {
        Some(Self { value, bytes: value.zend_str()?.as_bytes() })
    }
}

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
    fn fields(&self) -> Option<Fields<'_>> {
        self.0.map(|array| Fields { array, name: "options".to_owned() })
    }
}

/// An array and the words by which a mistake in it is told: `$accounts[2]['partner_tag']`.
struct Fields<'a> {
    array: &'a ZendHashTable,
    name: String,
}

impl<'a> Fields<'a> {
    fn of(value: &'a Zval, name: String) -> Result<Self, Mistake> {
        match value.dereference().array() {
            Some(array) => Ok(Self { array, name }),
            None => Err(wrong_type(&format!("${name}"), "array", value)),
        }
    }

    fn path(&self, key: impl Display) -> String {
        format!("${}['{key}']", self.name)
    }

    /// The value of a key; null counts as absent.
    fn get(&self, key: &str) -> Option<&'a Zval> {
        self.array.get(key).map(Zval::dereference).filter(|value| !value.is_null())
    }

    /// A string, trimmed; `None` where it is absent.
    fn text(&self, key: &str) -> Result<Option<String>, Mistake> {
        let Some(value) = self.get(key) else { return Ok(None) };
        if !value.is_string() {
            return Err(wrong_type(&self.path(key), "string", value));
        }
        match value.str() {
            Some(text) => Ok(Some(text.trim().to_owned())),
            None => Err(Mistake::Value(format!("{} must be valid UTF-8", self.path(key)))),
        }
    }

    fn required_text(&self, key: &str) -> Result<String, Mistake> {
        self.text(key)?.ok_or_else(|| Mistake::Value(format!("{} is missing", self.path(key))))
    }

    /// [`Fields::required_text`] that is not blank.
    fn filled_text(&self, key: &str) -> Result<String, Mistake> {
        let text = self.required_text(key)?;
        if text.is_empty() { Err(Mistake::Value(format!("{} must not be empty", self.path(key)))) } else { Ok(text) }
    }

    fn integer(&self, key: &str, least: i64) -> Result<Option<i64>, Mistake> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match value.long() {
            Some(number) if value.is_long() && number >= least => Ok(Some(number)),
            Some(_) if value.is_long() => Err(Mistake::Value(format!("{} must be at least {least}", self.path(key)))),
            _ => Err(wrong_type(&self.path(key), "int", value)),
        }
    }

    fn number(&self, key: &str) -> Result<Option<f64>, Mistake> {
        let Some(value) = self.get(key) else { return Ok(None) };
        #[expect(clippy::cast_precision_loss, reason = "seconds and rates are small")]
        let number = if value.is_long() { value.long().map(|n| n as f64) } else { value.double() };
        match number {
            Some(number) if number.is_finite() => Ok(Some(number)),
            Some(_) => Err(Mistake::Value(format!("{} must be finite", self.path(key)))),
            None => Err(wrong_type(&self.path(key), "int|float", value)),
        }
    }

    /// A misspelt option would otherwise do nothing, silently.
    fn refuse_others(&self, known: &[&str]) -> Result<(), Mistake> {
        match self.array.iter().map(|(key, _)| key.to_string()).find(|key| !known.contains(&key.as_str())) {
            None => Ok(()),
            Some(key) => {
                Err(Mistake::Value(format!("{} is no option; there are: {}", self.path(key), known.join(", "))))
            }
        }
    }
}

/// `$account` of an exchange: marketplace and tag are needed only to work out a version that is not given.
pub fn credentials(account: &ZendHashTable) -> Result<Credentials, Mistake> {
    let fields = Fields { array: account, name: "account".to_owned() };
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
    let fields = Fields { array, name: "account".to_owned() };
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
        let fields = Fields::of(value, format!("accounts[{key}]"))?;
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
    known_marketplace(&fields.required_text("marketplace")?, &fields.path("marketplace"))
}

fn known_marketplace(host: &str, path: &str) -> Result<&'static Marketplace, Mistake> {
    Marketplace::by_host(host).ok_or_else(|| {
        let example = marketplace::ALL.first().map_or("", |marketplace| marketplace.host);
        Mistake::Value(format!("{path} must be the host of a marketplace, such as {example}"))
    })
}

/// `$asins`: strings; a number is an ISBN-10 that PHP turned into an integer as the key of an array.
pub fn asins(array: &ZendHashTable) -> Result<Vec<String>, Mistake> {
    let read = |(key, value): (ArrayKey<'_>, &Zval)| {
        let value = value.dereference();
        match (value.zend_str(), value.is_long()) {
            (Some(text), _) => Ok(String::from_utf8_lossy(text.as_bytes()).into_owned()),
            (None, true) => Ok(value.long().unwrap_or_default().to_string()),
            (None, false) => Err(wrong_type(&format!("$asins[{key}]"), "string", value)),
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

/// `$options` of a rewriting.
pub struct RewriteOptions {
    /// `default_marketplace`
    pub default_marketplace: Option<&'static Marketplace>,
    /// `kinds`
    pub kinds: Option<Vec<Kind>>,
}

/// Reads them.
pub fn rewrite_options(options: &OptionsArray<'_>) -> Result<RewriteOptions, Mistake> {
    let mut read = RewriteOptions { default_marketplace: None, kinds: None };
    let Some(fields) = options.fields() else { return Ok(read) };
    fields.refuse_others(&["default_marketplace", "kinds"])?;
    if let Some(host) = fields.text("default_marketplace")?.filter(|host| !host.is_empty()) {
        read.default_marketplace = Some(known_marketplace(&host, &fields.path("default_marketplace"))?);
    }
    if let Some(value) = fields.get("kinds") {
        let Some(list) = value.array() else { return Err(wrong_type(&fields.path("kinds"), "array", value)) };
        let kind = |(key, value): (ArrayKey<'_>, &Zval)| {
            let path = format!("{}[{key}]", fields.path("kinds"));
            let word = value.dereference().str().ok_or_else(|| wrong_type(&path, "string", value))?;
            let known = || Kind::ALL.map(Kind::as_str).join(", ");
            Kind::parse(word).ok_or_else(|| Mistake::Value(format!("{path} must be one of {}", known())))
        };
        read.kinds = Some(list.iter().map(kind).collect::<Result<_, _>>()?);
    }
    Ok(read)
}

/// `$images[marketplace][asin]`
pub fn images(array: &ZendHashTable) -> Result<Images, Mistake> {
    let mut images = Images::default();
    for (host, products) in array.iter() {
        let host = host.to_string();
        let marketplace = known_marketplace(&host, &format!("The key $images['{host}']"))?;
        let products = Fields::of(products, format!("images['{host}']"))?;
        for (asin, image) in products.array.iter() {
            let path = products.path(&asin);
            let Some(asin) = Asin::parse(&asin.to_string()) else {
                return Err(Mistake::Value(format!("The key {path} must be an ASIN")));
            };
            let name = path.trim_start_matches('$').to_owned();
            images.insert(marketplace.host, asin, read_image(&Fields::of(image, name)?)?);
        }
    }
    Ok(images)
}

fn read_image(fields: &Fields<'_>) -> Result<Image, Mistake> {
    let size = |key: &str| -> Result<Option<Picture>, Mistake> {
        let Some(value) = fields.get(key) else { return Ok(None) };
        let picture = Fields::of(value, fields.path(key).trim_start_matches('$').to_owned())?;
        let pixels = |key| picture.number(key).map(|number| number.and_then(whole_pixels));
        Ok(Some(Picture { url: picture.required_text("url")?, width: pixels("width")?, height: pixels("height")? }))
    };
    Ok(Image {
        small: size("small")?,
        medium: size("medium")?,
        large: size("large")?,
        hires: size("hires")?,
        title: fields.text("title")?,
        detail_page_url: fields.text("detail_page_url")?,
        fetched_at: fields.integer("fetched_at", 0)?.unwrap_or_default(),
    })
}

fn whole_pixels(number: f64) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "its range was looked at")]
    (1.0..=100_000.0).contains(&number).then_some(number.round() as u32)
}

fn wrong_type(path: &str, expected: &str, value: &Zval) -> Mistake {
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
    Mistake::Type(format!("{path} must be of type {expected}, {given} given"))
}
