//! Reading a token request: a form at Cognito, JSON at Login with Amazon.

use std::collections::HashMap;

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::STANDARD};

use super::refusal::Refusal;
use crate::{headers::has_content_type, version::Family};

/// A request with nothing missing.
#[derive(Debug)]
pub struct TokenRequest {
    /// Should be `client_credentials`.
    pub grant_type: String,
    /// The pair.
    pub credentials: Credentials,
    /// Should be the family's own.
    pub scope: String,
}

/// A pair as it was sent.
#[derive(Debug)]
pub struct Credentials {
    /// The credential id.
    pub id: String,
    /// The credential secret.
    pub secret: String,
}

type Fields = HashMap<String, String>;

impl TokenRequest {
    /// Reads the request in the one form that this family takes.
    pub fn read(family: Family, headers: &HeaderMap, body: &[u8]) -> Result<Self, Refusal> {
        match family {
            Family::Cognito => {
                if !is_form(headers) {
                    return Err(Refusal::InvalidRequest);
                }
                Self::complete(form(body)?, basic(headers)?)
            }
            Family::LoginWithAmazon => {
                if !is_json(headers) {
                    return Err(Refusal::UnsupportedGrantType);
                }
                let fields = serde_json::from_slice(body).map_err(|_| Refusal::InvalidRequest)?;
                Self::complete(fields, None)
            }
        }
    }

    fn complete(mut fields: Fields, basic: Option<Credentials>) -> Result<Self, Refusal> {
        let mut take =
            |name: &str| fields.remove(name).filter(|value| !value.is_empty()).ok_or(Refusal::InvalidRequest);
        let grant_type = take("grant_type")?;
        let credentials = match basic {
            // A pair is sent in one of the two places, never in both.
            Some(_) if take("client_secret").is_ok() => return Err(Refusal::InvalidRequest),
            Some(credentials) => credentials,
            None => Credentials { id: take("client_id")?, secret: take("client_secret")? },
        };
        Ok(Self { grant_type, credentials, scope: take("scope")? })
    }
}

/// Whether the content type is JSON.
pub fn is_json(headers: &HeaderMap) -> bool {
    has_content_type(headers, "application/json")
}

fn is_form(headers: &HeaderMap) -> bool {
    has_content_type(headers, "application/x-www-form-urlencoded")
}

fn form(body: &[u8]) -> Result<Fields, Refusal> {
    let mut fields = Fields::new();
    for (name, value) in form_urlencoded::parse(body) {
        if fields.insert(name.into_owned(), value.into_owned()).is_some() {
            return Err(Refusal::InvalidRequest);
        }
    }
    Ok(fields)
}

/// The pair in `Authorization: Basic …`, which Cognito takes as well.
fn basic(headers: &HeaderMap) -> Result<Option<Credentials>, Refusal> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Ok(None);
    };
    value
        .to_str()
        .ok()
        .and_then(|value| value.strip_prefix("Basic "))
        .and_then(|encoded| STANDARD.decode(encoded).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|pair| {
            let (id, secret) = pair.split_once(':')?;
            Some(Some(Credentials { id: id.to_owned(), secret: secret.to_owned() }))
        })
        .ok_or(Refusal::InvalidClient)
}
