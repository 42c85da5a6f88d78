//! When a run is over, and what it came to.

use std::time::{Duration, Instant};

use super::Refresh;
use crate::http::since_1970;
use crate::refresh::Summary;
use crate::status::Status;
use crate::sync::lock;

impl Refresh {
    /// How long it is until another process may call with its credential.
    #[must_use]
    pub fn free_in(&self, now: Instant) -> Duration {
        lock(&self.limiter).hand_over_at(self.options.requests_per_second, now).saturating_duration_since(now)
    }

    /// What it came to. Products in flight count as never answered.
    pub fn finish(&mut self) -> Summary {
        let now = Instant::now();
        Summary {
            pending: self.queue.unanswered().cloned().collect(),
            stopped: self.stopped.clone(),
            stats: self.stats,
            elapsed: self.begun.elapsed(),
            free_in: self.free_in(now),
            learned: lock(&self.limiter).learned(now).map(|learned| learned.to_text(since_1970())),
        }
    }

    /// A source that brought no answer at all in all its time is no source that is merely not through.
    pub(super) fn end_by_deadline(&mut self) {
        let has_asked_in_vain = self.source.is_some() && self.stats.calls > 0 && self.queue.done == 0;
        match (has_asked_in_vain, self.stats.throttled) {
            (false, _) => self.stop(Status::Deadline, "The time that was given is over."),
            (true, 0) => self.stop(Status::Unreachable, "No call was answered in the time that was given."),
            (true, _) => self.stop(Status::Throttled, "No call was admitted in the time that was given."),
        }
    }

    /// Whether the next thing to do comes too late: whoever waits for the account has it all the sooner.
    pub(super) fn is_beyond_deadline(&self, next: Option<Instant>) -> bool {
        self.deadline().zip(next).is_some_and(|(deadline, next)| next >= deadline)
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.options.deadline.and_then(|length| self.begun.checked_add(length))
    }
}
