//! The Creators API: JSON by POST, with a token.

mod failure;
mod files;
mod found;
mod read_item;
mod request;
mod response;

use reqwest::RequestBuilder;

use self::read_item::ItemReader;
use crate::account::{Account, Family};
use crate::catalog::{Answer, HighRes, Question, Wanted};
use crate::error::Error;
use crate::foreign_text::Redactor;
use crate::http::{Http, OnSent, unix_now, watched_body};
use crate::token::Token;

/// See [`crate::catalog::ask`].
pub(super) async fn ask(
    http: &Http,
    account: &Account,
    token: &Token,
    question: &Question,
    wanted: &Wanted,
    high_res: HighRes,
    on_sent: OnSent,
) -> Result<Answer, Error> {
    let body = request::body(account, question, wanted, high_res)?;
    let request = http
        .post(&http.settings().api_url(request::path(question)))
        .header("Accept", "application/json")
        .header("Content-Type", "application/json")
        .header("x-marketplace", account.marketplace.host)
        .body(watched_body(body, on_sent));
    let reply = http.send(authorized(request, token)).await?;
    let given = account.given_token.as_ref().map(|given| &given.access_token);
    let redactor = Redactor::new([&token.access_token, &account.credentials.secret].into_iter().chain(given));
    if reply.status == 200 {
        let reader = ItemReader { question, wanted, fetched_at: unix_now(), redactor: &redactor };
        response::read(&reply, &reader)
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
