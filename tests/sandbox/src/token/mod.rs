//! The token exchange, at Cognito (2.x) and at Login with Amazon (3.x).

mod issued;
mod refusal;
mod request;

use std::sync::Arc;

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use serde_json::{Value, json};

pub use issued::{Standing, Tokens};

use self::{
    issued::Life,
    refusal::Refusal,
    request::{Credentials, TokenRequest},
};
use crate::{
    account::Account,
    answer::Answer,
    fault::{Endpoint, Fault, altered, delivered, instead},
    routes,
    server::World,
    version::{Family, Version},
    visit::Visit,
};

/// What a client is told about the life of a token.
const HOUR: u64 = 3600;

/// A token endpoint: who sits behind it.
#[derive(Clone, Copy)]
struct Door {
    family: Family,
    /// The only version it knows; none: every version of the family.
    version: Option<Version>,
}

/// `/oauth2/token`: Cognito for every 2.x.
pub async fn cognito(
    State(world): State<Arc<World>>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    exchange(&world, &visit, Family::Cognito.into(), &headers, &body).await
}

/// `/auth/o2/token`: Login with Amazon for every 3.x.
pub async fn login_with_amazon(
    State(world): State<Arc<World>>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let door = Family::LoginWithAmazon.into();
    exchange(&world, &visit, door, &headers, &body).await
}

/// `/token`: both, told apart by the content type, for clients with one setting for all versions.
pub async fn either(
    State(world): State<Arc<World>>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let family = if request::is_json(&headers) { Family::LoginWithAmazon } else { Family::Cognito };
    exchange(&world, &visit, family.into(), &headers, &body).await
}

/// `/token/3.2`: the endpoint of one region.
pub async fn one_version(
    State(world): State<Arc<World>>,
    Extension(visit): Extension<Visit>,
    Path(version): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(version) = Version::named(&version) else {
        return routes::not_found().await;
    };
    let door = Door { family: version.family(), version: Some(version) };
    exchange(&world, &visit, door, &headers, &body).await
}

impl From<Family> for Door {
    fn from(family: Family) -> Self {
        Self { family, version: None }
    }
}

impl Door {
    fn opens_for(self, account: &Account) -> bool {
        account.version.family() == self.family && self.version.is_none_or(|version| version == account.version)
    }
}

async fn exchange(world: &World, visit: &Visit, door: Door, headers: &HeaderMap, body: &[u8]) -> Response {
    let granted =
        TokenRequest::read(door.family, headers, body).and_then(|request| grant(world, visit, door, &request));
    match granted {
        Ok(account) => {
            let faults = world.accounts.faults(account, Endpoint::Token);
            let mut answer =
                instead::answer(&faults, Endpoint::Token).unwrap_or_else(|| issue(world, account, &faults));
            altered::alter(&mut answer, &faults);
            delivered::deliver(answer, &faults, visit).await
        }
        Err(refusal) => delivered::deliver(refusal.answer(door.family), &[], visit).await,
    }
}

/// Finds the account whose pair this is, if the request is in order.
fn grant<'a>(world: &'a World, visit: &Visit, door: Door, request: &TokenRequest) -> Result<&'a Account, Refusal> {
    if request.grant_type != "client_credentials" {
        return Err(Refusal::UnsupportedGrantType);
    }
    let Credentials { id, secret } = &request.credentials;
    let account = world.accounts.with_credential(id).ok_or(Refusal::InvalidClient)?;
    visit.identify(&account.name, Endpoint::Token);
    if account.credential_secret != *secret || !door.opens_for(account) {
        return Err(Refusal::InvalidClient);
    }
    if request.scope != door.family.scope() {
        return Err(Refusal::InvalidScope);
    }
    Ok(account)
}

fn issue(world: &World, account: &Account, faults: &[Fault]) -> Answer {
    let mut told = Some(HOUR);
    let mut life = Life { seconds: HOUR, uses: None };
    for fault in faults {
        match fault {
            Fault::TokenLifetime(seconds) => {
                told = Some(*seconds);
                life.seconds = *seconds;
            }
            Fault::TokenUses(uses) => life.uses = Some(*uses),
            Fault::TokenWithoutLifetime => told = None,
            _ => {}
        }
    }
    let token = world.tokens.issue(account, life);
    Answer::new(StatusCode::OK, token_body(account.version.family(), &token, told))
        .with(header::CACHE_CONTROL, "no-store")
}

fn token_body(family: Family, token: &str, expires_in: Option<u64>) -> Value {
    let mut body = match family {
        Family::Cognito => json!({
            "access_token": token,
            "expires_in": expires_in,
            "token_type": "Bearer",
        }),
        Family::LoginWithAmazon => json!({
            "access_token": token,
            "scope": family.scope(),
            "token_type": "bearer",
            "expires_in": expires_in,
        }),
    };
    if expires_in.is_none()
        && let Some(body) = body.as_object_mut()
    {
        body.shift_remove("expires_in");
    }
    body
}
