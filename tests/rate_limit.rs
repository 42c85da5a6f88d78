//! The rate, as Amazon's end sees it: the quota is used, and never exceeded. All on a made-up clock.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use creators_api::rate_limit::{Permit, RateLimiter};
use proptest::prelude::*;

/// Amazon's end: so many calls in any one window, none too early by a microsecond.
struct Amazon {
    calls: usize,
    window: f64,
    admitted: VecDeque<f64>,
}

impl Amazon {
    fn granting(rate: f64) -> Self {
        let calls = rate.max(1.0);
        Self { calls: calls as usize, window: calls / rate, admitted: VecDeque::new() }
    }

    fn admits(&mut self, at: f64) -> bool {
        while self.admitted.front().is_some_and(|first| at - first >= self.window) {
            self.admitted.pop_front();
        }
        let admits = self.admitted.len() < self.calls;
        if admits {
            self.admitted.push_back(at);
        }
        admits
    }
}

/// A run without end against Amazon, whose answers take `latency` seconds.
struct Run {
    begin: Instant,
    now: f64,
    rate: f64,
    latency: f64,
    limiter: RateLimiter,
    /// Refusals on their way: when they arrive, and for which call.
    refusals: VecDeque<(f64, Permit)>,
}

impl Run {
    fn new(rate: f64, latency: f64) -> Self {
        let limiter = RateLimiter::default();
        Self { begin: Instant::now(), now: 0.0, rate, latency, limiter, refusals: VecDeque::new() }
    }

    fn at(&self, seconds: f64) -> Instant {
        self.begin + Duration::from_secs_f64(seconds)
    }

    /// Goes on until that second; says how many calls were admitted and how many refused. A start is late by a
    /// millisecond or two, and after a refusal it is waited as long as a first retry waits at most.
    fn until(&mut self, end: f64, amazon: &mut Amazon) -> (usize, usize) {
        let (mut admitted, mut refused) = (0, 0);
        loop {
            let ready = self.limiter.ready_at(self.rate, self.at(self.now)) - self.begin;
            let start = ready.as_secs_f64() + 0.001 + 0.001 * f64::from(u8::from(admitted % 3 == 0));
            match self.refusals.front() {
                Some((arrives, permit)) if *arrives <= start => {
                    let now = self.at(*arrives);
                    self.now = self.now.max(*arrives);
                    self.limiter.throttle(*permit, Duration::from_secs(1), now);
                    self.refusals.pop_front();
                }
                _ if start > end => return (admitted, refused),
                _ => {
                    self.now = start;
                    let permit = self.limiter.start(self.rate, self.at(start));
                    if amazon.admits(start) {
                        admitted += 1;
                    } else {
                        refused += 1;
                        self.refusals.push_back((start + self.latency, permit));
                    }
                }
            }
        }
    }
}

#[test]
fn the_quota_is_used_to_at_least_97_parts_in_100() {
    for rate in [0.5, 1.0, 2.0, 10.0, 100.0] {
        let (admitted, refused) = Run::new(rate, 0.3).until(1000.0, &mut Amazon::granting(rate));
        assert_eq!(refused, 0, "{rate}");
        assert!(admitted as f64 >= 0.97 * 1000.0 * rate, "{rate}: {admitted}");
    }
}

#[test]
fn a_quota_that_amazon_lowers_in_the_middle_of_a_run_is_used_again_within_a_minute() {
    for (rate, lowered) in [(10.0, 5.0), (10.0, 7.0), (10.0, 3.0), (6.0, 3.0), (4.0, 2.0), (2.0, 1.0), (1.0, 0.5)] {
        for latency in [0.05, 0.3, 1.0] {
            let what = format!("{rate} to {lowered}, {latency} s");
            let mut run = Run::new(rate, latency);
            run.until(30.0, &mut Amazon::granting(rate));
            let mut amazon = Amazon::granting(lowered);
            let (first, refused_first) = run.until(90.0, &mut amazon);
            let (admitted, refused) = run.until(690.0, &mut amazon);
            let used = admitted as f64 / (600.0 * lowered);
            assert!(first as f64 >= 0.75 * 60.0 * lowered, "{what}: {first} in the first minute");
            assert!(used >= 0.95, "{what}: {used} used");
            assert!((refused + refused_first) * 100 <= first + admitted, "{what}: {refused_first} + {refused} refused");
        }
    }
}

#[test]
fn a_quota_that_comes_back_is_used_again() {
    let mut run = Run::new(10.0, 0.3);
    run.until(10.0, &mut Amazon::granting(10.0));
    run.until(70.0, &mut Amazon::granting(5.0));
    run.until(270.0, &mut Amazon::granting(10.0));
    let (admitted, _) = run.until(370.0, &mut Amazon::granting(10.0));
    assert!(admitted >= 970, "{admitted}");
}

#[test]
fn calls_that_were_in_flight_together_lower_the_rate_once_and_nothing_starts_while_it_is_waited() {
    let now = Instant::now();
    let mut limiter = RateLimiter::default();
    let permits = [limiter.start(10.0, now), limiter.start(10.0, now)];
    for permit in permits {
        limiter.throttle(permit, Duration::from_secs(3), now);
    }
    let ready = limiter.ready_at(10.0, now);
    assert_eq!(ready, now + Duration::from_secs(3));
    limiter.start(10.0, ready);
    let distance = limiter.ready_at(10.0, ready + Duration::from_millis(20)) - ready;
    assert!((0.18..0.21).contains(&distance.as_secs_f64()), "{distance:?}");
}

proptest! {
    /// Whatever the rate, and however late each call starts, no second holds more calls than the rate.
    #[test]
    fn no_second_holds_more_calls_than_the_rate(rate in 1_u32..50, lateness in prop::collection::vec(0_u64..2_000, 1..60)) {
        let mut limiter = RateLimiter::default();
        let begin = Instant::now();
        let mut now = begin;
        let mut starts = Vec::new();
        for late in lateness {
            now = limiter.ready_at(f64::from(rate), now) + Duration::from_millis(late.saturating_sub(1_000));
            limiter.start(f64::from(rate), now);
            starts.push((now - begin).as_secs_f64());
        }
        for first in &starts {
            let within = starts.iter().filter(|at| (*first..*first + 1.0).contains(*at)).count();
            prop_assert!(within <= rate as usize, "{} in the second from {}", within, first);
        }
    }
}
