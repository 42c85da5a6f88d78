//! What lives as long as a process: the HTTP client with its connections, and the tokens.

use crate::error::Error;
use crate::http::{Http, Settings};
use crate::secret::Secret;
use crate::token::cache::TokenCache;

/// One a thread, and one after every fork: connections and tokens are never shared.
#[derive(Clone)]
pub struct Engine {
    /// The client.
    pub http: Http,
    /// The tokens.
    pub tokens: TokenCache,
}

impl Engine {
    /// Makes a client for these settings, with no tokens yet.
    ///
    /// # Errors
    ///
    /// Those of [`Http::new`].
    pub fn new(settings: Settings) -> Result<Self, Error> {
        Ok(Self { http: Http::new(settings)?, tokens: TokenCache::default() })
    }

    /// The same tokens behind another proxy.
    ///
    /// # Errors
    ///
    /// Those of [`Http::with_proxy`].
    pub fn with_proxy(&self, proxy: Secret) -> Result<Self, Error> {
        Ok(Self { http: self.http.with_proxy(proxy)?, tokens: self.tokens.clone() })
    }
}
