//! The way of an answer to the client, with everything that can happen to it there.

use std::{collections::VecDeque, future::pending, io, io::Write, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use flate2::{Compression, write::GzEncoder};
use futures_util::stream;
use serde_json::Value;

use super::Fault;
use crate::{answer::Answer, visit::Visit};

const HTML: &str = "<!DOCTYPE html><html><head><title>Please wait</title></head>\
                    <body><h1>Checking your browser</h1></body></html>";

/// Between the last bytes and the end of a connection, so that the bytes get out first.
const BREATH: Duration = Duration::from_millis(50);

/// Sends the answer, late, changed or not at all where a fault says so.
pub async fn deliver(mut answer: Answer, faults: &[Fault], visit: &Visit) -> Response {
    wait(faults).await;
    if faults.contains(&Fault::ConnectionReset) {
        return visit.line().reset();
    }
    if faults.contains(&Fault::StaleConnection) {
        visit.line().grow_stale();
    }
    let bytes = written(&mut answer, faults);
    let whole_length = bytes.len();
    let script = script(bytes, faults);
    let mut response = match script {
        Sending::AtOnce(bytes) => Body::from(bytes).into_response(),
        Sending::Unmeasured(steps) => played(steps, visit).into_response(),
        Sending::Measured(steps) => {
            let mut response = played(steps, visit).into_response();
            let length = HeaderValue::from(whole_length);
            response.headers_mut().insert(header::CONTENT_LENGTH, length);
            response
        }
    };
    *response.status_mut() = answer.status;
    response.headers_mut().extend(answer.headers);
    response
}

async fn wait(faults: &[Fault]) {
    let milliseconds = faults.iter().fold(0, |sum: u64, fault| match fault {
        Fault::LatencyMs(milliseconds) => sum.saturating_add(*milliseconds),
        _ => sum,
    });
    if milliseconds > 0 {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
    if faults.contains(&Fault::Hang) {
        pending::<()>().await;
    }
}

/// The bytes of the body; headers that follow from them are set.
fn written(answer: &mut Answer, faults: &[Fault]) -> Vec<u8> {
    let mut bytes = match &answer.body {
        Value::Null => Vec::new(),
        // A string is a body that is no JSON to begin with.
        Value::String(text) => text.clone().into_bytes(),
        body => body.to_string().into_bytes(),
    };
    for fault in faults {
        match fault {
            Fault::TruncatedJson => bytes.truncate(bytes.len() / 2),
            Fault::NotJson => bytes = b"upstream connect error or disconnect/reset".to_vec(),
            Fault::EmptyBody => bytes.clear(),
            Fault::HtmlBody => {
                bytes = HTML.into();
                set(answer, header::CONTENT_TYPE, "text/html; charset=utf-8");
            }
            Fault::ContentType(name) => set(answer, header::CONTENT_TYPE, name),
            Fault::HugeBody(size) => bytes.resize(bytes.len().max(*size), b' '),
            Fault::Gzip => {
                bytes = compressed(&bytes);
                set(answer, header::CONTENT_ENCODING, "gzip");
            }
            _ => {}
        }
    }
    bytes
}

fn set(answer: &mut Answer, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers.insert(name, value);
    }
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// How the bytes are sent.
enum Sending {
    AtOnce(Vec<u8>),
    /// In steps, the length told beforehand.
    Measured(VecDeque<Step>),
    /// In steps, the length not told.
    Unmeasured(VecDeque<Step>),
}

enum Step {
    Send(Bytes),
    Wait(Duration),
    HangForever,
    Close,
    Reset,
}

fn script(bytes: Vec<u8>, faults: &[Fault]) -> Sending {
    let whole = Bytes::from(bytes);
    let half = Step::Send(whole.slice(..whole.len() / 2));
    for fault in faults {
        match fault {
            Fault::HangInBody => {
                return Sending::Measured([half, Step::HangForever].into());
            }
            Fault::ResetInBody => {
                return Sending::Measured([half, Step::Wait(BREATH), Step::Reset].into());
            }
            Fault::CutOff => {
                return Sending::Measured([half, Step::Wait(BREATH), Step::Close].into());
            }
            Fault::DripFeed { bytes, every_ms } => {
                return Sending::Measured(drops(&whole, *bytes, *every_ms));
            }
            Fault::HugeBody(_) => {
                return Sending::Unmeasured(drops(&whole, 1 << 16, 0));
            }
            _ => {}
        }
    }
    Sending::AtOnce(whole.into())
}

fn drops(whole: &Bytes, size: usize, every_ms: u64) -> VecDeque<Step> {
    let size = size.max(1);
    let mut steps = VecDeque::new();
    for start in (0..whole.len()).step_by(size) {
        if start > 0 && every_ms > 0 {
            steps.push_back(Step::Wait(Duration::from_millis(every_ms)));
        }
        let end = whole.len().min(start.saturating_add(size));
        steps.push_back(Step::Send(whole.slice(start..end)));
    }
    steps
}

/// A body that goes through the steps; the visit lasts as long.
fn played(steps: VecDeque<Step>, visit: &Visit) -> Body {
    let state = (steps, visit.clone());
    Body::from_stream(stream::unfold(state, |(mut steps, visit)| async move {
        loop {
            match steps.pop_front()? {
                Step::Send(bytes) => return Some((Ok(bytes), (steps, visit))),
                Step::Wait(time) => tokio::time::sleep(time).await,
                Step::HangForever => pending().await,
                Step::Close => {
                    let end = io::Error::from(io::ErrorKind::ConnectionAborted);
                    return Some((Err(end), (VecDeque::new(), visit)));
                }
                Step::Reset => {
                    visit.line().doom();
                    let end = io::Error::from(io::ErrorKind::ConnectionReset);
                    return Some((Err(end), (VecDeque::new(), visit)));
                }
            }
        }
    }))
}
