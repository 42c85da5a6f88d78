//! When the next call may start, so that Amazon never sees more than the agreed rate in any one second.
//!
//! The memory of past starts belongs to the process and to the credential, not to one run: the first call of a run
//! keeps its distance from the last call of the run before.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use once_cell::sync::Lazy;

/// Added to every second's worth of calls: starts that were a second apart here may arrive closer at Amazon's.
const GUARD: f64 = 0.010;

/// A start that comes late may be made up for by this much of the distance to the next one.
const CATCH_UP: f64 = 0.9;

/// Below this distance only the window counts; a timer is no finer than a millisecond.
const FINE_GRID: f64 = 0.005;

/// The rate never falls below this part of the agreed one.
const SLOWEST: f64 = 1.0 / 32.0;

/// How much of the agreed rate each success gives back after a throttling.
const CLIMB: f64 = 0.05;

/// The pace of one credential.
#[derive(Debug)]
pub struct Pace {
    starts: VecDeque<Instant>,
    /// Where the last start stood on the grid, which may be a little before it happened.
    slot: Option<Instant>,
    held_until: Option<Instant>,
    slowed_at: Option<Instant>,
    share: f64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { starts: VecDeque::new(), slot: None, held_until: None, slowed_at: None, share: 1.0 }
    }
}

/// A rate in the numbers that the grid needs.
struct Grid {
    calls: usize,
    window: Duration,
    distance: Duration,
}

impl Grid {
    fn new(rate: f64) -> Self {
        let rate = rate.clamp(1e-6, 1e6);
        let calls = rate.floor().max(1.0);
        let window = calls / rate + GUARD * (calls / rate);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and a million")]
        Self {
            calls: calls as usize,
            window: Duration::from_secs_f64(window),
            distance: Duration::from_secs_f64(window / calls),
        }
    }
}

impl Pace {
    /// The first moment at which a call may start, at `rate` calls a second. Not before `now`.
    #[must_use]
    pub fn ready_at(&self, rate: f64, now: Instant) -> Instant {
        let grid = Grid::new(rate * self.share);
        let mut ready = now;
        if let Some(slot) = self.slot {
            ready = ready.max(slot + grid.distance);
        }
        if let Some(last) = self.starts.back()
            && grid.distance.as_secs_f64() >= FINE_GRID
        {
            ready = ready.max(*last + grid.distance.mul_f64(CATCH_UP));
        }
        if let Some(first) = self.starts.len().checked_sub(grid.calls).and_then(|index| self.starts.get(index)) {
            ready = ready.max(*first + grid.window);
        }
        ready.max(self.held_until.unwrap_or(now))
    }

    /// Notes that a call starts now.
    pub fn start(&mut self, rate: f64, now: Instant) {
        let grid = Grid::new(rate * self.share);
        self.slot = match self.slot {
            // On the grid, or a little late: the grid stands. Later than one place: a new grid begins.
            Some(slot) if now < slot + grid.distance * 2 => Some(slot + grid.distance),
            _ => Some(now),
        };
        // What is older than the window binds nothing any more; at a high rate it would pile up.
        while self.starts.len() >= grid.calls || self.starts.front().is_some_and(|start| *start + grid.window < now) {
            self.starts.pop_front();
        }
        self.starts.push_back(now);
    }

    /// Amazon said "too many" to a call that began at `started`: half the rate from here on, and nothing at all for
    /// `wait`. Calls that were in flight together halve it once.
    pub fn slow_down(&mut self, wait: Duration, started: Instant, now: Instant) {
        if self.slowed_at.is_none_or(|at| started > at) {
            self.share = (self.share / 2.0).max(SLOWEST);
            self.slowed_at = Some(now);
        }
        let until = now + wait;
        self.held_until = Some(self.held_until.map_or(until, |held| held.max(until)));
    }

    /// A call was answered: back towards the agreed rate.
    pub fn speed_up(&mut self) {
        self.share = (self.share + CLIMB).min(1.0);
    }
}

type Paces = Mutex<HashMap<String, Arc<Mutex<Pace>>>>;

static PACES: Lazy<Paces> = Lazy::new(Mutex::default);

/// The pace of a credential in this process.
#[must_use]
pub fn of(credential_id: &str) -> Arc<Mutex<Pace>> {
    Arc::clone(lock(&PACES).entry(credential_id.to_owned()).or_default())
}

/// Waits until a call may start, and notes that it does.
pub async fn wait_for_turn(credential_id: &str, rate: f64) {
    let pace = of(credential_id);
    loop {
        let now = Instant::now();
        let ready = {
            let mut pace = lock(&pace);
            let ready = pace.ready_at(rate, now);
            if ready <= now {
                pace.start(rate, now);
                return;
            }
            ready
        };
        tokio::time::sleep_until(ready.into()).await;
    }
}

/// A panic elsewhere leaves a pace as good as it was.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The moments at which calls start, in seconds, when each is started as soon as it may plus what `late` says.
    fn starts(rate: f64, calls: usize, late: impl Fn(usize) -> f64) -> Vec<f64> {
        let begin = Instant::now();
        let mut pace = Pace::default();
        let mut now = begin;
        (0..calls)
            .map(|index| {
                now = pace.ready_at(rate, now) + Duration::from_secs_f64(late(index));
                pace.start(rate, now);
                (now - begin).as_secs_f64()
            })
            .collect()
    }

    fn most_in_a_second(starts: &[f64]) -> usize {
        starts.iter().map(|first| starts.iter().filter(|at| (*first..first + 1.0).contains(at)).count()).max().unwrap()
    }

    #[test]
    fn no_second_holds_more_calls_than_the_rate_however_late_they_start() {
        for rate in [1.0, 2.0, 5.0, 10.0, 40.0] {
            for lateness in [0.0, 0.001, 0.03, 0.2, 0.9, 3.0] {
                let starts = starts(rate, 200, |index| if index % 7 == 3 { lateness } else { 0.0 });
                assert!(most_in_a_second(&starts) as f64 <= rate, "{rate} {lateness}");
            }
        }
    }

    #[test]
    fn the_quota_is_used_to_at_least_98_parts_in_100() {
        for rate in [0.5, 1.0, 10.0, 100.0] {
            let starts = starts(rate, 101, |_| 0.001);
            let used = 100.0 / (starts.last().unwrap() * rate);
            assert!(used >= 0.98, "{rate}: {used}");
        }
    }

    #[test]
    fn a_throttling_halves_the_rate_and_successes_bring_it_back() {
        let now = Instant::now();
        let mut pace = Pace::default();
        pace.slow_down(Duration::from_secs(3), now, now);
        pace.slow_down(Duration::from_secs(3), now, now);
        assert_eq!(pace.ready_at(10.0, now), now + Duration::from_secs(3));
        pace.start(10.0, now + Duration::from_secs(3));
        let distance = pace.ready_at(10.0, now + Duration::from_secs(3)) - (now + Duration::from_secs(3));
        assert!((0.19..0.21).contains(&distance.as_secs_f64()), "{distance:?}");
        for _ in 0..10 {
            pace.speed_up();
        }
        assert!((pace.share - 1.0).abs() < f64::EPSILON);
    }
}
