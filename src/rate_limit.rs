//! When the next call of a credential may be sent, so that Amazon never sees more than the agreed rate in any one second.
//!
//! Amazon counts calls as they arrive. So what is spaced is the moment in which a request is written to its connection, not the
//! one in which somebody meant to send it: making the connection, or a busy machine, may lie in between. While one is being sent,
//! no other starts. And an answer that comes later than usual says that its call may have arrived later by as much.
//!
//! A limiter belongs to the process and to the credential, not to one run: the first call of a run keeps its distance
//! from the last call of the run before.

mod learned;

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use once_cell::sync::Lazy;

use crate::http::OnSent;
use crate::sync::lock;

pub use learned::Learned;

/// Amazon's window.
const WINDOW: Duration = Duration::from_secs(1);

/// Calls that were a window apart here may arrive closer at Amazon's by this much.
const GUARD: Duration = Duration::from_millis(20);

/// Of this, so much is left where an answer says how late a call was.
const GUARD_WHEN_ANSWERED: Duration = Duration::from_millis(10);

/// A call follows the one before in this part of their distance, at the least, where that one was late.
const CATCH_UP: f64 = 0.5;

/// At a lowered rate it is no closer than this much.
const LATENESS: Duration = Duration::from_millis(10);

/// No call is on its way for longer.
const LATEST: Duration = Duration::from_secs(1);

/// So many calls that take longer are believed to be as quick as any.
const FORGETTING: u32 = 16;

/// How soon it is looked again whether a call was sent, by those whom nobody tells.
const SHORTLY: Duration = Duration::from_millis(5);

/// A call that was not sent after so long never is: it belonged to the process that this one is a fork of.
const FORGOTTEN: Duration = Duration::from_secs(60);

/// The rate never falls below this part of the agreed one.
const SLOWEST: f64 = 1.0 / 64.0;

/// A refusal among so many calls is borne, and does not lower the rate for long.
const LONE: u32 = 100;

/// What is left of a rate at which Amazon has begun to refuse, when it was approached in small steps.
const STEP_BACK: f64 = 0.97;

/// By how much of itself the rate rises again in a second, or with a call where there is less than one a second.
const STEP: f64 = 0.03;

/// Calls at a halved rate before a higher one is tried.
const STEADY_AFTER_HALVING: u32 = 10;

/// Calls at a rate that was found by trying before the next one is tried: each trial costs a refused call.
const STEADY_AFTER_STEP_BACK: u32 = 600;

/// Of these the first are still a trial: the step back may have been too small.
const TRIAL: u32 = 20;

/// A limiter that was not used for so long has nothing to remember.
const IDLE: Duration = Duration::from_secs(600);

/// A call that was let through.
#[derive(Debug, Clone, Copy)]
pub struct Permit {
    number: u64,
    started: Instant,
    distance: Duration,
    throttle_factor: f64,
    is_trial: bool,
}

impl Permit {
    fn calls_a_second(self) -> u32 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a million")]
        let calls = WINDOW.div_duration_f64(self.distance).ceil() as u32;
        calls
    }
}

/// A call that was written to its connection.
#[derive(Debug)]
struct Sent {
    number: u64,
    at: Instant,
    /// How much later than that it may have arrived; `None` until it is answered.
    late: Option<Duration>,
}

impl Sent {
    /// When it has left the window of those that follow.
    fn frees_at(&self, late: Duration, window: Duration) -> Instant {
        self.at + window + GUARD.max(late + GUARD_WHEN_ANSWERED)
    }
}

/// The rate limit of one credential.
#[derive(Debug)]
pub struct RateLimiter {
    next_number: u64,
    /// The one that has started and is not yet written.
    sending: Option<Permit>,
    /// The place of the last one in the row of evenly spaced ones, a little before it was written.
    last_slot: Option<Instant>,
    /// Those that the next ones keep a window's distance from, in their order.
    sent: VecDeque<Sent>,
    /// From the writing of a call to its answer, at the least; grows slowly while all take longer.
    latency: Option<Duration>,
    blocked_until: Option<Instant>,
    throttled_at: Option<Instant>,
    calls_since_throttled: u32,
    /// Part of the agreed rate.
    throttle_factor: f64,
    /// What it is again after the calls to come, where it was lowered to see whether it must be.
    factor_before: Option<f64>,
    /// Calls to come before a higher rate is tried.
    steady_calls: u32,
}

impl Default for RateLimiter {
    fn default() -> Self {
        Self {
            next_number: 0,
            sending: None,
            last_slot: None,
            sent: VecDeque::new(),
            latency: None,
            blocked_until: None,
            throttled_at: None,
            calls_since_throttled: LONE,
            throttle_factor: 1.0,
            factor_before: None,
            steady_calls: 0,
        }
    }
}

impl RateLimiter {
    /// The first moment at which a call may start, at `rate` calls a second, as far as is known by now. Not before `now`.
    #[must_use]
    pub fn ready_at(&self, rate: f64, now: Instant) -> Instant {
        if self.sending.is_some_and(|sending| now < sending.started + FORGOTTEN) {
            return now + SHORTLY;
        }
        let pace = Pace::of(rate * self.throttle_factor);
        let next_slot = self.last_slot.map_or(now, |slot| slot + pace.distance);
        // A later one may have been the earlier to arrive.
        let out_of_window = self.sent.len().saturating_sub(pace.calls - 1);
        let free =
            self.sent.iter().take(out_of_window).map(|call| call.frees_at(self.late(call, now), pace.window)).max();
        now.max(next_slot).max(free.unwrap_or(now)).max(self.blocked_until.unwrap_or(now))
    }

    /// The first moment at which another process may start a call, which knows nothing of the calls of this one.
    #[must_use]
    pub fn hand_over_at(&self, rate: f64, now: Instant) -> Instant {
        let pace = Pace::of(rate * self.throttle_factor);
        let first_in_window = self.sent.len().saturating_sub(pace.calls);
        // One that is not yet written may be so at any time.
        let mut free = if self.sending.is_some() { now + LATEST + pace.window } else { now };
        free = free.max(self.blocked_until.unwrap_or(now)).max(self.last_slot.map_or(now, |slot| slot + pace.distance));
        for (index, call) in self.sent.iter().enumerate() {
            // The other's calls are as evenly spaced, and its first ones keep the window of the last ones here.
            let follows = u32::try_from(index.saturating_sub(first_in_window)).unwrap_or(u32::MAX);
            let lead = pace.distance.mul_f64((f64::from(follows) - CATCH_UP).max(0.0));
            let frees_at = call.frees_at(call.late.unwrap_or(LATEST), pace.window);
            free = free.max(frees_at.checked_sub(lead).unwrap_or(now));
        }
        free
    }

    /// How much later than it was written a call may have arrived, as far as is known by now.
    fn late(&self, call: &Sent, now: Instant) -> Duration {
        let is_overdue = || self.latency.is_none_or(|latency| call.at + latency < now);
        call.late.unwrap_or_else(|| if is_overdue() { LATEST } else { Duration::ZERO })
    }

    /// Notes that a call starts. None other does until it is [`RateLimiter::sent`] or has [`RateLimiter::landed`].
    pub fn start(&mut self, rate: f64, now: Instant) -> Permit {
        // What let it through, not what the next one may try.
        let throttle_factor = self.throttle_factor;
        let distance = Pace::of(rate * throttle_factor).distance;
        if self.steady_calls == 0 {
            let step = STEP / (rate * self.throttle_factor).max(1.0);
            let risen = || (self.throttle_factor + self.throttle_factor * step).min(1.0);
            self.throttle_factor = self.factor_before.take().unwrap_or_else(risen);
        }
        let is_proven = (1..STEADY_AFTER_STEP_BACK - TRIAL).contains(&self.steady_calls);
        let is_trial = throttle_factor < 1.0 && !is_proven;
        self.steady_calls = self.steady_calls.saturating_sub(1);
        self.calls_since_throttled = self.calls_since_throttled.saturating_add(1);
        self.next_number += 1;
        let permit = Permit { number: self.next_number, started: now, distance, throttle_factor, is_trial };
        self.sending = Some(permit);
        permit
    }

    /// Notes that a call is written to its connection.
    pub fn sent(&mut self, permit: Permit, now: Instant) {
        if self.sending.take_if(|sending| sending.number == permit.number).is_none() {
            return;
        }
        let catches_up = permit.distance.mul_f64(CATCH_UP);
        // Where Amazon grants less than was agreed, it is not known how much in a second.
        let most = if permit.throttle_factor < 1.0 { catches_up.min(LATENESS) } else { catches_up };
        let earliest = now.checked_sub(most).unwrap_or(now);
        self.last_slot = Some(self.last_slot.map_or(now, |slot| (slot + permit.distance).clamp(earliest, now)));
        let over = permit.distance.max(WINDOW) + LATEST + GUARD;
        while self.sent.front().is_some_and(|call| call.at + over < now) {
            self.sent.pop_front();
        }
        self.sent.push_back(Sent { number: permit.number, at: now, late: None });
    }

    /// Notes that a call has come to its end: it had arrived by then, if it was ever sent.
    pub fn landed(&mut self, permit: Permit, now: Instant) {
        if self.sending.take_if(|sending| sending.number == permit.number).is_some() {
            return;
        }
        let is_it = |call: &&mut Sent| call.number == permit.number && call.late.is_none();
        let Some(call) = self.sent.iter_mut().rev().find(is_it) else { return };
        let took = now.saturating_duration_since(call.at);
        call.late = Some(took.saturating_sub(self.latency.unwrap_or_default()).min(LATEST));
        self.latency = Some(match self.latency {
            // One that hung says little of the others.
            Some(least) if least < took => least + (took.min(least * 2) - least) / FORGETTING,
            _ => took,
        });
    }

    /// Amazon said "too many" to a call: nothing at all for `wait`, and a lower rate: half of it, or a little less where a
    /// rate was on trial. After a lone refusal that is for a second's calls. Calls that were in flight together lower it once.
    pub fn throttle(&mut self, permit: Permit, wait: Duration, now: Instant) {
        if self.throttled_at.is_none_or(|at| permit.started > at + WINDOW) {
            self.throttled_at = Some(now);
            let is_lone = self.calls_since_throttled >= LONE && !permit.is_trial;
            self.calls_since_throttled = 0;
            self.factor_before = is_lone.then_some(permit.throttle_factor);
            let (factor, steady_calls) = match permit.is_trial {
                true => (STEP_BACK, STEADY_AFTER_STEP_BACK),
                false if is_lone => (0.5, permit.calls_a_second()),
                false => (0.5, STEADY_AFTER_HALVING),
            };
            self.throttle_factor = (permit.throttle_factor * factor).max(SLOWEST);
            self.steady_calls = steady_calls;
        }
        self.blocked_until = self.blocked_until.max(Some(now + wait));
    }

    fn is_idle(&self, now: Instant) -> bool {
        let used = self.last_slot.max(self.blocked_until).max(self.sending.map(|sending| sending.started));
        used.is_none_or(|used| used + IDLE < now)
    }
}

/// A rate: so many calls in a window, evenly spaced.
struct Pace {
    calls: usize,
    window: Duration,
    /// As many calls as make up a window's worth are a little more than a window apart.
    distance: Duration,
}

impl Pace {
    fn of(rate: f64) -> Self {
        let rate = rate.clamp(1e-6, 1e6);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a million")]
        let calls = rate.max(1.0).ceil() as u32;
        let window = WINDOW.div_f64(rate.min(1.0));
        Self { calls: calls as usize, window, distance: (window + GUARD).div_f64(rate.max(1.0)) }
    }
}

/// A call under way. It has landed when this is dropped.
#[derive(Debug)]
pub struct Flight {
    limiter: Arc<Mutex<RateLimiter>>,
    permit: Permit,
}

impl Flight {
    /// Starts one.
    ///
    /// # Errors
    ///
    /// The moment at which it is to be tried again.
    pub fn start(limiter: &Arc<Mutex<RateLimiter>>, rate: f64, now: Instant) -> Result<Self, Instant> {
        let mut known = lock(limiter);
        let ready = known.ready_at(rate, now);
        if ready > now {
            return Err(ready);
        }
        Ok(Self { permit: known.start(rate, now), limiter: Arc::clone(limiter) })
    }

    /// What its request calls as it is written.
    #[must_use]
    pub fn on_sent(&self) -> OnSent {
        let (limiter, permit) = (Arc::clone(&self.limiter), self.permit);
        Box::new(move || lock(&limiter).sent(permit, Instant::now()))
    }

    /// Notes that its answer has come, however long it is until somebody looks at it.
    pub fn landed(&self) {
        lock(&self.limiter).landed(self.permit, Instant::now());
    }

    /// See [`RateLimiter::throttle`].
    pub fn throttle(&self, wait: Duration, now: Instant) {
        lock(&self.limiter).throttle(self.permit, wait, now);
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.landed();
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

/// Waits until a call may start, and starts it.
pub async fn acquire(credential_id: &str, rate: f64) -> Flight {
    let limiter = for_credential(credential_id);
    loop {
        match Flight::start(&limiter, rate, Instant::now()) {
            Ok(flight) => return flight,
            Err(ready) => tokio::time::sleep_until(ready.into()).await,
        }
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
            let limiter = get(&mut limiters, &id.to_string(), begin);
            let permit = lock(&limiter).start(1.0, begin);
            lock(&limiter).sent(permit, begin);
        }
        assert_eq!(limiters.len(), 1001);
        let later = begin + IDLE * 2;
        get(&mut limiters, "new", later);
        assert_eq!(limiters.len(), 2);
        assert!(Arc::ptr_eq(&held, &get(&mut limiters, "held", later)));
    }
}
