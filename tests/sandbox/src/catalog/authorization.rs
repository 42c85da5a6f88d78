//! The Authorization header: `Bearer T, Version 2.1` for 2.x, `Bearer T` for 3.x.

use axum::http::{HeaderMap, header};

use super::refusal::Refusal;
use crate::{
    account::Account,
    server::World,
    token::Standing,
    version::{Family, Version},
};

/// The account that the header stands for.
pub fn account<'a>(world: &'a World, headers: &HeaderMap) -> Result<&'a Account, Refusal> {
    let header = headers.get(header::AUTHORIZATION).ok_or_else(|| unauthorized("MissingCredential"))?;
    let credential = header
        .to_str()
        .ok()
        .and_then(|value| value.strip_prefix("Bearer "))
        .ok_or_else(|| unauthorized("InvalidToken"))?;
    let (token, told) = match credential.split_once(", Version ") {
        Some((token, version)) => (token, Some(version)),
        None => (credential, None),
    };
    match world.tokens.show(token) {
        Standing::Unknown => Err(unauthorized("InvalidToken")),
        Standing::Ended => Err(unauthorized("TokenExpired")),
        Standing::Good { account, version } => {
            rightly_told(version, told)?;
            world.accounts.named(&account).ok_or_else(|| unauthorized("InvalidClient"))
        }
    }
}

fn rightly_told(version: Version, told: Option<&str>) -> Result<(), Refusal> {
    match (version.family(), told) {
        (Family::Cognito, Some(told)) if told == version.name() => Ok(()),
        (Family::Cognito, _) => Err(unauthorized("InvalidIssuer")),
        (Family::LoginWithAmazon, None) => Ok(()),
        (Family::LoginWithAmazon, Some(_)) => Err(unauthorized("InvalidToken")),
    }
}

fn unauthorized(reason: &str) -> Refusal {
    Refusal::Unauthorized(reason.to_owned())
}
