//! Tokens kept for the life of the process, so that one is bought an hour and not one a request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::account::{CredentialVersion, Credentials};
use crate::error::Error;
use crate::http::{Http, unix_now};
use crate::secret::sha256;
use crate::status::Status;
use crate::sync::lock;
use crate::token::{Token, exchange};

/// A pair that Amazon refused is not asked about again for this long.
const REFUSED_FOR: Duration = Duration::from_secs(5);

/// Id, version and a hash of the secret: a changed secret is another entry, and the secret itself is not kept.
type Key = (String, CredentialVersion, [u8; 32]);

#[derive(Default)]
struct Slot {
    kept: Mutex<Kept>,
    /// Held over an exchange, so that it happens once however many wait for it.
    exchange: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Kept {
    token: Option<Token>,
    refused: Option<(Instant, Error)>,
}

impl Kept {
    /// A token that lives, or a refusal that is young.
    fn answer(&self) -> Option<Result<Token, Error>> {
        if let Some(token) = self.token.as_ref().filter(|token| token.is_usable(unix_now())) {
            return Some(Ok(token.clone()));
        }
        let (at, error) = self.refused.as_ref()?;
        (at.elapsed() < REFUSED_FOR).then(|| Err(error.clone()))
    }
}

/// The tokens of one process.
#[derive(Clone, Default)]
pub struct TokenCache {
    slots: Arc<Mutex<HashMap<Key, Arc<Slot>>>>,
}

impl TokenCache {
    /// The kept token, or a new one. Callers that come while one is asked for wait for it.
    ///
    /// # Errors
    ///
    /// Those of [`exchange`]; a refusal of the pair is remembered for five seconds.
    pub async fn get(&self, http: &Http, credentials: &Credentials) -> Result<Token, Error> {
        let slot = self.slot(credentials);
        if let Some(answer) = lock(&slot.kept).answer() {
            return answer;
        }
        // Whoever has the turn may stand still itself, waiting for a callback from which this call comes.
        let _turn = tokio::time::timeout(http.settings().timeout, slot.exchange.lock()).await;
        // Whoever had the turn before may have brought it.
        if let Some(answer) = lock(&slot.kept).answer() {
            return answer;
        }
        let result = exchange(http, credentials).await;
        match &result {
            Ok(token) => *lock(&slot.kept) = Kept { token: Some(token.clone()), refused: None },
            Err(error) if matches!(error.status(), Status::InvalidCredentials | Status::Rejected) => {
                *lock(&slot.kept) = Kept { token: None, refused: Some((Instant::now(), error.clone())) };
            }
            Err(_) => {}
        }
        result
    }

    /// Keeps a token that was exchanged elsewhere.
    pub fn put(&self, credentials: &Credentials, token: Token) {
        *lock(&self.slot(credentials).kept) = Kept { token: Some(token), refused: None };
    }

    /// Forgets `token`, which Amazon refused, unless another has taken its place already.
    pub fn forget(&self, credentials: &Credentials, token: &Token) {
        let slot = self.slot(credentials);
        let mut kept = lock(&slot.kept);
        if kept.token.as_ref().is_some_and(|kept| kept.access_token == token.access_token) {
            kept.token = None;
        }
    }

    fn slot(&self, credentials: &Credentials) -> Arc<Slot> {
        let key = (credentials.id.clone(), credentials.version, sha256(credentials.secret.expose()));
        let mut slots = lock(&self.slots);
        if !slots.contains_key(&key) {
            // Whoever is new makes those leave that nobody holds and that have nothing to answer.
            slots.retain(|_, slot| Arc::strong_count(slot) > 1 || lock(&slot.kept).answer().is_some());
        }
        Arc::clone(slots.entry(key).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;
    use crate::token::DEFAULT_LIFE;

    #[test]
    fn tokens_that_have_died_are_forgotten() {
        let version = CredentialVersion::parse("3.1").unwrap();
        let credentials = |n: i64| Credentials { id: n.to_string(), secret: Secret::new("secret".to_owned()), version };
        let token = |expires_at| Token {
            access_token: Secret::new("token".to_owned()),
            token_type: "Bearer".to_owned(),
            expires_in: DEFAULT_LIFE,
            expires_at,
            scope: None,
            version,
        };
        let cache = TokenCache::default();
        for n in 0..100 {
            cache.put(&credentials(n), token(unix_now() + DEFAULT_LIFE));
            cache.put(&credentials(-1 - n), token(unix_now() - 1));
        }
        cache.put(&credentials(100), token(unix_now() + DEFAULT_LIFE));
        assert_eq!(lock(&cache.slots).len(), 101);
    }
}
