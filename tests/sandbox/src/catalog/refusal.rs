//! How the catalogue refuses: Amazon's exceptions, in Amazon's words.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::answer::Answer;

/// A member of the request that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// The member.
    pub name: &'static str,
    /// What it must do.
    pub message: String,
}

/// Why there are no items.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// 401 and its reason.
    Unauthorized(String),
    /// 400, the body is no JSON object.
    CannotParse,
    /// 400 and what is wrong with each member.
    Fields(Vec<FieldProblem>),
    /// 400 and its reason.
    Invalid(String),
    /// 403 and its reason.
    Forbidden(String),
    /// 404: for this id, and for all others.
    NotFound {
        /// What there is none of.
        kind: &'static str,
        /// The first id.
        id: String,
    },
    /// 429, and the seconds to wait where they are told.
    Throttled(Option<u64>),
    /// 429 for the rest of the day, and the seconds until its end.
    QuotaExhausted(u64),
    /// 5xx.
    Internal(StatusCode),
}

impl Refusal {
    /// A 404.
    pub fn not_found(kind: &'static str, id: String) -> Self {
        Self::NotFound { kind, id }
    }

    /// The exception on the wire.
    pub fn answer(self) -> Answer {
        match self {
            Self::Unauthorized(reason) => {
                Answer::new(StatusCode::UNAUTHORIZED, exception("UnauthorizedException", &reason))
            }
            Self::CannotParse => Self::Invalid("CannotParse".to_owned()).answer(),
            Self::Fields(problems) => {
                let mut body = exception("ValidationException", "FieldValidationFailed");
                let field = |problem: FieldProblem| json!({"name": problem.name, "message": problem.message});
                add(&mut body, "fieldList", problems.into_iter().map(field).collect());
                Answer::new(StatusCode::BAD_REQUEST, body)
            }
            Self::Invalid(reason) => Answer::new(StatusCode::BAD_REQUEST, exception("ValidationException", &reason)),
            // A real answer was seen with its members in this order.
            Self::Forbidden(reason) => Answer::new(
                StatusCode::FORBIDDEN,
                json!({
                    "message": sentence(&reason),
                    "reason": reason,
                    "type": "AccessDeniedException",
                }),
            ),
            Self::NotFound { kind, id } => Answer::new(
                StatusCode::NOT_FOUND,
                json!({
                    "type": "ResourceNotFoundException",
                    "message": match kind {
                        "SearchResult" => "No results found for your search request",
                        "File" => "There is no file of that name.",
                        "BrowseNode" => "No browse nodes found for the requested IDs.",
                        _ => "No items found for the requested item IDs.",
                    },
                    "resourceType": kind,
                    "resourceId": id,
                }),
            ),
            Self::Throttled(seconds) => throttled(
                "The request was denied due to request throttling. \
                 Please verify the number of requests made per second.",
                seconds,
            ),
            Self::QuotaExhausted(seconds) => throttled(
                "The request was denied because the maximum number of requests per day has been \
                 reached. The daily quota of this account is exhausted.",
                Some(seconds),
            ),
            Self::Internal(status) => Answer::new(
                status,
                json!({
                    "type": "InternalServerException",
                    "message": "An unexpected error occurred while processing your request.",
                }),
            ),
        }
    }
}

fn exception(name: &str, reason: &str) -> Value {
    json!({"type": name, "message": sentence(reason), "reason": reason})
}

fn throttled(message: &str, seconds: Option<u64>) -> Answer {
    let mut body = json!({"type": "ThrottleException", "message": message});
    if let Some(seconds) = seconds {
        add(&mut body, "retryAfterSeconds", seconds.into());
    }
    Answer::new(StatusCode::TOO_MANY_REQUESTS, body)
}

fn add(body: &mut Value, name: &str, value: Value) {
    if let Some(body) = body.as_object_mut() {
        body.insert(name.to_owned(), value);
    }
}

/// Amazon's sentence for a reason.
fn sentence(reason: &str) -> &'static str {
    match reason {
        "TokenExpired" => "Authentication token has expired.",
        "InvalidToken" => "The authentication token is invalid or malformed.",
        "InvalidIssuer" => "The token issuer is invalid or does not match the expected issuer.",
        "MissingClaim" => "The authentication token is missing required claims.",
        "MissingKeyId" => "The authentication token is missing the required key identifier.",
        "UnsupportedClient" => "The client identifier is not supported.",
        "InvalidClient" => "The client identifier does not match the expected value.",
        "MissingCredential" => "Missing authentication credentials.",
        "AssociateNotEligible" => "Your account does not currently meet the eligibility requirements.",
        "AuthorizationFailed" => "Authorization check failed for the requested operation.",
        "UnknownOperation" => {
            "The operation requested is invalid. \
             Please verify that the operation name is typed correctly."
        }
        "CannotParse" => {
            "Unable to parse the request payload. \
             Please verify that the request body is valid JSON."
        }
        "FieldValidationFailed" => "Request validation failed.",
        "InvalidAssociate" => {
            "Your credential is not linked to the partner tag in the request for the given \
             Marketplace."
        }
        "InvalidPartnerTag" => {
            "Partner tag in the request is invalid or is not mapped to the store associated with \
             your credential."
        }
        _ => "The request was refused.",
    }
}
