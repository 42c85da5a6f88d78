//! Runs under way, driven to their end. PHP is called between two turns of the runtime, never within one.

use std::collections::VecDeque;
use std::rc::Rc;

use ext_php_rs::convert::IntoZval;
use ext_php_rs::prelude::*;
use ext_php_rs::types::{ZendHashTable, Zval};
use ext_php_rs::zend::BailoutGuard;

use crate::php::fields::{Key, Name, wrong_type};
use crate::php::input::Callback;
use crate::php::output::{self, Array};
use crate::php::run_input::{self, Refused, RunInput};
use crate::php::runtime::{self, Halt, Process};
use crate::refresh::{Batch, Event, Failed, Found, Refresh, SideBySide, Summary};
use crate::status::Status;

/// Whom the runs are told to.
#[derive(Default)]
pub struct Listeners {
    /// Is given every batch; else its products are kept for the end.
    pub on_batch: Option<Callback>,
    /// Is given what a run came to, and gives the next one of the same key.
    pub on_end: Option<Callback>,
    /// Whether the key is their first argument.
    pub by_key: bool,
}

/// What a mistake in the answer of `on_end` is told by.
const NEXT: &str = "$on_end()";

/// A run, as its caller knows it.
pub struct Run {
    key: Key,
    images: Found,
    failed: Failed,
    /// `None` while it is under way, and where `on_end` took it.
    summary: Option<Summary>,
}

impl Run {
    fn begin(key: Key) -> Self {
        Self { key, images: Found::new(), failed: Failed::new(), summary: None }
    }

    /// What a run comes to that is none; its malformed products are kept with it.
    fn refuse(&mut self, mistake: &Refused) -> Summary {
        let (summary, malformed) = mistake.summary();
        self.failed.extend(malformed);
        summary
    }

    /// What it came to; `None` where `on_end` took it.
    pub fn result(&self) -> PhpResult<Option<Array>> {
        self.summary.as_ref().map(|summary| Ok(output::summary(summary, &self.images, &self.failed)?)).transpose()
    }
}

/// What is under way, and the process it belongs to.
struct UnderWay {
    process: Rc<Process>,
    /// By their place among the runs.
    calls: Option<SideBySide<usize>>,
    /// Runs that are over before they have begun.
    refused: VecDeque<(usize, Summary)>,
    runs: Vec<Run>,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        // In a forked child the calls in flight are the parent's; closing them here would disturb it.
        if !self.process.is_ours() {
            std::mem::forget(self.calls.take());
        }
    }
}

/// Runs all of them to their end, side by side.
pub fn drive(inputs: Vec<(Key, Result<RunInput, Refused>)>, listeners: &Listeners) -> PhpResult<Vec<Run>> {
    let process = match runtime::current() {
        Ok(process) => process,
        Err(error) => {
            let not_begun = inputs.into_iter().map(|(key, input)| {
                let (summary, failed) = match input {
                    Ok(input) => Refresh::not_begun(input.asins.iter().map(String::as_str), &error),
                    Err(refused) => refused.summary(),
                };
                Run { key, images: Found::new(), failed, summary: Some(summary) }
            });
            return Ok(not_begun.collect());
        }
    };
    let mut calls = SideBySide::default();
    let mut refused = VecDeque::new();
    let mut runs = Vec::with_capacity(inputs.len());
    for (place, (key, input)) in inputs.into_iter().enumerate() {
        let mut run = Run::begin(key);
        match input {
            Ok(input) => calls.add(place, prepare(&process, input)),
            Err(mistake) => refused.push_back((place, run.refuse(&mistake))),
        }
        runs.push(run);
    }
    // A fatal error in a callback leaves this frame without running its destructors.
    let mut under_way = BailoutGuard::new(UnderWay { process, calls: Some(calls), refused, runs });
    let UnderWay { process, calls, refused, runs } = under_way.get_mut();
    let Some(calls) = calls else { return Err("There are no runs.".into()) };
    let (status, message) = loop {
        let event = match refused.pop_front() {
            Some((place, summary)) => Ok(Some(Event::Ended(place, summary))),
            None => process.drive(calls.next()),
        };
        match event {
            Ok(None) => return Ok(std::mem::take(runs)),
            Ok(Some(Event::Batch(place, batch))) => {
                if let Some(run) = runs.get_mut(place)
                    && !tell_batch(listeners, run, batch)?
                {
                    break (Status::Cancelled, "The callback returned false.");
                }
            }
            Ok(Some(Event::Ended(place, summary))) => {
                if let Some(run) = runs.get_mut(place) {
                    match tell_end(listeners, run, summary)? {
                        Next::Run(Ok(next)) => calls.add(place, prepare(process, *next)),
                        // Told of it, it could give the same again, and again.
                        Next::Run(Err(mistake)) => run.summary = Some(run.refuse(&mistake)),
                        Next::Nothing => {}
                        Next::StopAll => break (Status::Cancelled, "The callback returned false."),
                    }
                }
            }
            Err(Halt::Interrupted) => break (Status::Interrupted, "A signal came, or PHP's own time limit."),
            Err(Halt::Forked) => break (Status::Interrupted, "This process is a child of the one that began."),
        }
    };
    calls.stop(status, message);
    let refused = refused.drain(..).map(|(place, summary)| (place, summary, Failed::new()));
    for (place, summary, malformed) in refused.chain(calls.finish()) {
        if let Some(run) = runs.get_mut(place) {
            run.failed.extend(malformed);
            run.summary = Some(summary);
        }
    }
    Ok(std::mem::take(runs))
}

fn prepare(process: &Process, input: RunInput) -> Refresh {
    let asins = input.asins.iter().map(String::as_str);
    match input.proxy.map(|proxy| process.engine().with_proxy(proxy)) {
        Some(Err(error)) => {
            let mut run = Refresh::new(process.engine().clone(), input.account, asins, input.options);
            run.refuse(&error);
            run
        }
        Some(Ok(engine)) => Refresh::new(engine, input.account, asins, input.options),
        None => Refresh::new(process.engine().clone(), input.account, asins, input.options),
    }
}

/// Calls back, or keeps the batch. What the callback throws stays pending in the engine and is thrown on from there. The
/// batch is PHP's alone by then: a fatal error in the callback frees nothing of ours.
fn tell_batch(listeners: &Listeners, run: &mut Run, batch: Batch) -> PhpResult<bool> {
    let Some(callback) = &listeners.on_batch else {
        run.images.extend(batch.images);
        run.failed.extend(batch.failed);
        return Ok(true);
    };
    // So does one where PHP's memory ends while the array is made.
    let batch = BailoutGuard::new(batch);
    let array = output::batch(batch.get())?.into_zval(false)?;
    drop(batch);
    Ok(!tell(callback, listeners, run, array)?.is_false())
}

/// What is to follow a run.
enum Next {
    Run(Result<Box<RunInput>, Refused>),
    Nothing,
    StopAll,
}

/// Calls back, or keeps what the run came to. Answers what is to run next in its place.
fn tell_end(listeners: &Listeners, run: &mut Run, summary: Summary) -> PhpResult<Next> {
    let Some(callback) = &listeners.on_end else {
        run.summary = Some(summary);
        return Ok(Next::Nothing);
    };
    let summary = BailoutGuard::new(summary);
    let array = output::summary(summary.get(), &run.images, &run.failed)?.into_zval(false)?;
    drop(summary);
    run.images.clear();
    run.failed.clear();
    let answer = tell(callback, listeners, run, array)?;
    match answer.array() {
        Some(_) => Ok(Next::Run(run_input::run(&answer, Name::Whole(NEXT)).map(Box::new))),
        None if answer.is_null() => Ok(Next::Nothing),
        None if answer.is_false() => Ok(Next::StopAll),
        None => Err(wrong_type(NEXT, "array|false|null", &answer).into()),
    }
}

fn tell(callback: &Callback, listeners: &Listeners, run: &Run, array: Zval) -> PhpResult<Zval> {
    let answer = match &run.key {
        _ if !listeners.by_key => callback.call([array]),
        Key::Long(number) => callback.call([number.into_zval(false)?, array]),
        text => callback.call([text.to_string().into_zval(false)?, array]),
    };
    answer.ok_or_else(|| "The callback did not come to its end.".into())
}

/// By their keys, what `on_end` did not take.
pub fn results(runs: &[Run]) -> PhpResult<Array> {
    let mut array = ZendHashTable::new();
    for run in runs {
        if let Some(result) = run.result()? {
            array.insert(run.key.clone(), result)?;
        }
    }
    Ok(array)
}
