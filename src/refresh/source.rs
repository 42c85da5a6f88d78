//! Where the products of a run come from that are not given at its beginning.

use std::time::{Duration, Instant};

use crate::catalog::MAX_ITEMS;

/// At most so many calls are handed over ahead of time, whatever the rate.
const MOST_AHEAD: usize = 100;

/// What a run asks its caller for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// As many products as make up for those that are under way and may be named again, and a second's calls besides. 0: only
    /// whether it may go on.
    pub products: usize,
}

/// A caller who hands over products when asked.
#[derive(Debug)]
pub struct Source {
    is_exhausted: bool,
    /// When the caller was asked last: what it answers may have been so by then, and no longer.
    asked_at: Instant,
    permitted_until: Instant,
    paused_until: Option<Instant>,
    /// Whether products were wanted when the caller was asked last.
    has_asked_for_products: bool,
}

impl Source {
    /// For so long calls may start after the caller was asked.
    pub const PERMISSION: Duration = Duration::from_secs(10);

    /// Nobody was asked yet.
    #[must_use]
    pub fn new(begun: Instant) -> Self {
        Self {
            is_exhausted: false,
            asked_at: begun,
            permitted_until: begun,
            paused_until: None,
            has_asked_for_products: false,
        }
    }

    /// Whether there are no more products.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.is_exhausted
    }

    /// The caller named nothing new: there are no more products, unless none were wanted.
    pub fn exhaust(&mut self) {
        self.is_exhausted |= self.has_asked_for_products;
    }

    /// When the caller was asked last.
    #[must_use]
    pub fn asked_at(&self) -> Instant {
        self.asked_at
    }

    /// Calls may start, as the caller said that was asked then.
    pub fn permit(&mut self, asked_at: Instant) {
        self.permitted_until = asked_at + Self::PERMISSION;
    }

    /// No call may start until then, and until the caller was asked again.
    pub fn pause(&mut self, until: Instant) {
        self.paused_until = Some(until);
    }

    /// The caller is to be asked again.
    pub fn resume(&mut self, now: Instant) {
        self.paused_until = None;
        self.permitted_until = now;
    }

    /// Until when it is paused.
    #[must_use]
    pub fn paused_until(&self) -> Option<Instant> {
        self.paused_until
    }

    /// Whether a call may start.
    #[must_use]
    pub fn may_start(&self, now: Instant) -> bool {
        self.paused_until.is_none() && now < self.permitted_until
    }

    /// What the caller is to be asked for now, before it runs out. `due` jobs could start at once; `open` products are not
    /// answered yet.
    #[must_use]
    pub fn demand(&mut self, rate: f64, due: usize, open: usize, now: Instant) -> Option<Demand> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a hundred")]
        let ahead = rate.ceil().clamp(1.0, MOST_AHEAD as f64) as usize;
        if self.is_exhausted || due > ahead / 4 {
            return None;
        }
        self.ask(ahead.saturating_sub(due) * MAX_ITEMS + open, now)
    }

    /// Whether the caller is to be asked if calls that start, or are under way, may do so on.
    #[must_use]
    pub fn renewal(&mut self, has_calls: bool, now: Instant) -> Option<Demand> {
        if has_calls && now >= self.permitted_until { self.ask(0, now) } else { None }
    }

    /// When that is the next time.
    #[must_use]
    pub fn renews_at(&self) -> Option<Instant> {
        self.paused_until.is_none().then_some(self.permitted_until)
    }

    fn ask(&mut self, products: usize, now: Instant) -> Option<Demand> {
        if self.paused_until.is_some() {
            return None;
        }
        self.asked_at = now;
        self.has_asked_for_products = products > 0;
        Some(Demand { products })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_of_calls_is_handed_over_ahead_and_what_is_under_way_besides() {
        let now = Instant::now();
        let mut source = Source::new(now);
        let products =
            |source: &mut Source, rate, due, open| source.demand(rate, due, open, now).map(|demand| demand.products);
        assert_eq!(products(&mut source, 1.0, 0, 0), Some(10));
        source.permit(now);
        assert_eq!(products(&mut source, 10.0, 0, 30), Some(130));
        assert_eq!(products(&mut source, 10.0, 2, 30), Some(110));
        assert_eq!(products(&mut source, 10.0, 3, 30), None);
        assert_eq!(products(&mut source, 0.1, 0, 0), Some(10));
        source.exhaust();
        assert_eq!(products(&mut source, 10.0, 0, 30), None);
    }

    #[test]
    fn who_is_asked_for_no_products_may_name_none() {
        let now = Instant::now();
        let mut source = Source::new(now);
        assert_eq!(source.renewal(true, now), Some(Demand { products: 0 }));
        source.exhaust();
        assert!(!source.is_exhausted());
        assert_eq!(source.demand(0.1, 0, 10, now), Some(Demand { products: 20 }));
        source.exhaust();
        assert!(source.is_exhausted());
    }

    #[test]
    fn no_call_starts_without_a_permission_that_is_young() {
        let now = Instant::now();
        let mut source = Source::new(now);
        assert!(!source.may_start(now));
        source.permit(now);
        assert_eq!(source.demand(1.0, 0, 0, now), Some(Demand { products: 10 }));
        source.exhaust();
        let later = now + Source::PERMISSION;
        assert!(source.may_start(later - Duration::from_millis(1)) && !source.may_start(later));
        assert_eq!(source.renewal(false, later), None);
        assert_eq!(source.renewal(true, later), Some(Demand { products: 0 }));
        assert_eq!(source.asked_at(), later);
        source.pause(later);
        assert_eq!(source.renewal(true, later), None);
        source.resume(later);
        assert!(!source.may_start(later));
        assert_eq!(source.renewal(true, later), Some(Demand { products: 0 }));
    }
}
