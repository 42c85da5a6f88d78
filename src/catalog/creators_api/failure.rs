//! Reading everything but a 200: which of Amazon's exceptions it is, and what that comes to.

use std::time::Duration;

use serde_json::Value;

use crate::error::{Error, Refusal};
use crate::foreign_text::Redactor;
use crate::http::Reply;
use crate::status::Status;

/// A wait of this length or more is no throttling of calls a second: the day's quota is gone.
const LONG_WAIT: Duration = Duration::from_secs(3600);

/// Reads an exception. Its type may stand in `type`, in `__type` behind a `#`, or nowhere; a reason that is not known
/// counts as `Other`.
pub(super) fn read(reply: &Reply, redactor: &Redactor<'_>) -> Error {
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    let exception = Exception::read(reply, &body, redactor);
    let status = match reply.status {
        400 => match exception.reason() {
            "InvalidPartnerTag" => Status::WrongPartnerTag,
            "InvalidAssociate" => Status::WrongMarketplace,
            _ => Status::Rejected,
        },
        401 => match exception.reason() {
            "InvalidIssuer" => Status::WrongVersion,
            "UnsupportedClient" | "InvalidClient" => Status::InvalidCredentials,
            _ => Status::NotAuthorized,
        },
        403 => match exception.reason() {
            "AssociateNotEligible" => Status::NotEligible,
            _ => Status::NotAuthorized,
        },
        // A proxy's page says nothing of Amazon's products; an empty body is Amazon's as far as anyone can tell.
        404 if body.is_object() || reply.body.is_empty() => Status::Rejected,
        429 if exception.is_daily() => Status::QuotaExhausted,
        429 => Status::Throttled,
        500.. => Status::Unavailable,
        400..=499 if body.is_object() => Status::Rejected,
        _ => {
            return Error::Unreadable {
                http_status: reply.status,
                message: format!("The catalog answered {} with something that is not Amazon's.", reply.status),
            };
        }
    };
    Error::Refused(Box::new(Refusal {
        status,
        http_status: reply.status,
        message: exception.message.unwrap_or_else(|| format!("The catalog answered {} without a word.", reply.status)),
        reason: exception.reason.or(exception.kind),
        retry_after: exception.retry_after,
    }))
}

struct Exception {
    kind: Option<String>,
    reason: Option<String>,
    message: Option<String>,
    quota_code: Option<String>,
    retry_after: Option<Duration>,
}

impl Exception {
    fn read(reply: &Reply, body: &Value, redactor: &Redactor<'_>) -> Self {
        let text = |name: &str| body.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let code = |text: &str| redactor.code(text);
        let kind = text("type").or_else(|| text("__type")).map(|kind| kind.rsplit('#').next().unwrap_or(kind));
        let fields = fields(body.get("fieldList"));
        let message = text("message").map(|message| match fields.as_slice() {
            [] => redactor.message(message),
            fields => redactor.message(&format!("{message} ({})", fields.join(", "))),
        });
        let seconds = body.get("retryAfterSeconds").and_then(Value::as_f64).filter(|seconds| *seconds >= 0.0);
        Self {
            kind: kind.and_then(code),
            reason: text("reason").and_then(code),
            message: message.filter(|message| !message.is_empty()),
            quota_code: text("quotaCode").and_then(code),
            retry_after: reply.retry_after.or_else(|| Duration::try_from_secs_f64(seconds?).ok()),
        }
    }

    fn reason(&self) -> &str {
        self.reason.as_deref().unwrap_or_default()
    }

    /// Amazon tells the two quotas (calls a second, calls a day) apart by no documented code.
    fn is_daily(&self) -> bool {
        let says_day = |text: &Option<String>| {
            text.as_deref().is_some_and(|text| {
                let text = text.to_ascii_lowercase();
                ["daily", "per day", "tpd", "24 hours", "for the day"].iter().any(|word| text.contains(word))
            })
        };
        says_day(&self.quota_code)
            || says_day(&self.message)
            || says_day(&self.reason)
            || self.retry_after.is_some_and(|wait| wait >= LONG_WAIT)
    }
}

/// `["partnerTag"]` in the documentation, `[{"name":"partnerTag","message":"…"}]` in the SDK.
fn fields(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    list.iter()
        .filter_map(|field| {
            let name = field.as_str().or_else(|| field.get("name")?.as_str())?;
            Some(match field.get("message").and_then(Value::as_str) {
                Some(message) => format!("{name} {message}"),
                None => name.to_owned(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foreign_text;
    use crate::secret::Secret;

    fn failure(status: u16, body: &str) -> Error {
        read(&Reply { status, retry_after: None, body: body.as_bytes().to_vec() }, &Redactor::new([]))
    }

    #[test]
    fn every_documented_failure_has_its_status() {
        for (http, body, status) in [
            (401, r#"{"type":"UnauthorizedException","reason":"TokenExpired"}"#, Status::NotAuthorized),
            (401, r#"{"type":"UnauthorizedException","reason":"InvalidIssuer"}"#, Status::WrongVersion),
            (401, r#"{"reason":"UnsupportedClient"}"#, Status::InvalidCredentials),
            (401, r#"{"reason":"InvalidClient"}"#, Status::InvalidCredentials),
            (401, "", Status::NotAuthorized),
            (
                403,
                r#"{"message":"…","reason":"AssociateNotEligible","type":"AccessDeniedException"}"#,
                Status::NotEligible,
            ),
            (403, r#"{"reason":"AuthorizationFailed"}"#, Status::NotAuthorized),
            (403, r#"{"reason":"SomethingNew"}"#, Status::NotAuthorized),
            (400, r#"{"reason":"InvalidAssociate"}"#, Status::WrongMarketplace),
            (400, r#"{"reason":"InvalidPartnerTag"}"#, Status::WrongPartnerTag),
            (400, r#"{"reason":"FieldValidationFailed","fieldList":["partnerTag"]}"#, Status::Rejected),
            (404, r#"{"type":"ResourceNotFoundException"}"#, Status::Rejected),
            (404, "<html>", Status::InvalidResponse),
            (429, r#"{"type":"ThrottleException","retryAfterSeconds":60}"#, Status::Throttled),
            (429, r#"{"type":"ThrottleException","retryAfterSeconds":40000}"#, Status::QuotaExhausted),
            (429, r#"{"message":"Your daily quota is used up."}"#, Status::QuotaExhausted),
            (429, "", Status::Throttled),
            (500, r#"{"type":"InternalServerException"}"#, Status::Unavailable),
            (503, "<html>", Status::Unavailable),
            (302, "", Status::InvalidResponse),
        ] {
            assert_eq!(failure(http, body).status(), status, "{http} {body}");
        }
    }

    #[test]
    fn the_type_behind_a_hash_and_both_field_lists_are_read() {
        let error = failure(404, r#"{"__type":"com.amazon.creators#ResourceNotFoundException","message":"none"}"#);
        assert_eq!(error.reason(), Some("ResourceNotFoundException"));
        let documented = failure(400, r#"{"message":"no.","fieldList":["partnerTag"]}"#);
        assert_eq!(documented.to_string(), "no. (partnerTag)");
        let sdk = failure(400, r#"{"message":"no.","fieldList":[{"name":"itemIds","message":"too long"}]}"#);
        assert_eq!(sdk.to_string(), "no. (itemIds too long)");
    }

    #[test]
    fn words_are_bounded_and_hold_no_secret() {
        let secret = Secret::new("canary".to_owned());
        let body =
            format!(r#"{{"message":"canary \u202e{}","type":"x#canary","reason":"canary"}}"#, "x".repeat(300_000));
        let reply = Reply { status: 400, retry_after: None, body: body.into_bytes() };
        let error = read(&reply, &Redactor::new([&secret]));
        assert!(!format!("{error:?}").contains("canary"));
        assert_eq!(error.to_string().chars().count(), foreign_text::MESSAGE);
        assert!(error.to_string().starts_with("… xxx"));
    }

    #[test]
    fn the_wait_is_read_from_the_body_too() {
        let error = failure(429, r#"{"retryAfterSeconds":1.5}"#);
        assert_eq!(error.retry_after(), Some(Duration::from_millis(1500)));
        assert_eq!(failure(429, r#"{"retryAfterSeconds":-1}"#).retry_after(), None);
        assert_eq!(failure(429, r#"{"retryAfterSeconds":1e300}"#).retry_after(), None);
    }
}
