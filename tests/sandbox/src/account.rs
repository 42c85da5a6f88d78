//! The accounts that the server knows, read from a file.

use std::{
    collections::{BTreeMap, HashSet},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{behaviour::Behaviour, marketplace::Marketplace, version::Version};

const BUILT_IN: &str = include_str!("../accounts.json");

/// One credential, and what hangs on it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// What the log and the tests call it.
    pub name: String,
    /// The credential id.
    pub credential_id: String,
    /// The credential secret.
    pub credential_secret: String,
    /// The version that Amazon would show beside it.
    pub version: Version,
    /// The tags of its store, by the host of the marketplace.
    pub partner_tags: BTreeMap<String, Vec<String>>,
    /// What is special about it.
    #[serde(default)]
    pub behaviour: Behaviour,
}

impl Account {
    /// Whether the tag is one of the account's for that marketplace.
    pub fn owns_there(&self, tag: &str, marketplace: &Marketplace) -> bool {
        self.partner_tags.get(marketplace.host).is_some_and(|tags| tags.iter().any(|own| own == tag))
    }

    /// Whether the tag is one of the account's for any marketplace.
    pub fn owns(&self, tag: &str) -> bool {
        self.partner_tags.values().flatten().any(|own| own == tag)
    }
}

/// Why accounts cannot be used.
#[derive(Debug, Error)]
pub enum AccountsError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The text is not a list of accounts.
    #[error("not a list of accounts: {0}")]
    Malformed(#[from] serde_json::Error),
    /// Two accounts have the same name or credential id.
    #[error("account {0}: its name or credential id is there twice")]
    Twice(String),
    /// A tag stands under a marketplace that Amazon does not have.
    #[error("account {account}: there is no marketplace {host}")]
    UnknownMarketplace {
        /// The account.
        account: String,
        /// What stands in place of a marketplace.
        host: String,
    },
}

/// The accounts that come with the server.
pub fn built_in() -> Result<Vec<Account>, AccountsError> {
    parse(BUILT_IN)
}

/// The accounts of a file.
pub fn read(path: &Path) -> Result<Vec<Account>, AccountsError> {
    let text =
        std::fs::read_to_string(path).map_err(|source| AccountsError::Unreadable { path: path.to_owned(), source })?;
    parse(&text)
}

fn parse(text: &str) -> Result<Vec<Account>, AccountsError> {
    let accounts: Vec<Account> = serde_json::from_str(text)?;
    let mut seen = HashSet::new();
    for account in &accounts {
        if !seen.insert(&account.name) || !seen.insert(&account.credential_id) {
            return Err(AccountsError::Twice(account.name.clone()));
        }
        let unknown = account.partner_tags.keys().find(|host| Marketplace::named(host).is_none());
        if let Some(host) = unknown {
            return Err(AccountsError::UnknownMarketplace { account: account.name.clone(), host: host.clone() });
        }
    }
    Ok(accounts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::version::Family;

    #[test]
    fn built_in_credentials_look_like_amazons() -> Result<(), AccountsError> {
        let hex = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        for account in built_in()? {
            let Account { credential_id: id, credential_secret: secret, .. } = &account;
            let well_formed = match account.version.family() {
                Family::LoginWithAmazon => {
                    id.strip_prefix("amzn1.application-oa2-client.").is_some_and(|rest| hex(rest, 32))
                        && secret.strip_prefix("amzn1.oa2-cs.v1.").is_some_and(|rest| hex(rest, 64))
                }
                Family::Cognito => {
                    let lower = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
                    id.len() == 26 && id.bytes().all(lower) && secret.len() == 51
                }
            };
            assert!(well_formed, "{}", account.name);
        }
        Ok(())
    }

    #[test]
    fn one_built_in_secret_needs_percent_encoding() -> Result<(), AccountsError> {
        let hard = |account: &Account| "/+=&".chars().all(|c| account.credential_secret.contains(c));
        assert!(built_in()?.iter().any(hard));
        Ok(())
    }

    #[test]
    fn a_misspelled_key_is_refused() {
        let text = r#"[{"name": "a", "credential_id": "b", "credential_secret": "c",
                        "version": "3.1", "partner_tags": {}, "behavior": {}}]"#;
        assert!(matches!(parse(text), Err(AccountsError::Malformed(_))));
    }

    #[test]
    fn an_unknown_marketplace_is_refused() {
        let text = r#"[{"name": "a", "credential_id": "b", "credential_secret": "c",
                        "version": "3.1", "partner_tags": {"amazon.de": ["x-21"]}}]"#;
        let refused = parse(text);
        assert!(matches!(refused, Err(AccountsError::UnknownMarketplace { .. })));
    }
}
