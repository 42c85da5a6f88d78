//! Several runs at once, each at its own account's rate: none waits for the answers of another.

use futures_util::future::select_all;

use crate::refresh::{Batch, Failed, Refresh, Summary};
use crate::status::Status;

/// What happened next.
#[derive(Debug)]
pub enum Event<K> {
    /// A call of one run was answered; see [`Refresh::next_batch`].
    Batch(K, Batch),
    /// A run is over.
    Ended(K, Summary),
}

/// Runs under way, each under the name by which its caller knows it.
pub struct SideBySide<K> {
    runs: Vec<(K, Refresh)>,
    /// Which is looked at first: the one behind the last that had something to tell, so that one with very fast answers
    /// does not keep the others from being looked at.
    first: usize,
}

impl<K> Default for SideBySide<K> {
    fn default() -> Self {
        Self { runs: Vec::new(), first: 0 }
    }
}

impl<K: Clone> SideBySide<K> {
    /// One more.
    pub fn add(&mut self, key: K, run: Refresh) {
        self.runs.push((key, run));
    }

    /// Runs all of them until one has something to tell; `None` where there is none.
    ///
    /// May be dropped at any time and called again: calls in flight stay in flight.
    pub async fn next(&mut self) -> Option<Event<K>> {
        let runs = self.runs.iter_mut().enumerate();
        let mut nexts: Vec<_> =
            runs.map(|(index, (_, run))| Box::pin(async move { (index, run.next_batch().await) })).collect();
        if nexts.is_empty() {
            return None;
        }
        let first = self.first % nexts.len();
        nexts.rotate_left(first);
        let ((index, batch), ..) = select_all(nexts).await;
        self.first = index + 1;
        match batch {
            Some(batch) => self.runs.get(index).map(|(key, _)| Event::Batch(key.clone(), batch)),
            None => {
                let (key, mut run) = self.runs.remove(index);
                Some(Event::Ended(key, run.finish()))
            }
        }
    }

    /// Ends all from outside; see [`Refresh::stop`].
    pub fn stop(&mut self, status: Status, message: &str) {
        for (_, run) in &mut self.runs {
            run.stop(status, message);
        }
    }

    /// What those came to that have not ended, and their malformed products that nobody was told of. They stay where they
    /// are: in a forked child their calls in flight are the parent's.
    pub fn finish(&mut self) -> Vec<(K, Summary, Failed)> {
        self.runs.iter_mut().map(|(key, run)| (key.clone(), run.finish(), run.take_malformed())).collect()
    }
}
