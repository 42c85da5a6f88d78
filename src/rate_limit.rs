//! When the next call of a credential may start, so that Amazon never sees more than the agreed rate in any one second.
//!
//! A limiter belongs to the process and to the credential, not to one run: the first call of a run keeps its distance
//! from the last call of the run before.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use once_cell::sync::Lazy;

use crate::sync::lock;

/// A start may be late by this much, because of a timer or of somebody's callback, without putting off the next one.
const LATENESS: Duration = Duration::from_millis(10);

/// Starts that were a second apart here may arrive closer at Amazon's by this much.
const GUARD: Duration = Duration::from_millis(10);

/// The rate never falls below this part of the agreed one.
const SLOWEST: f64 = 1.0 / 64.0;

/// What is left of a rate at which Amazon has begun to refuse, when it was approached in small steps.
const STEP_BACK: f64 = 0.96;

/// By how much of itself the rate rises again in a second, or with a call where there is less than one a second.
const STEP: f64 = 0.03;

/// Calls at a halved rate before a higher one is tried.
const STEADY_AFTER_HALVING: u32 = 10;

/// Calls at a rate that was found by trying before the next one is tried: each trial costs a refused call.
const STEADY_AFTER_STEP_BACK: u32 = 600;

/// Of these the first are still a trial: the step back may have been too small.
const TRIAL: u32 = 20;

/// Amazon's window: what starts so soon after a lower rate was set is counted with calls from before.
const WINDOW: Duration = Duration::from_secs(1);

/// A limiter that was not used for so long has nothing to remember.
const IDLE: Duration = Duration::from_secs(600);

/// A call that was let through.
#[derive(Debug, Clone, Copy)]
pub struct Permit {
    started: Instant,
    throttle_factor: f64,
    is_trial: bool,
}

/// The rate limit of one credential.
#[derive(Debug)]
pub struct RateLimiter {
    /// The place of the last start in the row of evenly spaced ones, at most [`LATENESS`] before it happened.
    last_slot: Option<Instant>,
    blocked_until: Option<Instant>,
    throttled_at: Option<Instant>,
    /// Part of the agreed rate.
    throttle_factor: f64,
    /// Calls to come before a higher rate is tried.
    steady_calls: u32,
}

impl Default for RateLimiter {
    fn default() -> Self {
        Self { last_slot: None, blocked_until: None, throttled_at: None, throttle_factor: 1.0, steady_calls: 0 }
    }
}

impl RateLimiter {
    /// The first moment at which a call may start, at `rate` calls a second. Not before `now`.
    #[must_use]
    pub fn ready_at(&self, rate: f64, now: Instant) -> Instant {
        let next_slot = self.last_slot.map_or(now, |slot| slot + self.distance(rate));
        now.max(next_slot).max(self.blocked_until.unwrap_or(now))
    }

    /// Notes that a call starts now.
    pub fn start(&mut self, rate: f64, now: Instant) -> Permit {
        let earliest = now.checked_sub(LATENESS).unwrap_or(now);
        self.last_slot = Some(self.last_slot.map_or(now, |slot| (slot + self.distance(rate)).clamp(earliest, now)));
        if self.steady_calls == 0 {
            let step = STEP / (rate * self.throttle_factor).max(1.0);
            self.throttle_factor = (self.throttle_factor + self.throttle_factor * step).min(1.0);
        }
        let is_proven = (1..STEADY_AFTER_STEP_BACK - TRIAL).contains(&self.steady_calls);
        let is_trial = self.throttle_factor < 1.0 && !is_proven;
        self.steady_calls = self.steady_calls.saturating_sub(1);
        Permit { started: now, throttle_factor: self.throttle_factor, is_trial }
    }

    /// Amazon said "too many" to a call: nothing at all for `wait`, and a lower rate from then on. That is half of it, or a
    /// little less where a rate was on trial. Calls that were in flight together lower it once.
    pub fn throttle(&mut self, permit: Permit, wait: Duration, now: Instant) {
        if self.throttled_at.is_none_or(|at| permit.started > at + WINDOW) {
            self.throttled_at = Some(now);
            let (factor, steady_calls) = match permit.is_trial {
                true => (STEP_BACK, STEADY_AFTER_STEP_BACK),
                false => (0.5, STEADY_AFTER_HALVING),
            };
            self.throttle_factor = (permit.throttle_factor * factor).max(SLOWEST);
            self.steady_calls = steady_calls;
        }
        self.blocked_until = self.blocked_until.max(Some(now + wait));
    }

    /// As many calls as make up a second's worth are a little more than a second apart.
    fn distance(&self, rate: f64) -> Duration {
        let second = Duration::from_secs(1) + LATENESS + GUARD;
        second.div_f64((rate * self.throttle_factor).clamp(1e-6, 1e6))
    }

    fn is_idle(&self, now: Instant) -> bool {
        self.last_slot.max(self.blocked_until).is_none_or(|used| used + IDLE < now)
    }
}

type Limiters = HashMap<String, Arc<Mutex<RateLimiter>>>;

static LIMITERS: Lazy<Mutex<Limiters>> = Lazy::new(Mutex::default);

/// The rate limiter of a credential in this process.
#[must_use]
pub fn for_credential(id: &str) -> Arc<Mutex<RateLimiter>> {
    get(&mut lock(&LIMITERS), id, Instant::now())
}

/// Whoever is new makes those leave that nobody holds and that have nothing to remember.
fn get(limiters: &mut Limiters, id: &str, now: Instant) -> Arc<Mutex<RateLimiter>> {
    if !limiters.contains_key(id) {
        limiters.retain(|_, limiter| Arc::strong_count(limiter) > 1 || !lock(limiter).is_idle(now));
    }
    Arc::clone(limiters.entry(id.to_owned()).or_default())
}

/// Waits until a call may start, and notes that it does.
pub async fn acquire(credential_id: &str, rate: f64) {
    let limiter = for_credential(credential_id);
    loop {
        let now = Instant::now();
        let ready = {
            let mut limiter = lock(&limiter);
            let ready = limiter.ready_at(rate, now);
            if ready <= now {
                limiter.start(rate, now);
                return;
            }
            ready
        };
        tokio::time::sleep_until(ready.into()).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limiters_that_nobody_uses_are_forgotten() {
        let (mut limiters, begin) = (Limiters::new(), Instant::now());
        let held = get(&mut limiters, "held", begin);
        for id in 0..1000 {
            lock(&get(&mut limiters, &id.to_string(), begin)).start(1.0, begin);
        }
        assert_eq!(limiters.len(), 1001);
        let later = begin + IDLE * 2;
        get(&mut limiters, "new", later);
        assert_eq!(limiters.len(), 2);
        assert!(Arc::ptr_eq(&held, &get(&mut limiters, "held", later)));
    }
}
