//! The one place that decides what follows a failed call.

use std::time::Duration;

use crate::catalog::HighRes;
use crate::error::{Error, Refusal};
use crate::status::Status;

/// A call is made at most this often for the same products.
const MAX_ATTEMPTS: u32 = 4;

/// Longer waits are the caller's: it learns of them by `retry_after`.
const MAX_WAIT: Duration = Duration::from_secs(30);

/// What follows a failed call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The same call again, after this long.
    Retry(Duration),
    /// Nothing at all for this long, at a lower rate from then on, and then the same call again.
    Throttle(Duration),
    /// The same call with a new token.
    NewToken,
    /// The same call without the largest picture, and all calls after it.
    WithoutHighRes,
    /// Amazon has none of these products.
    NoneFound,
    /// This call has failed too often; others may still succeed.
    GiveUp,
    /// No call of this account would fare better.
    Stop,
}

/// Decides. `attempt` is 1 for the first failure of these products; `jitter` is a random number between 0 and 1.
#[must_use]
pub fn decide(error: &Error, attempt: u32, high_res: HighRes, jitter: f64) -> Decision {
    let again = |wait: Duration| if attempt >= MAX_ATTEMPTS { Decision::GiveUp } else { Decision::Retry(wait) };
    match error {
        Error::Unreachable { stale_connection: true, .. } if attempt == 1 => Decision::Retry(Duration::ZERO),
        Error::Unreachable { .. } | Error::Unreadable { .. } => again(backoff(0.25, attempt, jitter)),
        Error::CaFile { .. } | Error::Client(_) | Error::Arguments(_) => Decision::Stop,
        Error::Refused(refusal) => {
            match refusal.http_status {
                404 => Decision::NoneFound,
                400 if high_res == HighRes::Wanted && may_mean_high_res(refusal) => Decision::WithoutHighRes,
                401 if refusal.status == Status::NotAuthorized && is_about_token(refusal) => {
                    if attempt >= MAX_ATTEMPTS { Decision::GiveUp } else { Decision::NewToken }
                }
                429 if refusal.status == Status::QuotaExhausted => Decision::Stop,
                429 => {
                    let wait = refusal.retry_after.unwrap_or_else(|| backoff(1.0, attempt, jitter));
                    if wait > MAX_WAIT || attempt >= MAX_ATTEMPTS { Decision::Stop } else { Decision::Throttle(wait) }
                }
                500.. => match refusal.retry_after {
                    Some(wait) if wait > MAX_WAIT => Decision::Stop,
                    Some(wait) => again(wait),
                    None => again(backoff(0.5, attempt, jitter)),
                },
                _ => Decision::Stop,
            }
        }
    }
}

/// Exponential, with full jitter, between a tenth and the whole of `base` · 2^(attempt − 1) seconds.
fn backoff(base: f64, attempt: u32, jitter: f64) -> Duration {
    let most = base * f64::from(2_u32.saturating_pow(attempt.saturating_sub(1)));
    Duration::from_secs_f64(most * jitter.clamp(0.1, 1.0)).min(MAX_WAIT)
}

/// The reasons that a new token cures. A 401 without any reason is taken for one of them; it is tried once.
fn is_about_token(refusal: &Refusal) -> bool {
    matches!(refusal.reason.as_deref(), None | Some("TokenExpired" | "InvalidToken" | "UnauthorizedException"))
}

/// A validation that names no field, or one of the resources.
fn may_mean_high_res(refusal: &Refusal) -> bool {
    let message = refusal.message.to_ascii_lowercase();
    let names_fields = message.ends_with(')');
    refusal.status == Status::Rejected
        && refusal.reason.as_deref() == Some("FieldValidationFailed")
        && (!names_fields || message.contains("resource") || message.contains("highres"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(http_status: u16, status: Status, reason: Option<&str>, wait: Option<u64>) -> Error {
        Error::Refused(Box::new(Refusal {
            status,
            http_status,
            reason: reason.map(str::to_owned),
            message: "no.".to_owned(),
            retry_after: wait.map(Duration::from_secs),
        }))
    }

    fn decision(error: &Error, attempt: u32) -> Decision {
        decide(error, attempt, HighRes::LeftOut, 1.0)
    }

    #[test]
    fn refusals_of_the_account_stop_the_run_at_once() {
        for (http, status, reason) in [
            (403, Status::NotEligible, "AssociateNotEligible"),
            (400, Status::WrongPartnerTag, "InvalidPartnerTag"),
            (400, Status::Rejected, "FieldValidationFailed"),
            (401, Status::WrongVersion, "InvalidIssuer"),
            (401, Status::InvalidCredentials, "InvalidClient"),
            (401, Status::NotAuthorized, "MissingClaim"),
            (429, Status::QuotaExhausted, "ThrottleException"),
        ] {
            assert_eq!(decision(&refused(http, status, Some(reason), None), 1), Decision::Stop, "{reason}");
        }
    }

    #[test]
    fn a_throttling_waits_as_long_as_amazon_says_or_hands_the_wait_to_the_caller() {
        let throttled = |wait| refused(429, Status::Throttled, Some("ThrottleException"), wait);
        assert_eq!(decision(&throttled(Some(2)), 1), Decision::Throttle(Duration::from_secs(2)));
        assert_eq!(decision(&throttled(None), 3), Decision::Throttle(Duration::from_secs(4)));
        assert_eq!(decision(&throttled(Some(60)), 1), Decision::Stop);
        assert_eq!(decision(&throttled(Some(2)), 4), Decision::Stop);
    }

    #[test]
    fn a_new_token_is_tried_as_often_as_anything_else() {
        let refused = refused(401, Status::NotAuthorized, Some("TokenExpired"), None);
        assert_eq!(decision(&refused, MAX_ATTEMPTS - 1), Decision::NewToken);
        assert_eq!(decision(&refused, MAX_ATTEMPTS), Decision::GiveUp);
    }

    #[test]
    fn faults_on_the_way_are_tried_again_with_growing_waits_and_an_end() {
        let fault = Error::Unreadable { http_status: 200, message: String::new() };
        let waits: Vec<_> = (1..=4).map(|attempt| decision(&fault, attempt)).collect();
        assert_eq!(
            waits,
            [250, 500, 1000]
                .map(|ms| Decision::Retry(Duration::from_millis(ms)))
                .into_iter()
                .chain([Decision::GiveUp])
                .collect::<Vec<_>>()
        );
        let stale = Error::Unreachable { message: String::new(), stale_connection: true };
        assert_eq!(decision(&stale, 1), Decision::Retry(Duration::ZERO));
    }

    #[test]
    fn only_a_validation_that_may_mean_the_largest_picture_is_asked_again_without_it() {
        let validation = refused(400, Status::Rejected, Some("FieldValidationFailed"), None);
        assert_eq!(decide(&validation, 1, HighRes::Wanted, 1.0), Decision::WithoutHighRes);
        assert_eq!(decide(&validation, 1, HighRes::LeftOut, 1.0), Decision::Stop);
        let Error::Refused(mut refusal) = validation else { unreachable!() };
        refusal.message = "Request validation failed. (partnerTag)".to_owned();
        assert_eq!(decide(&Error::Refused(refusal), 1, HighRes::Wanted, 1.0), Decision::Stop);
    }
}
