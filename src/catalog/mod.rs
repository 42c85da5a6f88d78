//! One call of `getItems`: up to ten products, their pictures, and Amazon's word where there are none.

mod failure;
mod response;

use reqwest::RequestBuilder;
use serde::Serialize;

use crate::account::{Account, Family};
use crate::asin::Asin;
use crate::error::Error;
use crate::foreign_text::Redactor;
use crate::http::{Http, OnSent, unix_now, watched_body};
use crate::token::Token;

pub use response::{Answer, ItemError};

/// Amazon's limit on `itemIds`.
pub const MAX_ITEMS: usize = 10;

/// The resources of the request. The largest picture is asked for as `highRes` and answered as `hiRes`.
const RESOURCES: &[&str] = &[
    "images.primary.small",
    "images.primary.medium",
    "images.primary.large",
    "itemInfo.title",
    // In Amazon's SDK and not on its documentation page: some account may refuse it, so it goes last and can be left out.
    "images.primary.highRes",
];

/// The body, with the fields of Amazon's SDK and the documentation's `marketplace`, which both accept.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    partner_tag: &'a str,
    item_ids: Vec<&'a str>,
    marketplace: &'static str,
    resources: &'static [&'static str],
}

/// Whether the largest picture is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HighRes {
    /// Ask for it.
    Wanted,
    /// Amazon refused a request that had it.
    LeftOut,
}

/// Asks for the pictures of at most [`MAX_ITEMS`] products; `on_sent` is called when the request is written.
///
/// # Errors
///
/// [`Error::Refused`] for every answer but a 200, a 404 among them: it means that Amazon has none of these products.
/// [`Error::Unreadable`] for a 200 that is not an answer; [`Error::Unreachable`].
pub async fn get_items(
    http: &Http,
    account: &Account,
    token: &Token,
    asins: &[Asin],
    high_res: HighRes,
    on_sent: OnSent,
) -> Result<Answer, Error> {
    let resources = match high_res {
        HighRes::Wanted => RESOURCES,
        HighRes::LeftOut => RESOURCES.split_last().map_or(RESOURCES, |(_, rest)| rest),
    };
    let body = serde_json::to_vec(&Request {
        partner_tag: &account.partner_tag,
        item_ids: asins.iter().map(Asin::as_str).collect(),
        marketplace: account.marketplace.host,
        resources,
    })
    .map_err(|e| Error::Client(e.to_string()))?;
    let request = http
        .post(&http.settings().catalog_url("getItems"))
        .header("Accept", "application/json")
        .header("Content-Type", "application/json")
        .header("x-marketplace", account.marketplace.host)
        .body(watched_body(body, on_sent));
    let reply = http.send(authorized(request, token)).await?;
    let given = account.given_token.as_ref().map(|given| &given.access_token);
    let redactor = Redactor::new([&token.access_token, &account.credentials.secret].into_iter().chain(given));
    if reply.status == 200 {
        response::read(&reply, unix_now(), &redactor)
    } else {
        Err(failure::read(&reply, &redactor))
    }
}

/// `Bearer T, Version 2.1` for 2.x, `Bearer T` for 3.x.
fn authorized(request: RequestBuilder, token: &Token) -> RequestBuilder {
    let text = token.access_token.expose();
    let value = match token.version.family {
        Family::Cognito => format!("Bearer {text}, Version {}", token.version),
        Family::LoginWithAmazon => format!("Bearer {text}"),
    };
    match reqwest::header::HeaderValue::from_str(&value) {
        Ok(mut value) => {
            value.set_sensitive(true);
            request.header(reqwest::header::AUTHORIZATION, value)
        }
        // Left to Amazon, who answers that the token is missing.
        Err(_) => request,
    }
}
