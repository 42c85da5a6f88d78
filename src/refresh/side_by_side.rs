//! Several runs at once, each at its own account's rate: none waits for the answers of another.

use std::future::poll_fn;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use crate::refresh::{Batch, Failed, Progress, Refresh, Source, Summary};
use crate::status::Status;

/// What happened next.
#[derive(Debug)]
pub enum Event<K> {
    /// A call of one run was answered; see [`Refresh::next_batch`].
    Batch(K, Batch),
    /// A run with a source asks for more products, and whether the calls of its credential may go on: [`SideBySide::supply`].
    Demand {
        /// Which.
        key: K,
        /// See [`crate::refresh::Demand`].
        products: usize,
        /// Calls of its credential that are under way, of all runs.
        in_flight: usize,
        /// How long it is until another process may call with its credential, once none is.
        free_in: Duration,
    },
    /// A run is over.
    Ended(K, Summary),
}

/// What a run is given that asked.
#[derive(Debug)]
pub enum Supply {
    /// These; none where there are no more.
    Products(Vec<String>),
    /// Nothing now. No call of the credential starts until all that are under way were answered and this time is over; then
    /// it is asked again.
    Pause(Duration),
}

/// Runs under way, each under the name by which its caller knows it.
pub struct SideBySide<K> {
    runs: Vec<Entry<K>>,
}

struct Entry<K> {
    key: K,
    run: Refresh,
    last_event: Option<Instant>,
}

impl<K> Default for SideBySide<K> {
    fn default() -> Self {
        Self { runs: Vec::new() }
    }
}

impl<K: Clone + PartialEq> SideBySide<K> {
    /// One more.
    pub fn add(&mut self, key: K, run: Refresh) {
        self.runs.push(Entry { key, run, last_event: None });
    }

    /// Runs all of them until one has something to tell; `None` where there is none.
    ///
    /// May be dropped at any time and called again: calls in flight stay in flight.
    pub async fn next(&mut self) -> Option<Event<K>> {
        poll_fn(|cx| self.poll_next(cx)).await
    }

    /// Whoever had something longest ago comes first: accounts of one credential share its rate evenly, and one with very fast
    /// answers does not keep the others from being looked at.
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Event<K>>> {
        if self.runs.is_empty() {
            return Poll::Ready(None);
        }
        loop {
            self.resume(Instant::now());
            self.runs.sort_by_key(|entry| entry.last_event.max(entry.run.last_start()));
            if self.poll_sending(cx).is_pending() {
                return Poll::Pending;
            }
            for index in 0..self.runs.len() {
                if let Poll::Ready(event) = self.poll_run(index, cx) {
                    return Poll::Ready(event);
                }
            }
            // A call that failed is told of by no event, though it may have been the last that a pause waited for.
            if !self.resume(Instant::now()) {
                return Poll::Pending;
            }
        }
    }

    /// What may start does, and is sent, and what has come is taken in, before anybody is called back.
    fn poll_sending(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let mut sent = Poll::Ready(());
        for entry in &mut self.runs {
            entry.run.start_ready(Instant::now());
            if entry.run.poll_sending(cx).is_pending() {
                sent = Poll::Pending;
            }
            entry.run.collect(cx);
        }
        sent
    }

    fn poll_run(&mut self, index: usize, cx: &mut Context<'_>) -> Poll<Option<Event<K>>> {
        let Some(entry) = self.runs.get_mut(index) else { return Poll::Pending };
        let progress = std::task::ready!(entry.run.poll_next(cx));
        entry.last_event = Some(Instant::now());
        let key = entry.key.clone();
        Poll::Ready(Some(match progress {
            Some(Progress::Batch(batch)) => Event::Batch(key, batch),
            Some(Progress::Demand(demand)) => {
                let credential = entry.run.credential_id().to_owned();
                let free_in = entry.run.free_in(Instant::now());
                let in_flight = in_flight(&self.runs, &credential);
                Event::Demand { key, products: demand.products, in_flight, free_in }
            }
            None => {
                let summary = entry.run.finish();
                self.runs.remove(index);
                Event::Ended(key, summary)
            }
        }))
    }

    /// Answers [`Event::Demand`].
    pub fn supply(&mut self, key: &K, supply: &Supply) {
        let now = Instant::now();
        let Some(entry) = self.runs.iter_mut().find(|entry| entry.key == *key) else { return };
        if let Supply::Products(asins) = supply {
            entry.run.feed(asins.iter().map(String::as_str));
        }
        let asked_at = entry.run.source().map_or(now, |source| source.asked_at());
        let credential = entry.run.credential_id().to_owned();
        for source in sources(&mut self.runs, &credential) {
            match supply {
                Supply::Products(_) => source.permit(asked_at),
                Supply::Pause(wait) => source.pause(now.checked_add(*wait).unwrap_or(now)),
            }
        }
    }

    /// Ends the pauses whose time is over and whose credential has no call under way. Says whether there was one.
    fn resume(&mut self, now: Instant) -> bool {
        let mut over = Vec::new();
        for entry in &mut self.runs {
            let until = entry.run.source().and_then(|source| source.paused_until());
            if until.is_some_and(|until| until <= now) && !over.iter().any(|id| id == entry.run.credential_id()) {
                over.push(entry.run.credential_id().to_owned());
            }
        }
        over.retain(|credential| in_flight(&self.runs, credential) == 0);
        for credential in &over {
            sources(&mut self.runs, credential).for_each(|source| source.resume(now));
        }
        !over.is_empty()
    }

    /// Ends all from outside; see [`Refresh::stop`].
    pub fn stop(&mut self, status: Status, message: &str) {
        for entry in &mut self.runs {
            entry.run.stop(status, message);
        }
    }

    /// What those came to that have not ended, and their malformed products that nobody was told of. They stay where they
    /// are: in a forked child their calls in flight are the parent's.
    pub fn finish(&mut self) -> Vec<(K, Summary, Failed)> {
        let finish = |entry: &mut Entry<K>| (entry.key.clone(), entry.run.finish(), entry.run.take_malformed());
        self.runs.iter_mut().map(finish).collect()
    }
}

fn in_flight<K>(runs: &[Entry<K>], credential: &str) -> usize {
    runs.iter().filter(|entry| entry.run.credential_id() == credential).map(|entry| entry.run.in_flight()).sum()
}

fn sources<'a, K>(runs: &'a mut [Entry<K>], credential: &'a str) -> impl Iterator<Item = &'a mut Source> {
    runs.iter_mut().filter(move |entry| entry.run.credential_id() == credential).filter_map(|entry| entry.run.source())
}
