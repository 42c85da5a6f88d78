//! Arrays to PHP, in the shapes that `php-stubs/creators_api.stub.php` tells of.

use ext_php_rs::boxed::ZBox;
use ext_php_rs::convert::IntoZval;
use ext_php_rs::error::Result;
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ZendHashTable, Zval};

use crate::account::{CredentialVersion, Family};
use crate::check::{Outcome, Stage};
use crate::html::Found;
use crate::image::{Image, Picture};
use crate::marketplace::{self, Marketplace};
use crate::refresh::{Batch, Failed, Found as FoundImages, Stopped, Summary};
use crate::status::Status;
use crate::token::Token;

/// A PHP array.
pub type Array = ZBox<ZendHashTable>;

/// A page on its way back.
pub enum Page {
    /// The very string that came in.
    Unchanged(Zval),
    /// A new one.
    Rewritten(Vec<u8>),
}

impl IntoZval for Page {
    const TYPE: DataType = DataType::String;
    const NULLABLE: bool = false;

    fn set_zval(self, value: &mut Zval, _persistent: bool) -> Result<()> {
        match self {
            Self::Unchanged(same) => *value = same,
            Self::Rewritten(bytes) => value.set_binary(bytes),
        }
        Ok(())
    }
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
    list(outcomes.iter().map(outcome))
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
pub fn batch(batch: &Batch) -> Result<Array> {
    let mut array = ZendHashTable::new();
    array.insert("images", images(&batch.images)?)?;
    array.insert("failed", failed(&batch.failed)?)?;
    array.insert("done", batch.done)?;
    array.insert("total", batch.total)?;
    array.insert("calls", batch.calls)?;
    Ok(array)
}

/// What a run came to, with the products that no callback took.
pub fn summary(summary: &Summary, found: &FoundImages, missing: &Failed) -> Result<Array> {
    let mut pending = ZendHashTable::new();
    for asin in &summary.pending {
        pending.push(asin.as_str())?;
    }
    let mut array = ZendHashTable::new();
    array.insert("images", images(found)?)?;
    array.insert("failed", failed(missing)?)?;
    array.insert("pending", pending)?;
    array.insert("stopped", summary.stopped.as_ref().map(stopped).transpose()?)?;
    array.insert("calls", summary.calls)?;
    array.insert("retries", summary.retries)?;
    array.insert("throttled", summary.throttled)?;
    array.insert("seconds", summary.elapsed.as_secs_f64())?;
    Ok(array)
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

fn images(found: &FoundImages) -> Result<Array> {
    let mut array = ZendHashTable::new();
    for (asin, one) in found {
        array.insert(asin.as_str(), image(one)?)?;
    }
    Ok(array)
}

fn failed(missing: &Failed) -> Result<Array> {
    let mut array = ZendHashTable::new();
    for (asin, failure) in missing {
        let mut one = ZendHashTable::new();
        one.insert("code", failure.code.as_str())?;
        one.insert("message", failure.message.as_str())?;
        array.insert(asin.as_str(), one)?;
    }
    Ok(array)
}

fn image(image: &Image) -> Result<Array> {
    let picture = |picture: &Option<Picture>| -> Result<Option<Array>> {
        let Some(picture) = picture else { return Ok(None) };
        let mut array = ZendHashTable::new();
        array.insert("url", picture.url.as_str())?;
        array.insert("width", picture.width.map(i64::from))?;
        array.insert("height", picture.height.map(i64::from))?;
        Ok(Some(array))
    };
    let mut array = ZendHashTable::new();
    array.insert("small", picture(&image.small)?)?;
    array.insert("medium", picture(&image.medium)?)?;
    array.insert("large", picture(&image.large)?)?;
    array.insert("hires", picture(&image.hires)?)?;
    array.insert("title", image.title.as_deref())?;
    array.insert("detail_page_url", image.detail_page_url.as_deref())?;
    array.insert("fetched_at", image.fetched_at)?;
    Ok(array)
}

/// What was found in a page.
pub fn found<'a>(all: impl Iterator<Item = &'a Found>) -> Result<Array> {
    list(all.map(|found| {
        let mut array = ZendHashTable::new();
        array.insert("kind", found.kind.as_str())?;
        array.insert("asin", found.asin.as_ref().map(|asin| asin.as_str()))?;
        array.insert("marketplace", found.marketplace.map(|marketplace| marketplace.host))?;
        array.insert("partner_tag", found.partner_tag.as_deref())?;
        array.insert("size", found.size.map(|size| i64::from(size.pixels)))?;
        array.insert("url", found.url.as_str())?;
        array.insert("offset", found.value.start)?;
        array.insert("length", found.value.len())?;
        Ok(array)
    }))
}

/// The 22, by host.
pub fn marketplaces() -> Result<Array> {
    let mut array = ZendHashTable::new();
    for one in marketplace::ALL {
        array.insert(one.host, marketplace(one)?)?;
    }
    Ok(array)
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

fn list(items: impl Iterator<Item = Result<Array>>) -> Result<Array> {
    let mut array = ZendHashTable::new();
    for item in items {
        array.push(item?)?;
    }
    Ok(array)
}
