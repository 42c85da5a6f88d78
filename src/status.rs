//! The closed set of words by which programs learn how a test or a refresh went.

/// Why a test answered as it did, or why a refresh stopped. The sentence for people is written elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Access is proven.
    Ok,
    /// Id and secret are refused, by every version that was asked.
    InvalidCredentials,
    /// The pair belongs to another credential version.
    WrongVersion,
    /// The credentials are right; the account has too few sales, or is younger than 48 hours.
    NotEligible,
    /// Refused for a reason that is neither the credentials nor eligibility.
    NotAuthorized,
    /// The tag is not mapped to the credential's store.
    WrongPartnerTag,
    /// The credential is not linked to the tag in this marketplace.
    WrongMarketplace,
    /// Too many calls just now, longer than the retries last.
    Throttled,
    /// The day's quota is gone.
    QuotaExhausted,
    /// The request itself was refused.
    Rejected,
    /// Amazon answered with a 5xx.
    Unavailable,
    /// No connection, no TLS, or no answer in time.
    Unreachable,
    /// An answer that cannot be read.
    InvalidResponse,
    /// The caller's own words are wrong; Amazon was not asked.
    InvalidArguments,
    /// The caller's deadline has passed.
    Deadline,
    /// The caller's number of calls is used up.
    MaxCalls,
    /// A signal, or PHP's own time limit.
    Interrupted,
    /// The callback said so.
    Cancelled,
}

impl Status {
    /// The word in arrays.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::InvalidCredentials => "invalid_credentials",
            Self::WrongVersion => "wrong_version",
            Self::NotEligible => "not_eligible",
            Self::NotAuthorized => "not_authorized",
            Self::WrongPartnerTag => "wrong_partner_tag",
            Self::WrongMarketplace => "wrong_marketplace",
            Self::Throttled => "throttled",
            Self::QuotaExhausted => "quota_exhausted",
            Self::Rejected => "rejected",
            Self::Unavailable => "unavailable",
            Self::Unreachable => "unreachable",
            Self::InvalidResponse => "invalid_response",
            Self::InvalidArguments => "invalid_arguments",
            Self::Deadline => "deadline",
            Self::MaxCalls => "max_calls",
            Self::Interrupted => "interrupted",
            Self::Cancelled => "cancelled",
        }
    }
}
