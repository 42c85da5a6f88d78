//! The token exchange: OAuth client credentials for a bearer token that lives an hour.

pub mod cache;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::account::{CredentialVersion, Credentials, Family};
use crate::error::{Error, Refusal};
use crate::foreign_text::Redactor;
use crate::http::{Http, Reply, unix_now};
use crate::secret::Secret;
use crate::status::Status;

/// Amazon's SDKs take this life for a token whose answer names none.
pub const DEFAULT_LIFE: i64 = 3600;

/// A token is not used for its last seconds, so that it cannot end on its way to Amazon.
const MARGIN: i64 = 60;

/// A bearer token.
#[derive(Debug, Clone)]
pub struct Token {
    /// What goes into the `Authorization` header.
    pub access_token: Secret,
    /// `Bearer` from Cognito, `bearer` from Login with Amazon.
    pub token_type: String,
    /// Seconds from the answer on.
    pub expires_in: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Named by Login with Amazon only.
    pub scope: Option<String>,
    /// The version that issued it; a catalog call must name it for 2.x.
    pub version: CredentialVersion,
}

impl Token {
    /// Whether it lives long enough for a call.
    #[must_use]
    pub fn is_usable(&self, now: i64) -> bool {
        // A life shorter than twice the margin would otherwise never be usable.
        self.expires_at - now > MARGIN.min(self.expires_in / 2)
    }
}

/// The four fields of both families (Amazon's SDK 1.2.0; the wire reference, section 1).
#[derive(Serialize)]
struct Request<'a> {
    grant_type: &'static str,
    client_id: &'a str,
    client_secret: &'a str,
    scope: &'static str,
}

/// Asks Amazon for a token. Every call of this function is a request; [`cache::TokenCache`] saves them.
///
/// # Errors
///
/// [`Error::Refused`] with `invalid_credentials` for `invalid_client`, `throttled`, `unavailable` or `rejected`;
/// [`Error::Unreadable`] for a 200 without a token; [`Error::Unreachable`].
pub async fn exchange(http: &Http, credentials: &Credentials) -> Result<Token, Error> {
    match ask(http, credentials).await {
        Err(error) if error.is_stale_connection() => ask(http, credentials).await,
        answered => answered,
    }
}

async fn ask(http: &Http, credentials: &Credentials) -> Result<Token, Error> {
    let version = credentials.version;
    let fields = Request {
        grant_type: "client_credentials",
        client_id: &credentials.id,
        client_secret: credentials.secret.expose(),
        scope: match version.family {
            Family::Cognito => "creatorsapi/default",
            Family::LoginWithAmazon => "creatorsapi::default",
        },
    };
    let request = http.post(&http.settings().token_url(version)).header("Accept", "application/json");
    let request = match version.family {
        Family::Cognito => request.form(&fields),
        Family::LoginWithAmazon => {
            let body = serde_json::to_vec(&fields).map_err(|e| Error::Client(e.to_string()))?;
            request.header("Content-Type", "application/json").body(body)
        }
    };
    let reply = http.send(request).await?;
    if reply.status == 200 {
        read_token(&reply, version)
    } else {
        Err(refusal(&reply, &Redactor::new([&credentials.secret])))
    }
}

#[derive(Deserialize)]
struct Granted {
    access_token: Option<String>,
    // An odd value beside a good token is no reason to lose it.
    token_type: Option<Value>,
    expires_in: Option<Value>,
    scope: Option<Value>,
}

fn read_token(reply: &Reply, version: CredentialVersion) -> Result<Token, Error> {
    let unreadable = |message: &str| Error::Unreadable { http_status: reply.status, message: message.to_owned() };
    let granted: Granted =
        serde_json::from_slice(&reply.body).map_err(|_| unreadable("The token endpoint's answer is not JSON."))?;
    let access_token = granted
        .access_token
        .filter(|token| !token.is_empty())
        .ok_or_else(|| unreadable("The token endpoint's answer holds no access_token."))?;
    // What cannot stand in a header could not be sent; and it would show up in no clear error later.
    let access_token = Secret::new(access_token);
    if !fits_header(&access_token) {
        return Err(unreadable("The access token has characters that no header can carry."));
    }
    let expires_in = granted
        .expires_in
        .as_ref()
        .and_then(|value| value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()))
        .filter(|seconds| (1.0..=31_536_000.0).contains(seconds))
        .map_or(DEFAULT_LIFE, whole);
    let words = Redactor::new([]);
    Ok(Token {
        access_token,
        token_type: granted
            .token_type
            .as_ref()
            .and_then(Value::as_str)
            .and_then(|kind| words.code(kind))
            .unwrap_or_else(|| "Bearer".to_owned()),
        expires_in,
        expires_at: unix_now() + expires_in,
        scope: granted.scope.as_ref().and_then(Value::as_str).map(|scope| words.message(scope)),
        version,
    })
}

fn whole(seconds: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "between a second and a year")]
    let whole = seconds as i64;
    whole
}

/// Whether it can stand in an `Authorization` header.
#[must_use]
pub fn fits_header(token: &Secret) -> bool {
    !token.is_empty() && token.expose().bytes().all(|b| b.is_ascii_graphic())
}

#[derive(Deserialize, Default)]
struct Refused {
    error: Option<Value>,
    error_description: Option<Value>,
}

fn refusal(reply: &Reply, redactor: &Redactor<'_>) -> Error {
    let refused: Option<Refused> = serde_json::from_slice(&reply.body).ok();
    let readable = refused.is_some();
    let refused = refused.unwrap_or_default();
    let error = refused.error.as_ref().and_then(Value::as_str).and_then(|error| redactor.code(error));
    let status = match (reply.status, error.as_deref()) {
        (429, _) => Status::Throttled,
        (500.., _) => Status::Unavailable,
        (400..=499, Some("invalid_client")) => Status::InvalidCredentials,
        (400..=499, _) if readable => Status::Rejected,
        _ => {
            return Error::Unreadable {
                http_status: reply.status,
                message: format!("The token endpoint answered {} with something that is not OAuth.", reply.status),
            };
        }
    };
    let description = refused.error_description.as_ref().and_then(Value::as_str).map(|text| redactor.message(text));
    let message = description.filter(|text| !text.is_empty()).unwrap_or_else(|| match status {
        Status::InvalidCredentials => "Amazon does not know this pair of id and secret.".to_owned(),
        Status::Throttled => "Too many tokens were asked for.".to_owned(),
        Status::Unavailable => format!("The token endpoint answered {}.", reply.status),
        _ => match &error {
            Some(error) => format!("The token endpoint refused the request: {error}."),
            None => format!("The token endpoint refused the request with {}.", reply.status),
        },
    });
    Error::Refused(Box::new(Refusal {
        status,
        http_status: reply.status,
        reason: error,
        message,
        retry_after: reply.retry_after,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, retry_after: None, body: body.as_bytes().to_vec() }
    }

    fn v31() -> CredentialVersion {
        CredentialVersion::parse("3.1").unwrap()
    }

    #[test]
    fn both_families_answers_are_read() {
        let cognito = r#"{"access_token":"eyJraWQi","expires_in":3600,"token_type":"Bearer"}"#;
        let lwa = r#"{"access_token":"Atc|MQ","scope":"creatorsapi::default","token_type":"bearer","expires_in":3600}"#;
        assert_eq!(read_token(&reply(200, cognito), v31()).unwrap().scope, None);
        let token = read_token(&reply(200, lwa), v31()).unwrap();
        assert_eq!((token.access_token.expose(), token.expires_in), ("Atc|MQ", 3600));
        assert_eq!(token.scope.as_deref(), Some("creatorsapi::default"));
    }

    #[test]
    fn a_life_is_read_as_any_number_and_is_an_hour_where_there_is_none() {
        for (life, seconds) in [("null", 3600), ("120.0", 120), ("\"90\"", 90), ("-5", 3600), ("[]", 3600)] {
            let body = format!(r#"{{"access_token":"t","token_type":5,"expires_in":{life}}}"#);
            assert_eq!(read_token(&reply(200, &body), v31()).unwrap().expires_in, seconds, "{life}");
        }
    }

    #[test]
    fn a_200_without_a_token_cannot_be_read() {
        for body in ["", "<html>", "[]", "{}", r#"{"access_token":""}"#, r#"{"access_token":"a\nb"}"#] {
            let error = read_token(&reply(200, body), v31()).unwrap_err();
            assert_eq!(error.status(), Status::InvalidResponse, "{body}");
        }
    }

    #[test]
    fn refusals_carry_their_status() {
        for (http, body, status) in [
            (400, r#"{"error":"invalid_client"}"#, Status::InvalidCredentials),
            (401, r#"{"error_description":"x","error":"invalid_client"}"#, Status::InvalidCredentials),
            (400, r#"{"error":"invalid_scope"}"#, Status::Rejected),
            (400, r#"{"error":"invalid_client","error_description":5}"#, Status::InvalidCredentials),
            (400, r#"{"error":"unauthorized_client"}"#, Status::Rejected),
            (429, r#"{"error":"too_many_requests"}"#, Status::Throttled),
            (503, "<html>", Status::Unavailable),
            (500, "", Status::Unavailable),
            (403, "<html>", Status::InvalidResponse),
            (302, "", Status::InvalidResponse),
        ] {
            assert_eq!(refusal(&reply(http, body), &Redactor::new([])).status(), status, "{http} {body}");
        }
    }

    #[test]
    fn a_token_is_not_used_in_its_last_minute() {
        let mut token = read_token(&reply(200, r#"{"access_token":"t","expires_in":3600}"#), v31()).unwrap();
        token.expires_at = 1000;
        assert!(token.is_usable(939));
        assert!(!token.is_usable(940));
    }
}
