//! One request from its arrival to the end of its answer, as the journal sees it.

use std::{
    sync::{Arc, OnceLock},
    time::Instant,
};

use axum::{
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    connection::Line,
    fault::Endpoint,
    journal::{Entry, Journal},
    server::World,
};

/// A request that is being answered. It ends when its last clone is gone.
#[derive(Clone, Debug)]
pub struct Visit(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    journal: Arc<Journal>,
    number: usize,
    path: String,
    started: Instant,
    line: Line,
    caller: OnceLock<(String, Endpoint)>,
}

impl Visit {
    fn open(journal: Arc<Journal>, line: Line, request: &Request) -> Self {
        let started = Instant::now();
        let path = request.uri().path().to_owned();
        let headers = request.headers();
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let host = request.uri().authority().map(|host| host.as_str());
        let number = journal.open(Entry {
            at_ms: journal.milliseconds(started),
            took_ms: None,
            method: request.method().to_string(),
            path: path.clone(),
            host: host.or(text("host")).map(str::to_owned),
            account: None,
            marketplace: text("x-marketplace").map(str::to_owned),
            item_ids: Vec::new(),
            resources: Vec::new(),
            status: None,
            connection: line.number(),
            peer_port: line.peer_port(),
            authorization: headers.contains_key(header::AUTHORIZATION),
        });
        Self(Arc::new(Inner { journal, number, path, started, line, caller: OnceLock::new() }))
    }

    /// When the request came.
    pub fn started(&self) -> Instant {
        self.0.started
    }

    /// The connection it came by.
    pub fn line(&self) -> &Line {
        &self.0.line
    }

    /// Its number in the log, for a request id.
    pub fn number(&self) -> usize {
        self.0.number
    }

    /// Notes who calls.
    pub fn identify(&self, account: &str, endpoint: Endpoint) {
        let Inner { journal, path, .. } = &*self.0;
        let caller = (account.to_owned(), endpoint);
        if self.0.caller.set(caller).is_ok() {
            journal.begin(account, path, endpoint, self.0.started);
            journal.amend(self.0.number, |entry| {
                entry.account = Some(account.to_owned());
            });
        }
    }

    /// Notes what is asked for.
    pub fn asks_for(&self, item_ids: Vec<String>, resources: Vec<String>) {
        self.0.journal.amend(self.0.number, |entry| {
            entry.item_ids = item_ids;
            entry.resources = resources;
        });
    }

    fn answered(&self, status: u16) {
        let Inner { journal, path, .. } = &*self.0;
        let took = self.0.started.elapsed().as_micros() as f64 / 1000.0;
        journal.amend(self.0.number, |entry| {
            entry.status = Some(status);
            entry.took_ms = Some(took);
        });
        if let Some((account, _)) = self.0.caller.get() {
            journal.answered(account, path, status);
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some((account, endpoint)) = self.caller.get() {
            self.journal.end(account, *endpoint);
        }
    }
}

/// Writes every request into the journal, before and after it is answered.
pub async fn record(
    State(world): State<Arc<World>>,
    ConnectInfo(line): ConnectInfo<Line>,
    mut request: Request,
    next: Next,
) -> Response {
    let visit = Visit::open(world.journal.clone(), line, &request);
    if visit.line().is_stale() {
        return visit.line().reset();
    }
    request.extensions_mut().insert(visit.clone());
    let response = next.run(request).await;
    if visit.line().is_doomed() {
        return Body::empty().into_response();
    }
    visit.answered(response.status().as_u16());
    response
}
