//! What is special about each account, and the accounts with that as it stands now.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use serde::{Deserialize, Serialize};

use crate::{
    account::Account,
    fault::{Endpoint, Fault, Rule},
    rate::RateLimit,
};

/// How the server treats an account.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Behaviour {
    /// The most getItems calls that may start in any one second; 0 for no limit.
    pub requests_per_second: f64,
    /// What goes wrong.
    pub faults: Vec<Rule>,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self { requests_per_second: 10.0, faults: Vec::new() }
    }
}

/// A behaviour at work: how many calls it has seen.
#[derive(Debug)]
struct Live {
    rate_limit: RateLimit,
    rules: Vec<(Rule, u32)>,
}

impl Live {
    fn new(behaviour: &Behaviour, rate: Option<f64>) -> Self {
        Self {
            rate_limit: RateLimit::new(rate.unwrap_or(behaviour.requests_per_second)),
            rules: unused(&behaviour.faults),
        }
    }
}

fn unused(rules: &[Rule]) -> Vec<(Rule, u32)> {
    rules.iter().map(|rule| (rule.clone(), 0)).collect()
}

/// The accounts, and how each is treated at the moment.
#[derive(Debug)]
pub struct Accounts {
    all: Vec<Account>,
    /// Takes the place of every account's own rate.
    rate: Option<f64>,
    live: Mutex<HashMap<String, Live>>,
}

impl Accounts {
    /// Accounts that behave as they were read.
    pub fn new(all: Vec<Account>, rate: Option<f64>) -> Self {
        let accounts = Self { all, rate, live: Mutex::default() };
        accounts.reset();
        accounts
    }

    /// The account with that credential id.
    pub fn with_credential(&self, id: &str) -> Option<&Account> {
        self.all.iter().find(|account| account.credential_id == id)
    }

    /// The account of that name.
    pub fn named(&self, name: &str) -> Option<&Account> {
        self.all.iter().find(|account| account.name == name)
    }

    /// Whether the account's rate lets a call start.
    pub fn admit(&self, account: &Account, now: Instant) -> bool {
        self.live().get_mut(&account.name).is_none_or(|live| live.rate_limit.admit(now))
    }

    /// The faults that strike this call; asking counts as the call.
    pub fn faults(&self, account: &Account, endpoint: Endpoint) -> Vec<Fault> {
        let mut live = self.live();
        let Some(live) = live.get_mut(&account.name) else {
            return Vec::new();
        };
        let mut faults = Vec::new();
        for (rule, seen) in &mut live.rules {
            if rule.endpoint() == endpoint {
                if rule.strikes(*seen) {
                    faults.push(rule.fault.clone());
                }
                *seen = seen.saturating_add(1);
            }
        }
        faults
    }

    /// Has the account behave otherwise from now on: what is left out stays as it is.
    pub fn behave(&self, account: &Account, faults: Option<&[Rule]>, rate: Option<f64>) {
        if let Some(live) = self.live().get_mut(&account.name) {
            if let Some(faults) = faults {
                live.rules = unused(faults);
            }
            if let Some(rate) = rate {
                live.rate_limit = RateLimit::new(rate);
            }
        }
    }

    /// Every account behaves again as it was read.
    pub fn reset(&self) {
        let fresh = self.all.iter().map(|account| {
            let live = Live::new(&account.behaviour, self.rate);
            (account.name.clone(), live)
        });
        *self.live() = fresh.collect();
    }

    fn live(&self) -> MutexGuard<'_, HashMap<String, Live>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
