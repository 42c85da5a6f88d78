//! What one process has learned of a credential's rate, as text that its caller hands to the next: else each would find out
//! anew, by refused calls, that Amazon grants less than was agreed.

use std::time::{Duration, Instant};

use super::{IDLE, LONE, RateLimiter, SLOWEST};

/// It, as of the end of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Learned {
    as_of: Instant,
    throttle_factor: f64,
    factor_before: Option<f64>,
    steady_calls: u32,
    calls_since_throttled: u32,
}

impl Learned {
    /// Reads what [`Learned::to_text`] has written; `None` for any other text, and for one that is too old to be of use. The
    /// moment and the time since 1970 are the same.
    #[must_use]
    pub fn parse(text: &str, now: Instant, unix: Duration) -> Option<Self> {
        let mut fields = text.split(' ');
        let written = Duration::from_millis(fields.next()?.parse().ok()?);
        let mut factor = || fields.next()?.parse::<f64>().ok().filter(|factor| (SLOWEST..=1.0).contains(factor));
        let (throttle_factor, before) = (factor()?, factor()?);
        let (steady_calls, calls_since_throttled) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
        // Of two servers' clocks one may be ahead.
        let as_of = now.checked_sub(unix.saturating_sub(written))?;
        let is_recent = unix.abs_diff(written) < IDLE && fields.next().is_none();
        let factor_before = (before > throttle_factor).then_some(before);
        is_recent.then_some(Self { as_of, throttle_factor, factor_before, steady_calls, calls_since_throttled })
    }

    /// Writes it down; `unix` is the time since 1970 of the moment that it is of.
    #[must_use]
    pub fn to_text(&self, unix: Duration) -> String {
        let Self { throttle_factor, factor_before, steady_calls, calls_since_throttled, .. } = *self;
        let before = factor_before.unwrap_or(throttle_factor);
        format!("{} {throttle_factor} {before} {steady_calls} {calls_since_throttled}", unix.as_millis())
    }
}

impl RateLimiter {
    /// What it has learned; `None` where it knows of nothing but what was agreed.
    #[must_use]
    pub fn learned(&self, now: Instant) -> Option<Learned> {
        let has_learned = self.throttle_factor < 1.0 || self.calls_since_throttled < LONE;
        has_learned.then_some(Learned {
            as_of: now,
            throttle_factor: self.throttle_factor,
            factor_before: self.factor_before,
            steady_calls: self.steady_calls,
            calls_since_throttled: self.calls_since_throttled,
        })
    }

    /// Goes on from what another process has learned, unless this one has called since.
    pub fn adopt(&mut self, learned: &Learned) {
        let last_call = self.last_slot.max(self.sending.map(|sending| sending.started));
        if last_call.is_none_or(|last_call| last_call < learned.as_of) {
            self.throttle_factor = learned.throttle_factor;
            self.factor_before = learned.factor_before;
            self.steady_calls = learned.steady_calls;
            self.calls_since_throttled = learned.calls_since_throttled;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIX: Duration = Duration::from_secs(1_800_000_000);

    fn throttled(begin: Instant) -> RateLimiter {
        let mut limiter = RateLimiter::default();
        let permit = limiter.start(10.0, begin);
        limiter.sent(permit, begin);
        limiter.throttle(permit, Duration::ZERO, begin);
        limiter.landed(permit, begin);
        limiter
    }

    #[test]
    fn who_was_never_refused_has_nothing_to_hand_on() {
        assert_eq!(RateLimiter::default().learned(Instant::now()), None);
    }

    #[test]
    fn what_is_written_is_read_again_and_goes_on_where_it_was() {
        let begin = Instant::now();
        let mut first = throttled(begin);
        let learned = first.learned(begin).unwrap();
        assert_eq!(learned.throttle_factor, 0.5);
        let text = learned.to_text(UNIX);
        assert_eq!(Learned::parse(&text, begin, UNIX), Some(learned));
        let mut second = RateLimiter::default();
        second.adopt(&learned);
        let later = begin + Duration::from_secs(60);
        for _ in 0..100 {
            assert_eq!(first.start(10.0, later).distance, second.start(10.0, later).distance);
        }
    }

    #[test]
    fn what_is_old_or_odd_says_nothing() {
        let now = Instant::now();
        let text = |unix: Duration| throttled(now).learned(now).unwrap().to_text(unix);
        assert!(Learned::parse(&text(UNIX), now, UNIX + IDLE).is_none());
        assert!(Learned::parse(&text(UNIX + IDLE), now, UNIX).is_none());
        assert!(Learned::parse(&text(UNIX + Duration::from_secs(3)), now, UNIX).is_some());
        for odd in ["", "1800000000000", "1800000000000 0 1 0 0", "1800000000000 NaN 1 0 0", "1800000000000 2 2 0 0"] {
            assert!(Learned::parse(odd, now, UNIX).is_none(), "{odd}");
        }
        assert!(Learned::parse("1800000000000 0.5 0.5 -1 0", now, UNIX).is_none());
        assert!(Learned::parse("1800000000000 0.5 0.5 10 0 7", now, UNIX).is_none());
    }

    #[test]
    fn what_a_process_learns_itself_is_newer_than_what_it_was_handed_before() {
        let begin = Instant::now();
        let handed = throttled(begin).learned(begin).unwrap();
        let mut limiter = throttled(begin + Duration::from_secs(1));
        limiter.throttle_factor = 0.25;
        limiter.adopt(&handed);
        assert_eq!(limiter.throttle_factor, 0.25);
        let newer = throttled(begin).learned(begin + Duration::from_secs(2)).unwrap();
        limiter.adopt(&newer);
        assert_eq!(limiter.throttle_factor, 0.5);
    }
}
