//! How many calls start in a window of time.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

/// The starts of the last while, oldest first.
#[derive(Debug)]
pub struct Window {
    length: Duration,
    starts: VecDeque<Instant>,
}

impl Window {
    /// An empty window of that length.
    pub fn new(length: Duration) -> Self {
        Self { length, starts: VecDeque::new() }
    }

    /// How many calls started within the length that ends `now`.
    pub fn count(&mut self, now: Instant) -> usize {
        while self.starts.front().is_some_and(|start| now.saturating_duration_since(*start) >= self.length) {
            self.starts.pop_front();
        }
        self.starts.len()
    }

    /// Adds a call that starts `now`.
    pub fn add(&mut self, now: Instant) {
        self.starts.push_back(now);
    }
}

/// Lets at most so many calls start in any one second; a refused call does not count.
#[derive(Debug)]
pub struct RateLimit {
    per_second: f64,
    window: Window,
}

impl RateLimit {
    /// A limit in calls a second; 0 means none, and 0.5 one call in two seconds.
    pub fn new(per_second: f64) -> Self {
        let seconds = if per_second > 0.0 && per_second < 1.0 { 1.0 / per_second } else { 1.0 };
        Self { per_second, window: Window::new(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)) }
    }

    /// Whether a call may start `now`; if so it is counted.
    pub fn admit(&mut self, now: Instant) -> bool {
        if self.per_second <= 0.0 {
            return true;
        }
        let admitted = (self.window.count(now) as f64) < self.per_second.floor().max(1.0);
        if admitted {
            self.window.add(now);
        }
        admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(per_second: f64, starts_ms: &[u64]) -> Vec<bool> {
        let start = Instant::now();
        let mut limit = RateLimit::new(per_second);
        starts_ms.iter().map(|ms| limit.admit(start + Duration::from_millis(*ms))).collect()
    }

    #[test]
    fn any_one_second_holds_no_more_than_the_rate() {
        assert_eq!(admitted(2.0, &[0, 900, 999, 1000, 1899, 1900]), [true, true, false, true, false, true]);
    }

    #[test]
    fn a_rate_below_one_stretches_the_window() {
        assert_eq!(admitted(0.5, &[0, 1500, 2000]), [true, false, true]);
    }

    #[test]
    fn zero_is_no_limit() {
        assert_eq!(admitted(0.0, &[0, 0, 0]), [true, true, true]);
    }
}
