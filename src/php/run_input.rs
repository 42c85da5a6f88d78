//! What a refresh is to do: accounts, ASINs and options, read from PHP.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ext_php_rs::types::{ZendHashTable, Zval};

use crate::account::{Account, GivenToken};
use crate::catalog::{GROUPS, PREFERENCES, Parameter, Wanted};
use crate::error::Error;
use crate::http;
use crate::php::exception::ArgumentError;
use crate::php::fields::{ArgPath, Fields, Key, entries, loose_text, wrong_type};
use crate::php::input::{self, OptionsArray};
use crate::php::item_output::Shape;
use crate::php::parameter_input;
use crate::rate_limit::Learned;
use crate::refresh::{Failed, Options, Refresh, Summary, Supply};
use crate::secret::Secret;

/// What a function tells of each product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Its picture, and what is named under `with`.
    Images,
    /// What is named under `resources`.
    Items,
}

/// One run.
pub struct RunInput {
    /// Who asks.
    pub account: Account,
    /// For what, as it was given.
    pub asins: Vec<String>,
    /// How.
    pub options: Options,
    /// Through which proxy, if not the environment's.
    pub proxy: Option<Secret>,
    /// What is told of each product.
    pub shape: Shape,
}

impl RunInput {
    /// The arguments of a refresh of one account.
    pub fn of_arguments(
        account: &ZendHashTable,
        asins: &ZendHashTable,
        options: &OptionsArray<'_>,
        told: Told,
    ) -> Result<Self, ArgumentError> {
        let account = read_account(&Fields { array: account, name: ArgPath::Whole("$account") })?;
        let asins = read_asins(asins);
        let empty = ZendHashTable::new();
        let none = || Fields { array: &empty, name: ArgPath::Whole("$options") };
        let read = read_options(&options.fields().unwrap_or_else(none), told)?;
        Ok(Self { account, asins, options: read.options, proxy: read.proxy, shape: read.shape })
    }

    /// A run among others. Where products are handed over later, there need be none at first.
    pub fn of_fields(fields: &Fields<'_>, has_source: bool) -> Result<Self, ArgumentError> {
        fields.refuse_others(&["account", "asins", "options"])?;
        let read = match fields.get("options") {
            Some(value) => read_options(&Fields::of(value, ArgPath::Of(&fields.name, &"options"))?, Told::Images)?,
            None => ReadOptions::default(),
        };
        Ok(Self {
            account: read_account(&Fields::of(fields.required("account")?, ArgPath::Of(&fields.name, &"account"))?)?,
            asins: match fields.get("asins") {
                None if has_source => Vec::new(),
                _ => read_asins(Fields::of(fields.required("asins")?, ArgPath::Of(&fields.name, &"asins"))?.array),
            },
            options: read.options,
            proxy: read.proxy,
            shape: read.shape,
        })
    }
}

#[derive(Default)]
struct ReadOptions {
    options: Options,
    proxy: Option<Secret>,
    shape: Shape,
}

/// A run that cannot be begun.
pub struct Refused {
    /// For what, as far as that can be told.
    asins: Vec<String>,
    error: Error,
}

impl Refused {
    /// What it came to, and its malformed products.
    pub fn summary(&self) -> (Summary, Failed) {
        Refresh::not_begun(self.asins.iter().map(String::as_str), &self.error)
    }
}

/// One of `$runs`, or what `on_end` gives: a mistake in it is its own answer.
pub fn run(value: &Zval, name: ArgPath<'_>, has_source: bool) -> Result<RunInput, Refused> {
    Fields::of(value, name).and_then(|fields| RunInput::of_fields(&fields, has_source)).map_err(|mistake| {
        let asins = value.dereference().array().and_then(|run| run.get("asins")?.dereference().array());
        Refused { asins: asins.map(read_asins).unwrap_or_default(), error: Error::Arguments(mistake.to_string()) }
    })
}

/// `$runs`, under their keys.
pub fn runs(array: &ZendHashTable, has_source: bool) -> Vec<(Key, Result<RunInput, Refused>)> {
    let read = |(key, value): (Key, &Zval)| {
        let runs = ArgPath::Whole("$runs");
        let run =
            run(value, if key.is_long() { ArgPath::At(&runs, &key) } else { ArgPath::Of(&runs, &key) }, has_source);
        (key, run)
    };
    entries(array).map(read).collect()
}

/// What `$next_asins` answers; `None` stops all runs.
pub fn supply(answer: &Zval) -> Result<Option<Supply>, ArgumentError> {
    if let Some(array) = answer.array() {
        return Ok(Some(Supply::Products(read_asins(array))));
    }
    if answer.is_null() {
        return Ok(Some(Supply::Products(Vec::new())));
    }
    if answer.is_false() {
        return Ok(None);
    }
    #[expect(clippy::cast_precision_loss, reason = "seconds are few")]
    let seconds = if answer.is_long() { answer.long().map(|n| n as f64) } else { answer.double() };
    match seconds {
        Some(seconds) => {
            // An hour is longer than any run.
            let wait = Duration::try_from_secs_f64(seconds.clamp(0.0, 3600.0)).unwrap_or_default();
            Ok(Some(Supply::Pause(wait)))
        }
        None => Err(wrong_type("$next_asins()", "array|int|float|false|null", answer)),
    }
}

/// An account of a refresh.
fn read_account(fields: &Fields<'_>) -> Result<Account, ArgumentError> {
    let credentials = input::credentials_of(fields)?;
    let marketplace = input::marketplace_of(fields)?;
    let partner_tag = fields.filled_text("partner_tag")?;
    if partner_tag.chars().count() > 64 {
        return Err(ArgumentError::Value(format!("{} must have at most 64 characters", fields.path("partner_tag"))));
    }
    let expires_at = fields.integer("expires_at", 0)?.unwrap_or_default();
    let token = fields.text("access_token")?.filter(|token| !token.is_empty());
    let given_token = token.map(|token| GivenToken { access_token: Secret::new(token), expires_at });
    Ok(Account { credentials, marketplace, partner_tag, given_token })
}

/// Strings; a number is an ISBN-10 that PHP turned into an integer as the key of an array. What is neither names no product
/// and counts as absent.
fn read_asins(asins: &ZendHashTable) -> Vec<String> {
    let read = |(_, value): (Key, &Zval)| match value.dereference().zend_str() {
        Some(text) => Some(String::from_utf8_lossy(text.as_bytes()).into_owned()),
        None => loose_text(value),
    };
    entries(asins).filter_map(read).collect()
}

/// The options of every refresh.
const PACE: [&str; 8] =
    ["requests_per_second", "max_calls", "delay", "deadline", "grace", "max_in_flight", "proxy", "learned"];

/// The options, and what is to be told of each product by them.
fn read_options(fields: &Fields<'_>, told: Told) -> Result<ReadOptions, ArgumentError> {
    let mut read = Options::default();
    let mut known = PACE.to_vec();
    let shape = match told {
        Told::Images => {
            known.push("with");
            fields.refuse_others(&known)?;
            let mut with = parameter_input::groups(fields, "with", &["offers"])?.unwrap_or_default();
            match with.is_empty() {
                true => Shape::Images,
                false => {
                    Arc::make_mut(&mut read.wanted).groups.append(&mut with);
                    Shape::ImagesWithOffers
                }
            }
        }
        Told::Items => {
            known.extend(WANTED.iter().chain(PREFERENCES.iter().map(|known| &known.name)));
            fields.refuse_others(&known)?;
            read.wanted = Arc::new(wanted(fields)?);
            Shape::Items
        }
    };
    let proxy = read_pace(fields, &mut read)?;
    Ok(ReadOptions { options: read, proxy, shape })
}

/// How fast and how long; gives the proxy back.
fn read_pace(fields: &Fields<'_>, read: &mut Options) -> Result<Option<Secret>, ArgumentError> {
    if let Some(rate) = fields.number("requests_per_second")? {
        if rate <= 0.0 {
            return Err(ArgumentError::Value(format!("{} must be more than 0", fields.path("requests_per_second"))));
        }
        read.requests_per_second = rate;
    }
    read.max_calls = fields.integer("max_calls", 0)?.and_then(|number| u64::try_from(number).ok());
    read.max_in_flight = fields.integer("max_in_flight", 1)?.and_then(|number| usize::try_from(number).ok());
    read.delay = seconds(fields, "delay")?.unwrap_or_default();
    read.deadline = seconds(fields, "deadline")?;
    read.grace = seconds(fields, "grace")?.unwrap_or_default();
    let parse = |text: String| Learned::parse(&text, Instant::now(), http::since_1970());
    read.learned = fields.text("learned")?.and_then(parse);
    Ok(fields.text("proxy")?.filter(|proxy| !proxy.is_empty()).map(Secret::new))
}

/// The options of calls that are made one after the other.
const PACE_IN_TURN: [&str; 5] = ["requests_per_second", "max_calls", "deadline", "proxy", "learned"];

/// The account and the options of calls that are made one after the other, and the options' parameters. Products are told of
/// where there are `PREFERENCES` among these.
pub fn in_turn(
    account: &ZendHashTable,
    options: &Fields<'_>,
    others: &[&'static str],
    parameters: &[Parameter],
) -> Result<(Account, Options, Option<Secret>), ArgumentError> {
    let account = read_account(&Fields { array: account, name: ArgPath::Whole("$account") })?;
    let mut known = PACE_IN_TURN.to_vec();
    known.extend(others.iter().copied().chain(parameters.iter().map(|parameter| parameter.name)));
    options.refuse_others(&known)?;
    let mut read = Options::default();
    let proxy = read_pace(options, &mut read)?;
    let mut wanted = wanted(options)?;
    wanted.preferences = parameter_input::read(options, parameters)?;
    read.wanted = Arc::new(wanted);
    Ok((account, read, proxy))
}

/// The options that say what is told.
pub const WANTED: [&str; 2] = ["resources", "raw"];

/// What is to be told of each product.
fn wanted(fields: &Fields<'_>) -> Result<Wanted, ArgumentError> {
    let everything = Wanted::everything();
    Ok(Wanted {
        groups: parameter_input::groups(fields, "resources", &GROUPS.map(|(name, _)| name))?
            .unwrap_or(everything.groups),
        raw: fields.boolean("raw")?.unwrap_or_default(),
        preferences: parameter_input::read(fields, &PREFERENCES)?,
    })
}

fn seconds(fields: &Fields<'_>, key: &str) -> Result<Option<Duration>, ArgumentError> {
    let Some(seconds) = fields.number(key)? else { return Ok(None) };
    let negative = |_| ArgumentError::Value(format!("{} must be at least 0", fields.path(key)));
    Duration::try_from_secs_f64(seconds.min(1e9)).map(Some).map_err(negative)
}
