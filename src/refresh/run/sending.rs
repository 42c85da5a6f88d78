//! How a run starts its calls, one at a time.

use std::future::ready;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::{Event, MAX_IN_FLIGHT, PendingEvent, Refresh};
use crate::catalog::{self, Question};
use crate::rate_limit::Flight;
use crate::refresh::queue::Job;
use crate::token::Token;

/// So long nobody is called back while a call is being sent, which a callback would hold up; making a connection takes longer.
const SENDING: Duration = Duration::from_millis(20);

/// A call that has started and is not yet written to its connection.
pub struct Sending {
    call: PendingEvent,
    written: oneshot::Receiver<()>,
    started: Instant,
}

impl Refresh {
    /// Starts a call whose moment has come. It goes out by [`Refresh::poll_sending`].
    pub fn start_ready(&mut self, now: Instant) {
        if self.stopped.is_none() && now >= self.begun && self.deadline().is_none_or(|deadline| now < deadline) {
            self.start_due(now);
        }
    }

    /// Pending while a call is being sent, for a moment at most: nobody is to be called back meanwhile.
    pub fn poll_sending(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(mut sending) = self.sending.take() else { return Poll::Ready(()) };
        if let Poll::Ready(event) = sending.call.as_mut().poll(cx) {
            self.pending_futures.push(Box::pin(ready(event)));
            return Poll::Ready(());
        }
        let is_written = Pin::new(&mut sending.written).poll(cx).is_ready();
        if is_written || self.poll_timer(sending.started + SENDING, cx).is_ready() {
            self.pending_futures.push(sending.call);
            return Poll::Ready(());
        }
        self.sending = Some(sending);
        Poll::Pending
    }

    /// Starts a call if one may start now; says when to look again, `None` if there is nothing that could start later.
    pub(super) fn start_due(&mut self, now: Instant) -> Option<Instant> {
        if self.is_used_up() || self.sending.is_some() {
            return None;
        }
        if self.source.as_ref().is_some_and(|source| source.paused_until().is_some()) {
            // The token is had meanwhile.
            return if self.token.usable().is_none() { self.ask_for_token(now) } else { None };
        }
        if !self.queue.has_waiting() {
            return None;
        }
        if self.source.as_ref().is_some_and(|source| !source.may_start(now)) {
            return self.queue.next_due();
        }
        let Some(token) = self.token.usable().cloned() else { return self.ask_for_token(now) };
        let most = self.options.max_in_flight.unwrap_or(MAX_IN_FLIGHT).max(1);
        if self.queue.in_flight() >= most {
            return None;
        }
        let Some(job) = self.queue.take_due(now) else { return self.queue.next_due() };
        match Flight::start(&self.limiter, self.options.requests_per_second, now) {
            Ok(flight) => self.send(job, token, flight, now),
            Err(ready) => {
                self.queue.put_first(job);
                return Some(ready);
            }
        }
        None
    }

    fn send(&mut self, job: Job, token: Token, flight: Flight, now: Instant) {
        self.stats.calls += 1;
        self.stats.retries += u64::from(job.attempts > 0);
        self.last_start = Some(now);
        let high_res = self.high_res;
        let (engine, account, wanted) =
            (self.engine.clone(), Arc::clone(&self.account), Arc::clone(&self.options.wanted));
        let question = Question::Items(Arc::clone(&job.asins));
        let (tell, written) = oneshot::channel();
        let note = flight.on_sent();
        let on_sent = Box::new(move || {
            note();
            // Who has stopped waiting for it looks by itself.
            let _ = tell.send(());
        });
        let id = self.queue.started(job, flight);
        let call = Box::pin(async move {
            let result = catalog::ask(&engine.http, &account, &token, &question, &wanted, high_res, on_sent).await;
            Event::Call { id, token, high_res, result }
        });
        self.sending = Some(Sending { call, written, started: now });
    }
}
