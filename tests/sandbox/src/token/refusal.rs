//! How the two issuers refuse.

use axum::http::StatusCode;
use serde_json::json;

use crate::{answer::Answer, version::Family};

/// Why there is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Something is missing, twice there or cannot be read.
    InvalidRequest,
    /// No such pair here.
    InvalidClient,
    /// Not a scope that this issuer grants.
    InvalidScope,
    /// Not `client_credentials`.
    UnsupportedGrantType,
}

impl Refusal {
    /// The refusal in the words of that issuer: Cognito gives a code alone, Login with Amazon a sentence first.
    pub fn answer(self, family: Family) -> Answer {
        match family {
            Family::Cognito => Answer::new(StatusCode::BAD_REQUEST, json!({"error": self.code()})),
            Family::LoginWithAmazon => {
                let status = match self {
                    Self::InvalidClient => StatusCode::UNAUTHORIZED,
                    _ => StatusCode::BAD_REQUEST,
                };
                let body = json!({"error_description": self.sentence(), "error": self.code()});
                Answer::new(status, body)
            }
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidScope => "invalid_scope",
            Self::UnsupportedGrantType => "unsupported_grant_type",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::InvalidRequest => {
                "The request is missing a required parameter, includes an invalid parameter value, \
                 or is otherwise malformed"
            }
            Self::InvalidClient => "Client authentication failed",
            Self::InvalidScope => "The requested scope is invalid, unknown, or malformed",
            Self::UnsupportedGrantType => "The authorization grant type is not supported by the authorization server",
        }
    }
}
