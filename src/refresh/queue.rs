//! The products of a run, ten to a job: those that wait for their call, those whose call is in flight, and those that were
//! given up.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Instant;

use crate::asin::Asin;
use crate::rate_limit::Flight;
use crate::refresh::Failed;
use crate::refresh::batch::{self, Seen};

/// Products that are asked for together.
pub struct Job {
    pub asins: Arc<[Asin]>,
    /// Failures so far.
    pub attempts: u32,
    pub failing_since: Option<Instant>,
    pub not_before: Option<Instant>,
}

impl Job {
    fn is_due(&self, now: Instant) -> bool {
        self.not_before.is_none_or(|moment| moment <= now)
    }
}

/// All that a run was given.
#[derive(Default)]
pub struct Queue {
    waiting: VecDeque<Job>,
    in_flight: HashMap<u64, (Job, Flight)>,
    abandoned: Vec<Job>,
    seen: Seen,
    next_id: u64,
    /// Products answered so far.
    pub done: usize,
    /// Products given, each counted once.
    pub total: usize,
}

impl Queue {
    /// Takes in what it has not seen yet; gives back the malformed ones.
    pub fn add<'a>(&mut self, asins: impl IntoIterator<Item = &'a str>) -> Failed {
        let batches = batch::partition(asins, &mut self.seen);
        self.total += batches.count + batches.malformed.len();
        let job = |asins| Job { asins, attempts: 0, failing_since: None, not_before: None };
        self.waiting.extend(batches.batches.into_iter().map(job));
        batches.malformed
    }

    /// The next job whose moment has come.
    pub fn take_due(&mut self, now: Instant) -> Option<Job> {
        let index = self.waiting.iter().position(|job| job.is_due(now))?;
        self.waiting.remove(index)
    }

    /// How many jobs could start at once.
    pub fn count_due(&self, now: Instant) -> usize {
        self.waiting.iter().filter(|job| job.is_due(now)).count()
    }

    /// How many products are not answered.
    pub fn count_open(&self) -> usize {
        self.total - self.done
    }

    /// When the first of those that wait may start.
    pub fn next_due(&self) -> Option<Instant> {
        self.waiting.iter().filter_map(|job| job.not_before).min()
    }

    /// Its call has started; the number by which [`Queue::landed`] knows it.
    pub fn started(&mut self, job: Job, flight: Flight) -> u64 {
        self.next_id += 1;
        self.in_flight.insert(self.next_id, (job, flight));
        self.next_id
    }

    /// The answer to its call has come.
    pub fn answered(&self, id: u64) {
        if let Some((_, flight)) = self.in_flight.get(&id) {
            flight.landed();
        }
    }

    /// Its call has come to its end.
    pub fn landed(&mut self, id: u64) -> Option<(Job, Flight)> {
        self.in_flight.remove(&id)
    }

    /// Before all others.
    pub fn put_first(&mut self, job: Job) {
        self.waiting.push_front(job);
    }

    /// After all others.
    pub fn put_last(&mut self, job: Job) {
        self.waiting.push_back(job);
    }

    /// Nobody asks for these again.
    pub fn abandon(&mut self, job: Job) {
        self.abandoned.push(job);
    }

    /// Products whose calls are in flight are waiting again.
    pub fn requeue(&mut self) {
        self.waiting.extend(self.in_flight.drain().map(|(_, (job, _))| job));
    }

    pub fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    pub fn has_abandoned(&self) -> bool {
        !self.abandoned.is_empty()
    }

    /// Calls under way.
    pub fn in_flight(&self) -> usize {
        self.in_flight.len()
    }

    /// Whether anything is still to be answered.
    pub fn has_work(&self) -> bool {
        !self.waiting.is_empty() || !self.in_flight.is_empty()
    }

    /// Products that were given and not answered.
    pub fn unanswered(&self) -> impl Iterator<Item = &Asin> {
        let in_flight = self.in_flight.values().map(|(job, _)| job);
        self.waiting.iter().chain(in_flight).chain(&self.abandoned).flat_map(|job| job.asins.iter())
    }
}
