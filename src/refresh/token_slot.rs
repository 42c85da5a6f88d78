//! The token of a run: which it is, and how often it was refused.

use std::time::{Duration, Instant};

use crate::account::Account;
use crate::http::unix_now;
use crate::token::{self, Token};

/// Where a run stands with its token.
pub enum TokenState {
    /// There is none.
    Missing,
    /// It is being asked for.
    Asked,
    /// It is there.
    Ready(Token),
}

/// The token of a run.
pub struct TokenSlot {
    pub state: TokenState,
    /// Exchanges that failed one after the other.
    pub attempts: u32,
    pub not_before: Option<Instant>,
    /// Tokens that Amazon refused since the last success: a second one in a row means that tokens are not the trouble.
    pub refused: u32,
}

impl TokenSlot {
    /// With the token that the caller keeps, if there is one.
    pub fn of(account: &Account) -> Self {
        let state = match &account.given_token {
            Some(given) if token::fits_header(&given.access_token) => {
                let expires_at = if given.expires_at == 0 { i64::MAX } else { given.expires_at };
                TokenState::Ready(Token {
                    access_token: given.access_token.clone(),
                    token_type: "Bearer".to_owned(),
                    expires_in: token::DEFAULT_LIFE,
                    expires_at,
                    scope: None,
                    version: account.credentials.version,
                })
            }
            _ => TokenState::Missing,
        };
        Self { state, attempts: 0, not_before: None, refused: 0 }
    }

    /// The token, while it lives.
    pub fn usable(&self) -> Option<&Token> {
        match &self.state {
            TokenState::Ready(token) if token.is_usable(unix_now()) => Some(token),
            _ => None,
        }
    }

    /// An exchange brought it.
    pub fn ready(&mut self, token: Token) {
        self.state = TokenState::Ready(token);
        self.attempts = 0;
    }

    /// An exchange is to be made again after `wait`.
    pub fn retry_after(&mut self, wait: Duration) {
        self.not_before = Some(Instant::now() + wait);
    }

    /// Whether this is the token that calls go out with.
    pub fn is_current(&self, token: &Token) -> bool {
        matches!(&self.state, TokenState::Ready(current) if current.access_token == token.access_token)
    }

    /// Amazon refused the current one.
    pub fn refuse(&mut self) {
        self.refused += 1;
        self.state = TokenState::Missing;
    }
}
