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
    permitted_until: Instant,
    paused_until: Option<Instant>,
    /// Whether products were wanted when the caller was asked last.
    has_asked_for_products: bool,
}

impl Source {
    /// For so long calls may start after an answer.
    pub const PERMISSION: Duration = Duration::from_secs(10);

    /// Nobody was asked yet.
    #[must_use]
    pub fn new(begun: Instant) -> Self {
        Self { is_exhausted: false, permitted_until: begun, paused_until: None, has_asked_for_products: false }
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

    /// Calls may start.
    pub fn permit(&mut self, now: Instant) {
        self.permitted_until = now + Self::PERMISSION;
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

    /// What the caller is to be asked for now. `due` jobs could start at once; `open` products are not answered yet.
    #[must_use]
    pub fn demand(&mut self, rate: f64, due: usize, open: usize, now: Instant) -> Option<Demand> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a hundred")]
        let ahead = rate.ceil().clamp(1.0, MOST_AHEAD as f64) as usize;
        let runs_out = !self.is_exhausted && due <= ahead / 4;
        let must_ask = runs_out || (due > 0 && now >= self.permitted_until);
        let products = if runs_out { (ahead - due) * MAX_ITEMS + open } else { 0 };
        let demand = (self.paused_until.is_none() && must_ask).then_some(Demand { products });
        if demand.is_some() {
            self.has_asked_for_products = products > 0;
        }
        demand
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
        assert_eq!(source.demand(0.1, 1, 10, now), Some(Demand { products: 0 }));
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
        assert_eq!(source.demand(10.0, 1, 10, later), Some(Demand { products: 0 }));
        source.pause(later);
        assert_eq!(source.demand(10.0, 1, 10, later), None);
        source.resume(later);
        assert!(!source.may_start(later));
        assert_eq!(source.demand(10.0, 1, 10, later), Some(Demand { products: 0 }));
    }
}
