//! The rate, as Amazon's end sees it: the quota is used, and never exceeded. All on a made-up clock.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use creators_api::rate_limit::{Learned, Permit, RateLimiter};
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
    /// Answers on their way: when they arrive, for which call, and whether it was refused.
    answers: VecDeque<(f64, Permit, bool)>,
}

impl Run {
    fn new(rate: f64, latency: f64) -> Self {
        let limiter = RateLimiter::default();
        Self { begin: Instant::now(), now: 0.0, rate, latency, limiter, answers: VecDeque::new() }
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
            match self.answers.front() {
                Some((arrives, permit, is_refused)) if *arrives <= start => {
                    let now = self.at(*arrives);
                    self.now = self.now.max(*arrives);
                    if *is_refused {
                        self.limiter.throttle(*permit, Duration::from_secs(1), now);
                    }
                    self.limiter.landed(*permit, now);
                    self.answers.pop_front();
                }
                _ if start > end => return (admitted, refused),
                _ => {
                    self.now = start;
                    let permit = self.limiter.start(self.rate, self.at(start));
                    self.limiter.sent(permit, self.at(start));
                    let is_admitted = amazon.admits(start);
                    admitted += usize::from(is_admitted);
                    refused += usize::from(!is_admitted);
                    self.answers.push_back((start + self.latency, permit, !is_admitted));
                }
            }
        }
    }
}

impl Run {
    /// Takes in what is under way, and leaves the credential to a process that knows what is handed to it.
    fn hand_over(&mut self) {
        while let Some((arrives, permit, is_refused)) = self.answers.pop_front() {
            self.now = self.now.max(arrives);
            if is_refused {
                self.limiter.throttle(permit, Duration::from_secs(1), self.at(arrives));
            }
            self.limiter.landed(permit, self.at(arrives));
        }
        let now = self.at(self.now);
        let free = self.limiter.hand_over_at(self.rate, now) - self.begin;
        let unix = Duration::from_secs(1_800_000_000) + (now - self.begin);
        let text = self.limiter.learned(now).map(|learned| learned.to_text(unix));
        self.limiter = RateLimiter::default();
        self.now = self.now.max(free.as_secs_f64());
        let waited = self.at(self.now) - now;
        if let Some(learned) = text.and_then(|text| Learned::parse(&text, now + waited, unix + waited)) {
            self.limiter.adopt(&learned);
        }
    }

    /// Goes on until that second in slices of so many.
    fn until_in_slices(&mut self, end: f64, slice: f64, amazon: &mut Amazon) -> (usize, usize) {
        let (mut admitted, mut refused) = (0, 0);
        while self.now < end {
            let counts = self.until((self.now + slice).min(end), amazon);
            admitted += counts.0;
            refused += counts.1;
            self.hand_over();
        }
        (admitted, refused)
    }
}

#[test]
fn the_quota_is_used_to_at_least_97_parts_in_100() {
    for rate in [0.5, 1.0, 2.0, 10.0, 100.0] {
        for latency in [0.01, 0.3, 1.5] {
            let (admitted, refused) = Run::new(rate, latency).until(1000.0, &mut Amazon::granting(rate));
            assert_eq!(refused, 0, "{rate}, {latency} s");
            assert!(admitted as f64 >= 0.97 * 1000.0 * rate, "{rate}, {latency} s: {admitted}");
        }
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
fn a_quota_that_amazon_lowers_is_used_again_within_a_minute_by_processes_that_take_turns() {
    for (rate, lowered) in [(10.0, 5.0), (10.0, 7.0), (6.0, 3.0), (2.0, 1.0), (1.0, 0.5)] {
        for slice in [20.0, 45.0] {
            let what = format!("{rate} to {lowered}, slices of {slice} s");
            let mut run = Run::new(rate, 0.3);
            run.until_in_slices(30.0, slice, &mut Amazon::granting(rate));
            let mut amazon = Amazon::granting(lowered);
            let (begun, refused_first) = (run.now, run.until_in_slices(90.0, slice, &mut amazon));
            let (from, (admitted, refused)) = (run.now, run.until_in_slices(690.0, slice, &mut amazon));
            let used = admitted as f64 / ((run.now - from) * lowered);
            println!("{what}: first {:?} from {begun}, used {used}, refused {refused} of {admitted}", refused_first);
            assert!(used >= 0.95, "{what}: {used} used");
            let (first, refused_first) = refused_first;
            assert!((refused + refused_first) * 100 <= first + admitted, "{what}: {refused_first} + {refused} refused");
        }
    }
}

#[test]
fn nobody_calls_before_the_wait_is_over_that_amazon_asked_for() {
    let (mut limiter, mut now) = (RateLimiter::default(), Instant::now());
    let permit = call(&mut limiter, 10.0, &mut now);
    limiter.throttle(permit, Duration::from_secs(7), now);
    limiter.landed(permit, now);
    assert_eq!(limiter.hand_over_at(10.0, now), now + Duration::from_secs(7));
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

/// Starts a call as soon as one may, and sends it at once.
fn call(limiter: &mut RateLimiter, rate: f64, now: &mut Instant) -> Permit {
    *now = limiter.ready_at(rate, *now);
    let permit = limiter.start(rate, *now);
    limiter.sent(permit, *now);
    permit
}

#[test]
fn a_lone_refusal_halves_the_rate_for_a_second_s_calls_and_a_second_one_for_longer() {
    let (mut limiter, mut now) = (RateLimiter::default(), Instant::now());
    for lowered in [11, 20] {
        // Those that were in flight together count once.
        for permit in [call(&mut limiter, 10.0, &mut now), call(&mut limiter, 10.0, &mut now)] {
            limiter.throttle(permit, Duration::from_secs(3), now);
            limiter.landed(permit, now);
        }
        assert_eq!(limiter.ready_at(10.0, now), now + Duration::from_secs(3));
        let mut slow = 0;
        call(&mut limiter, 10.0, &mut now);
        for _ in 0..20 {
            let before = now;
            call(&mut limiter, 10.0, &mut now);
            slow += i32::from(now - before > Duration::from_millis(150));
        }
        assert_eq!(slow, lowered);
    }
}

#[test]
fn one_call_is_sent_at_a_time_and_the_next_counts_from_there() {
    let (mut limiter, begin) = (RateLimiter::default(), Instant::now());
    let first = limiter.start(1.0, begin);
    let connecting = begin + Duration::from_secs(4);
    assert!(limiter.ready_at(1.0, connecting) > connecting);
    limiter.sent(first, connecting);
    let answered = connecting + Duration::from_millis(50);
    limiter.landed(first, answered);
    assert!(limiter.ready_at(1.0, answered) >= connecting + Duration::from_millis(1010));
    // One that could not be sent holds up nobody.
    let later = connecting + Duration::from_secs(5);
    let second = limiter.start(1.0, later);
    limiter.landed(second, later);
    assert_eq!(limiter.ready_at(1.0, later), later);
}

#[test]
fn a_call_without_an_answer_may_have_been_a_second_on_its_way_and_no_longer() {
    let (mut limiter, mut now) = (RateLimiter::default(), Instant::now());
    let permit = call(&mut limiter, 1.0, &mut now);
    limiter.landed(permit, now + Duration::from_millis(50));
    let late = call(&mut limiter, 1.0, &mut now);
    let sent = now;
    let usual = sent + Duration::from_millis(1020);
    assert_eq!(limiter.ready_at(1.0, sent), usual);
    assert_eq!(limiter.ready_at(1.0, usual), sent + Duration::from_millis(2010));
    let answered = sent + Duration::from_millis(950);
    limiter.landed(late, answered);
    assert_eq!(limiter.ready_at(1.0, answered), sent + Duration::from_millis(1010 + 900));
}

/// What delays a call, in milliseconds.
#[derive(Debug, Clone)]
struct Delays {
    /// From the moment at which it may start to its start: a timer, a callback.
    start: u64,
    /// From there to its writing: a connection is made, another process has the core.
    send: u64,
    /// From there to its arrival.
    way: u64,
}

fn delays() -> impl Strategy<Value = Delays> {
    let often_none = |most: u64| prop_oneof![3 => Just(0), 1 => 0..most];
    (often_none(120), often_none(2_500), 0_u64..4).prop_map(|(start, send, way)| Delays { start, send, way })
}

/// Processes that use one credential in turn, by a lease that is handed on when all of the last one's calls were answered.
struct Processes {
    begin: Instant,
    now: Instant,
    rate: f64,
    arrivals: Vec<f64>,
}

/// From an arrival to the answer.
const ANSWER: Duration = Duration::from_millis(60);

/// The next answer that has come by then.
fn pop_until(in_flight: &mut VecDeque<(Instant, Permit)>, now: Instant) -> Option<(Instant, Permit)> {
    if in_flight.front().is_some_and(|(at, _)| *at <= now) { in_flight.pop_front() } else { None }
}

impl Processes {
    fn slice(&mut self, limiter: &mut RateLimiter, calls: &[Delays]) {
        let mut in_flight: VecDeque<(Instant, Permit)> = VecDeque::new();
        let mut calls = calls.iter().enumerate();
        let mut next = calls.next();
        loop {
            let landed = in_flight.front().map(|(at, _)| *at);
            let ready = limiter.ready_at(self.rate, self.now);
            match (next, landed) {
                (None, None) => break,
                (Some((_, delays)), landed) if landed.is_none_or(|landed| ready < landed) => {
                    self.now = ready + Duration::from_millis(delays.start);
                    // It may have become too early by then: an answer that came meanwhile told of a late call.
                    while let Some((at, permit)) = pop_until(&mut in_flight, self.now) {
                        limiter.landed(permit, at);
                    }
                    if limiter.ready_at(self.rate, self.now) > self.now {
                        continue;
                    }
                    let (index, delays) = next.unwrap();
                    let permit = limiter.start(self.rate, self.now);
                    assert!(limiter.ready_at(self.rate, self.now) > self.now, "one at a time");
                    self.now += Duration::from_millis(delays.send);
                    limiter.sent(permit, self.now);
                    // Every fifth is very late.
                    let late = if index % 5 == 3 { delays.way * 230 } else { delays.way };
                    let arrival = self.now + Duration::from_millis(late);
                    self.arrivals.push((arrival - self.begin).as_secs_f64());
                    in_flight.push_back((arrival + ANSWER, permit));
                    in_flight.make_contiguous().sort_by_key(|(at, _)| *at);
                    next = calls.next();
                }
                _ => {
                    if let Some((at, permit)) = in_flight.pop_front() {
                        self.now = self.now.max(at);
                        limiter.landed(permit, at);
                    }
                }
            }
        }
        self.now = limiter.hand_over_at(self.rate, self.now);
    }
}

proptest! {
    /// Whatever the rate, however late each call starts, is sent and arrives, and however often another process takes over, no
    /// second holds more calls than the rate.
    #[test]
    fn no_second_sees_more_calls_than_the_rate(
        rate in 1_u32..20,
        slices in prop::collection::vec(prop::collection::vec(delays(), 1..40), 1..6),
    ) {
        let begin = Instant::now();
        let mut processes = Processes { begin, now: begin, rate: f64::from(rate), arrivals: Vec::new() };
        // The third comes back, and remembers.
        let mut limiters = [RateLimiter::default(), RateLimiter::default()];
        for (index, calls) in slices.iter().enumerate() {
            processes.slice(&mut limiters[index % 2], calls);
        }
        let mut arrivals = processes.arrivals;
        arrivals.sort_by(f64::total_cmp);
        for first in &arrivals {
            let within = arrivals.iter().filter(|at| (*first..*first + 1.0).contains(*at)).count();
            prop_assert!(within <= rate as usize, "{} in the second from {}", within, first);
        }
    }
}
