//! The stand-in for Amazon and an engine that takes it for Amazon.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use creators_api::account::{Account, CredentialVersion, Credentials};
use creators_api::asin::Asin;
use creators_api::check::Candidate;
use creators_api::engine::Engine;
use creators_api::http::Settings;
use creators_api::marketplace::Marketplace;
use creators_api::refresh::{Batch, Failed, FoundItems, Options, Refresh, Summary};
use creators_api::secret::Secret;
use sandbox::Sandbox;
use serde_json::{Value, json};

/// A fresh stand-in, and a fresh engine.
pub struct World {
    sandbox: Sandbox,
    pub engine: Engine,
    accounts: Vec<Value>,
}

/// What a run came to.
pub struct Run {
    pub items: FoundItems,
    pub failed: Failed,
    pub summary: Summary,
}

impl World {
    pub fn new() -> Self {
        Self::with(sandbox::Options::default(), |_| {})
    }

    pub fn with(mut options: sandbox::Options, change: impl FnOnce(&mut Settings)) -> Self {
        // For the tests' own look at the stand-in, not for the engine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (accounts, file) = own_accounts();
        options.accounts = Some(file.clone());
        let sandbox = Sandbox::start(options).unwrap();
        std::fs::remove_file(file).unwrap();
        let mut settings = Settings {
            api_endpoint: sandbox.url().to_owned(),
            token_endpoint: Some(format!("{}/token/{{version}}", sandbox.url())),
            timeout: Duration::from_secs(3),
            ..Settings::default()
        };
        change(&mut settings);
        let engine = Engine::new(settings).unwrap();
        Self { sandbox, engine, accounts }
    }

    /// An account on its first marketplace.
    pub fn account(&self, name: &str) -> Account {
        let found = self.accounts.iter().find(|account| account["name"] == name).unwrap();
        let text = |key: &str| found[key].as_str().unwrap().to_owned();
        let (marketplace, tags) = found["partner_tags"].as_object().unwrap().iter().next().unwrap();
        Account {
            credentials: Credentials {
                id: text("credential_id"),
                secret: Secret::new(text("credential_secret")),
                version: CredentialVersion::parse(&text("version")).unwrap(),
            },
            marketplace: Marketplace::by_host(marketplace).unwrap(),
            partner_tag: tags[0].as_str().unwrap().to_owned(),
            given_token: None,
        }
    }

    /// The same as typed into a form.
    pub fn candidate(&self, name: &str) -> Candidate {
        let account = self.account(name);
        Candidate {
            credential_id: account.credentials.id,
            credential_secret: account.credentials.secret,
            credential_version: account.credentials.version.to_string(),
            marketplace: account.marketplace.host.to_owned(),
            partner_tag: account.partner_tag,
        }
    }

    pub fn url(&self) -> &str {
        self.sandbox.url()
    }

    /// From now on these go wrong for the account; see tests/sandbox/README.md.
    pub async fn faults(&self, account: &str, faults: Value) {
        let body = json!({"account": account, "requests_per_second": 0, "faults": faults}).to_string();
        let url = format!("{}/_sandbox/behaviour", self.url());
        let reply = self.engine.http.send(self.engine.http.post(&url).body(body)).await.unwrap();
        assert!(reply.status < 300, "{}", String::from_utf8_lossy(&reply.body));
    }

    /// The requests so far whose path is this one.
    pub async fn log(&self, path: &str) -> Vec<Value> {
        let text = reqwest::get(format!("{}/_sandbox/log", self.url())).await.unwrap().text().await.unwrap();
        let log: Vec<Value> = serde_json::from_str(&text).unwrap();
        log.into_iter().filter(|entry| entry["path"].as_str().unwrap().starts_with(path)).collect()
    }

    /// Refreshes `count` products, fast, with everything else as usual.
    pub async fn refresh(&self, account: Account, count: usize) -> Run {
        self.refresh_with(account, count, Options { requests_per_second: 1000.0, ..Options::default() }).await
    }

    pub async fn refresh_with(&self, account: Account, count: usize, options: Options) -> Run {
        let asins: Vec<String> = (0..count).map(|n| format!("B0{n:08}")).collect();
        let mut run = Refresh::new(self.engine.clone(), account, asins.iter().map(String::as_str), options);
        let (mut items, mut failed) = (FoundItems::new(), Failed::new());
        while let Some(Batch { items: i, failed: f, .. }) = run.next_batch().await {
            items.extend(i);
            failed.extend(f);
        }
        let run = Run { items, failed, summary: run.finish() };
        run.assert_accounts_for(&asins);
        run
    }
}

impl Run {
    /// Every product is in exactly one of the three.
    fn assert_accounts_for(&self, asins: &[String]) {
        let items = self.items.iter().map(|(asin, _)| asin.to_string());
        let failed = self.failed.iter().map(|(asin, _)| asin.clone());
        let pending = self.summary.pending.iter().map(Asin::to_string);
        let all: Vec<String> = items.chain(failed).chain(pending).collect();
        assert_eq!(all.len(), asins.len(), "{all:?}");
        assert_eq!(all.into_iter().collect::<BTreeSet<_>>(), asins.iter().cloned().collect());
    }

    /// How many have a picture, how many failed, how many were never answered, and why the run stopped.
    pub fn counts(&self) -> (usize, usize, usize, Option<&'static str>) {
        let stopped = self.summary.stopped.as_ref().map(|stopped| stopped.status.as_str());
        (self.items.len(), self.failed.len(), self.summary.pending.len(), stopped)
    }
}

/// The accounts of tests/sandbox/accounts.json with ids of their own, in a file: pace belongs to the process and to the
/// id, and tests share the process.
fn own_accounts() -> (Vec<Value>, PathBuf) {
    static WORLDS: AtomicU32 = AtomicU32::new(0);
    let number = WORLDS.fetch_add(1, Ordering::Relaxed);
    let mut accounts: Vec<Value> = serde_json::from_str(include_str!("../sandbox/accounts.json")).unwrap();
    for account in &mut accounts {
        let id = account["credential_id"].as_str().unwrap();
        let kept = &id[..id.len() - 8];
        let own = &id[id.len() - 4..];
        account["credential_id"] = json!(format!("{kept}{number:04}{own}"));
    }
    let file = std::env::temp_dir().join(format!("creators_api-{}-{number}.json", std::process::id()));
    std::fs::write(&file, Value::from(accounts.clone()).to_string()).unwrap();
    (accounts, file)
}
