//! Arrays to PHP, in the shapes that the stubs in `php-stubs/` tell of.

use ext_php_rs::boxed::ZBox;
use ext_php_rs::convert::IntoZval;
use ext_php_rs::error::Result;
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ArrayKey, ZendHashTable, ZendStr, Zval};
use ext_php_rs::zend::BailoutGuard;

use crate::account::{CredentialVersion, Family};
use crate::asin::Asin;
use crate::check::{Outcome, Stage};
use crate::html;
use crate::marketplace::{self, Marketplace};
use crate::php::item_output::{self, Shape};
use crate::php::{memory_limit, zend};
use crate::refresh::{Batch, Failed, FoundItems, Stopped, Summary};
use crate::status::Status;
use crate::token::Token;

/// A PHP array.
pub type Array = ZBox<ZendHashTable>;

/// A page on its way back.
pub enum PageHtml {
    /// The very string that came in.
    Unchanged(Zval),
    /// The same, and what is to become of it.
    Rewritten(Zval, BailoutGuard<html::Edits>),
}

impl IntoZval for PageHtml {
    const TYPE: DataType = DataType::String;
    const NULLABLE: bool = false;

    fn set_zval(self, value: &mut Zval, _persistent: bool) -> Result<()> {
        match self {
            Self::Unchanged(same) => *value = same,
            Self::Rewritten(page, edits) => {
                let html = page.zend_str().map(ZendStr::as_bytes).unwrap_or_default();
                value.set_zend_string(zend::string_of(edits.get().length(), edits.get().pieces(html)));
            }
        }
        Ok(())
    }
}

/// The keys of arrays of one shape: made once, and shared by all of them.
pub struct Keys<const N: usize>([Zval; N]);

impl<const N: usize> Keys<N> {
    /// Makes them.
    pub fn new(names: [&str; N]) -> Self {
        Self(names.map(string))
    }

    /// An array with these values, in the order of the keys.
    pub fn array(&self, values: [Zval; N]) -> Result<Array> {
        let mut array = ZendHashTable::with_capacity(u32::try_from(N).unwrap_or_default());
        for (key, value) in self.0.iter().zip(values) {
            if let Some(key) = key.zend_str() {
                array.insert(ArrayKey::ZendString(key), value)?;
            }
        }
        Ok(array)
    }
}

/// A string that is often the same as the one before it, which is then shared.
struct Repeated(Zval);

impl Repeated {
    fn new() -> Self {
        Self(Zval::new())
    }

    fn string(&mut self, text: &str) -> Zval {
        if self.0.zend_str().is_none_or(|last| last.as_bytes() != text.as_bytes()) {
            self.0 = string(text);
        }
        self.0.shallow_clone()
    }

    fn string_or_null(&mut self, text: Option<&str>) -> Zval {
        text.map_or_else(Zval::null, |text| self.string(text))
    }
}

/// A string.
pub fn string(text: &str) -> Zval {
    let mut value = Zval::new();
    value.set_zend_string(ZendStr::new(text, false));
    value
}

/// What an exchange brings.
pub fn token(token: &Token) -> Result<Array> {
    let mut array = ZendHashTable::new();
    array.insert("access_token", token.access_token.expose())?;
    array.insert("token_type", token.token_type.as_str())?;
    array.insert("expires_in", token.expires_in)?;
    array.insert("expires_at", token.expires_at)?;
    array.insert("scope", token.scope.as_deref())?;
    array.insert("credential_version", token.version.as_str())?;
    Ok(array)
}

/// What the tests came to, in their order.
pub fn outcomes(outcomes: &[Outcome]) -> Result<Array> {
    list(outcomes.len(), outcomes.iter().map(|one| outcome(one)?.into_zval(false)))
}

fn outcome(outcome: &Outcome) -> Result<Array> {
    let milliseconds = |length: Option<std::time::Duration>| {
        length.map(|length| i64::try_from(length.as_millis()).unwrap_or(i64::MAX))
    };
    let mut latency = ZendHashTable::new();
    latency.insert("token", milliseconds(outcome.token_latency))?;
    latency.insert("catalog", milliseconds(outcome.catalog_latency))?;

    let mut array = ZendHashTable::new();
    array.insert("ok", outcome.status == Status::Ok)?;
    array.insert("status", outcome.status.as_str())?;
    array.insert("stage", Stage::as_str(outcome.stage))?;
    array.insert("marketplace", outcome.marketplace.as_str())?;
    array.insert("credential_version", outcome.credential_version.map(CredentialVersion::as_str))?;
    array.insert("http_status", outcome.http_status.map(i64::from))?;
    array.insert("reason", outcome.reason.as_deref())?;
    array.insert("message", outcome.message.as_str())?;
    array.insert("works_with", outcome.works_with.map(CredentialVersion::as_str))?;
    array.insert("latency_ms", latency)?;
    Ok(array)
}

/// What an answered call brought, for the callback.
pub fn batch(batch: &Batch, shape: Shape) -> Result<Array> {
    let mut array = ZendHashTable::new();
    let (key, products) = item_output::products(&batch.items, shape)?;
    array.insert(key, products)?;
    array.insert("failed", failed(&batch.failed)?)?;
    array.insert("done", batch.done)?;
    array.insert("total", batch.total)?;
    array.insert("calls", batch.calls)?;
    Ok(array)
}

/// What a run came to, with the products that no callback took.
pub fn summary(summary: &Summary, found: &FoundItems, missing: &Failed, shape: Shape) -> Result<Array> {
    let mut array = ZendHashTable::new();
    let (key, products) = item_output::products(found, shape)?;
    array.insert(key, products)?;
    array.insert("failed", failed(missing)?)?;
    array.insert(
        "pending",
        list(summary.pending.len(), summary.pending.iter().map(|asin| Ok(string(asin.as_str()))))?,
    )?;
    cost(&mut array, summary)?;
    Ok(array)
}

/// Why it ended, and what it cost.
pub fn cost(array: &mut Array, summary: &Summary) -> Result<()> {
    array.insert("stopped", summary.stopped.as_ref().map(stopped).transpose()?)?;
    array.insert("calls", summary.stats.calls)?;
    array.insert("retries", summary.stats.retries)?;
    array.insert("throttled", summary.stats.throttled)?;
    array.insert("seconds", summary.elapsed.as_secs_f64())?;
    array.insert("free_in", summary.free_in.as_secs_f64())?;
    array.insert("learned", summary.learned.as_deref().unwrap_or_default())
}

fn stopped(stopped: &Stopped) -> Result<Array> {
    let seconds = |wait: std::time::Duration| i64::try_from(wait.as_secs_f64().ceil() as u64).unwrap_or(i64::MAX);
    let mut array = ZendHashTable::new();
    array.insert("status", stopped.status.as_str())?;
    array.insert("reason", stopped.reason.as_deref())?;
    array.insert("message", stopped.message.as_str())?;
    array.insert("retry_after", stopped.retry_after.map(seconds))?;
    Ok(array)
}

/// Products, or whatever was asked for, without an answer.
pub fn failed(missing: &Failed) -> Result<Array> {
    let keys = Keys::new(["code", "message"]);
    let mut code = Repeated::new();
    by_key(missing.iter().map(|(asin, failure)| {
        Ok((asin.as_str(), keys.array([code.string(&failure.code), string(&failure.message)])?))
    }))
}

/// What was found in a page.
pub fn found(page: &html::Page) -> Result<Array> {
    let keys = Keys::new(["kind", "asin", "marketplace", "partner_tag", "size", "url", "offset", "length"]);
    let [mut kind, mut asin, mut marketplace, mut tag, mut url] = std::array::from_fn(|_| Repeated::new());
    list(
        page.found().count(),
        page.found().map(|found| {
            keys.array([
                kind.string(found.kind.as_str()),
                asin.string_or_null(found.asin.as_ref().map(Asin::as_str)),
                marketplace.string_or_null(found.marketplace.map(|marketplace| marketplace.host)),
                tag.string_or_null(found.partner_tag.as_deref()),
                found.size.map(|size| i64::from(size.pixels)).into_zval(false)?,
                url.string(&found.url),
                found.value.start.into_zval(false)?,
                found.value.len().into_zval(false)?,
            ])?
            .into_zval(false)
        }),
    )
}

/// How much memory [`found`] takes, more or less.
pub fn size_of_found(page: &html::Page) -> usize {
    const ARRAY: usize = 440;
    page.found().map(|found| ARRAY + found.url.len()).sum()
}

/// The 22, by host.
pub fn marketplaces() -> Result<Array> {
    by_key(marketplace::ALL.iter().map(|one| Ok((one.host, marketplace(one)?))))
}

fn marketplace(marketplace: &Marketplace) -> Result<Array> {
    let version = |family| CredentialVersion { family, region: marketplace.region }.as_str();
    let mut versions = ZendHashTable::new();
    versions.insert("v2", version(Family::Cognito))?;
    versions.insert("v3", version(Family::LoginWithAmazon))?;
    let mut languages = ZendHashTable::new();
    for language in marketplace.languages {
        languages.push(*language)?;
    }
    let mut array = ZendHashTable::new();
    array.insert("country", marketplace.country)?;
    array.insert("region", marketplace.region.as_str())?;
    array.insert("credential_versions", versions)?;
    array.insert("currency", marketplace.currency)?;
    array.insert("languages", languages)?;
    array.insert("locale_code", marketplace.locale_code)?;
    Ok(array)
}

/// Whoever asked for more than the request may have gets what there was room for, and never sees it: the engine ends the
/// request first.
pub fn list(count: usize, items: impl Iterator<Item = Result<Zval>>) -> Result<Array> {
    let mut array = ZendHashTable::with_capacity(u32::try_from(count).unwrap_or(u32::MAX));
    for item in items {
        array.push(item?)?;
        if memory_limit::is_passed() {
            break;
        }
    }
    Ok(array)
}

/// As [`list`].
pub fn by_key<'a>(items: impl Iterator<Item = Result<(&'a str, Array)>>) -> Result<Array> {
    let mut array = ZendHashTable::new();
    for item in items {
        let (key, value) = item?;
        array.insert(key, value)?;
        if memory_limit::is_passed() {
            break;
        }
    }
    Ok(array)
}
