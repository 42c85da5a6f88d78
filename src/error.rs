//! What can go wrong between here and Amazon. One enum; each variant says whose fault it is.

use std::path::PathBuf;
use std::time::Duration;

use crate::status::Status;

/// Why a token exchange or a catalog call brought nothing.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Amazon understood and said no, or not now.
    #[error("{}", .0.message)]
    Refused(Box<Refusal>),
    /// No connection, no TLS session, or no complete answer in time.
    #[error("{message}")]
    Unreachable {
        /// What happened, with the host, never with a query or a token.
        message: String,
        /// The connection was used before and had gone stale: asking again at once is right.
        stale_connection: bool,
    },
    /// An answer that is not what the documentation says.
    #[error("{message}")]
    Unreadable {
        /// The HTTP status it came with.
        http_status: u16,
        /// What was wrong with it, without quoting it.
        message: String,
    },
    /// The server's own certificates cannot be used.
    #[error("The CA file {} cannot be used: {problem}", path.display())]
    CaFile {
        /// `creators_api.ca_file`
        path: PathBuf,
        /// Why.
        problem: String,
    },
    /// What the caller asked for cannot be done.
    #[error("{0}")]
    Arguments(String),
    /// The HTTP client cannot be made from these settings.
    #[error("{0}")]
    Client(String),
}

/// Amazon's own words for a no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What it comes to.
    pub status: Status,
    /// The HTTP status of the answer.
    pub http_status: u16,
    /// Amazon's word: an OAuth error code, or the `reason` of a catalog exception (else its type).
    pub reason: Option<String>,
    /// Amazon's sentence, or ours where it gave none.
    pub message: String,
    /// How long Amazon asks to wait.
    pub retry_after: Option<Duration>,
}

impl Error {
    /// The word for programs.
    #[must_use]
    pub fn status(&self) -> Status {
        match self {
            Self::Refused(refusal) => refusal.status,
            Self::Unreadable { .. } => Status::InvalidResponse,
            Self::Arguments(_) => Status::InvalidArguments,
            Self::Unreachable { .. } | Self::CaFile { .. } | Self::Client(_) => Status::Unreachable,
        }
    }

    /// Amazon's word for it, where it gave one.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Refused(refusal) => refusal.reason.as_deref(),
            _ => None,
        }
    }

    /// The HTTP status of the answer, where there was one.
    #[must_use]
    pub fn http_status(&self) -> Option<u16> {
        match self {
            Self::Refused(refusal) => Some(refusal.http_status),
            Self::Unreadable { http_status, .. } => Some(*http_status),
            _ => None,
        }
    }

    /// Whether a kept connection had gone away unnoticed: the request was not answered, and asking again is right.
    #[must_use]
    pub fn is_stale_connection(&self) -> bool {
        matches!(self, Self::Unreachable { stale_connection: true, .. })
    }

    /// How long Amazon asks to wait before the next call.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refusal) => refusal.retry_after,
            _ => None,
        }
    }
}
