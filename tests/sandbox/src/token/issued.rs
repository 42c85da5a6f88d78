//! The tokens that are out.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;

use crate::{
    account::Account,
    version::{Family, Version},
};

/// How long a token works.
#[derive(Clone, Copy, Debug)]
pub struct Life {
    /// By the clock.
    pub seconds: u64,
    /// By how often it is used; none: any number of times.
    pub uses: Option<u32>,
}

#[derive(Debug)]
struct Token {
    account: String,
    version: Version,
    ends: Instant,
    uses_left: Option<u32>,
}

/// What a token is worth when it is shown.
#[derive(Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody issued it.
    Unknown,
    /// It has ended.
    Ended,
    /// It stands for an account.
    Good {
        /// The account's name.
        account: String,
        /// The version it was issued for.
        version: Version,
    },
}

/// Every token issued since the server began.
#[derive(Debug, Default)]
pub struct Tokens {
    tokens: Mutex<HashMap<String, Token>>,
    random: RandomState,
}

impl Tokens {
    /// A new token for that account.
    pub fn issue(&self, account: &Account, life: Life) -> String {
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        let noise = self.noise(tokens.len());
        let token = match account.version.family() {
            Family::Cognito => web_token(account, &noise),
            Family::LoginWithAmazon => format!("Atc|MQICI{}", URL_SAFE_NO_PAD.encode(noise)),
        };
        let issued = Token {
            account: account.name.clone(),
            version: account.version,
            // Bounded, for the clock does not reach as far as a number can.
            ends: Instant::now() + Duration::from_secs(life.seconds.min(u32::MAX.into())),
            uses_left: life.uses,
        };
        tokens.insert(token.clone(), issued);
        token
    }

    /// What the token is worth; showing it is a use.
    pub fn show(&self, token: &str) -> Standing {
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(token) = tokens.get_mut(token) else {
            return Standing::Unknown;
        };
        if Instant::now() >= token.ends || token.uses_left == Some(0) {
            return Standing::Ended;
        }
        token.uses_left = token.uses_left.map(|uses| uses - 1);
        Standing::Good { account: token.account.clone(), version: token.version }
    }

    /// Bytes that nobody guesses and no other run repeats, in the size of a signature.
    fn noise(&self, number: usize) -> Vec<u8> {
        (0..32).flat_map(|part| self.random.hash_one((number, part)).to_be_bytes()).collect()
    }
}

/// Three parts with dots between them, as Cognito's tokens have.
fn web_token(account: &Account, signature: &[u8]) -> String {
    let claims = json!({
        "sub": account.credential_id,
        "token_use": "access",
        "scope": account.version.family().scope(),
        "client_id": account.credential_id,
    });
    let head = json!({"kid": "sandbox", "alg": "RS256"});
    [head.to_string().as_bytes(), claims.to_string().as_bytes(), signature]
        .map(|part| URL_SAFE_NO_PAD.encode(part))
        .join(".")
}
