//! Runs under way, driven to their end. PHP is called while the runtime stands still, never within it.

use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use ext_php_rs::convert::IntoZval;
use ext_php_rs::prelude::*;
use ext_php_rs::types::{ZendHashTable, Zval};
use ext_php_rs::zend::BailoutGuard;

use crate::php::fields::{ArgPath, Key, wrong_type};
use crate::php::input::Callback;
use crate::php::item_output::Shape;
use crate::php::memory_limit;
use crate::php::output::{self, Array};
use crate::php::run_input::{self, Refused, RunInput};
use crate::php::runtime::{self, Interrupted, ThreadRuntime};
use crate::refresh::{Batch, Event, Failed, FoundItems, Refresh, SideBySide, Summary, Supply};
use crate::status::Status;

/// Whom the runs are told to.
#[derive(Default)]
pub struct Callbacks {
    /// Is given every batch; else its products are kept for the end.
    pub on_batch: Option<Callback>,
    /// Is given what a run came to, and gives the next one of the same key.
    pub on_end: Option<Callback>,
    /// Gives a run more products, see [`SideBySide::supply`].
    pub next_asins: Option<Callback>,
    /// Whether the key is their first argument.
    pub by_key: bool,
}

/// What a mistake in the answer of `on_end` is told by.
const NEXT: &str = "$on_end()";

/// A run, as its caller knows it.
pub struct Run {
    key: Key,
    shape: Shape,
    items: FoundItems,
    failed: Failed,
    /// `None` while it is under way, and where `on_end` took it.
    summary: Option<Summary>,
}

impl Run {
    fn begin(key: Key, shape: Shape) -> Self {
        Self { key, shape, items: FoundItems::new(), failed: Failed::new(), summary: None }
    }

    /// What a run comes to that is none; its malformed products are kept with it.
    fn refuse(&mut self, mistake: &Refused) -> Summary {
        let (summary, malformed) = mistake.summary();
        self.failed.extend(malformed);
        summary
    }

    /// What it came to; `None` where `on_end` took it.
    pub fn result(&self) -> PhpResult<Option<Array>> {
        self.summary
            .as_ref()
            .map(|summary| Ok(output::summary(summary, &self.items, &self.failed, self.shape)?))
            .transpose()
    }
}

/// What is under way, and the process it belongs to.
struct UnderWay {
    runtime: Rc<ThreadRuntime>,
    /// By their place among the runs.
    calls: Option<SideBySide<usize>>,
    /// Runs that are over before they have begun.
    refused: VecDeque<(usize, Summary)>,
    runs: Vec<Run>,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        // In a forked child the calls in flight are the parent's; closing them here would disturb it.
        if !self.runtime.is_ours() {
            std::mem::forget(self.calls.take());
        }
    }
}

/// Runs all of them to their end, side by side.
pub fn drive(inputs: Vec<(Key, Result<RunInput, Refused>)>, callbacks: &Callbacks) -> PhpResult<Vec<Run>> {
    let runtime = match runtime::current() {
        Ok(runtime) => runtime,
        Err(error) => {
            let not_begun = inputs.into_iter().map(|(key, input)| {
                let shape = shape_of(&input);
                let (summary, failed) = match input {
                    Ok(input) => Refresh::not_begun(input.asins.iter().map(String::as_str), &error),
                    Err(refused) => refused.summary(),
                };
                Run { failed, summary: Some(summary), ..Run::begin(key, shape) }
            });
            return Ok(not_begun.collect());
        }
    };
    let has_source = callbacks.next_asins.is_some();
    let mut calls = SideBySide::default();
    let mut refused = VecDeque::new();
    let mut runs = Vec::with_capacity(inputs.len());
    for (place, (key, input)) in inputs.into_iter().enumerate() {
        let mut run = Run::begin(key, shape_of(&input));
        match input {
            Ok(input) => calls.add(place, prepare(&runtime, input, has_source)),
            Err(mistake) => refused.push_back((place, run.refuse(&mistake))),
        }
        runs.push(run);
    }
    // A fatal error in a callback leaves this frame without running its destructors.
    let mut under_way = BailoutGuard::new(UnderWay { runtime, calls: Some(calls), refused, runs });
    let UnderWay { runtime, calls, refused, runs } = under_way.get_mut();
    let Some(calls) = calls else { return Err("There are no runs.".into()) };
    let (status, message) = loop {
        let event = match refused.pop_front() {
            Some((place, summary)) => Ok(Some(Event::Ended(place, summary))),
            None => runtime.drive(calls.next()),
        };
        match event {
            Ok(None) => return Ok(std::mem::take(runs)),
            Ok(Some(Event::Batch(place, batch))) => {
                if let Some(run) = runs.get_mut(place)
                    && !tell_batch(callbacks, run, batch)?
                {
                    break (Status::Cancelled, "The callback returned false.");
                }
            }
            Ok(Some(Event::Demand { key: place, products, in_flight, free_in })) => {
                let Some(run) = runs.get(place) else { continue };
                match ask_for_more(callbacks, run, products, in_flight, free_in)? {
                    Some(supply) => calls.supply(&place, &supply),
                    None => break (Status::Cancelled, "The callback returned false."),
                }
            }
            Ok(Some(Event::Ended(place, summary))) => {
                if let Some(run) = runs.get_mut(place) {
                    match tell_end(callbacks, run, summary)? {
                        Next::Run(Ok(next)) => {
                            run.shape = next.shape;
                            calls.add(place, prepare(runtime, *next, has_source));
                        }
                        // Told of it, it could give the same again, and again.
                        Next::Run(Err(mistake)) => run.summary = Some(run.refuse(&mistake)),
                        Next::Nothing => {}
                        Next::StopAll => break (Status::Cancelled, "The callback returned false."),
                    }
                }
            }
            Err(Interrupted::ByPhp) => break (Status::Interrupted, "A signal came, or PHP's own time limit."),
            Err(Interrupted::ByFork) => break (Status::Interrupted, "This process is a child of the one that began."),
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

/// What is told of the products of a run.
fn shape_of(input: &Result<RunInput, Refused>) -> Shape {
    input.as_ref().map_or_else(|_| Shape::default(), |input| input.shape)
}

fn prepare(runtime: &ThreadRuntime, input: RunInput, has_source: bool) -> Refresh {
    let (engine, refusal) = match input.proxy.map(|proxy| runtime.engine().with_proxy(proxy)) {
        None => (runtime.engine().clone(), None),
        Some(Ok(engine)) => (engine, None),
        Some(Err(error)) => (runtime.engine().clone(), Some(error)),
    };
    let mut run = Refresh::new(engine, input.account, input.asins.iter().map(String::as_str), input.options);
    if has_source {
        run = run.with_source();
    }
    if let Some(error) = refusal {
        run.refuse(&error);
    }
    run
}

/// Asks for more products; `None` stops all runs.
fn ask_for_more(
    callbacks: &Callbacks,
    run: &Run,
    products: usize,
    in_flight: usize,
    free_in: Duration,
) -> PhpResult<Option<Supply>> {
    let Some(callback) = &callbacks.next_asins else { return Ok(Some(Supply::Products(Vec::new()))) };
    let key = key_argument(&run.key)?;
    let free_in = free_in.as_secs_f64().into_zval(false)?;
    let answer = callback.call([key, products.into_zval(false)?, in_flight.into_zval(false)?, free_in]);
    Ok(run_input::supply(&answer.ok_or("The callback did not come to its end.")?)?)
}

/// Calls back, or keeps the batch. What the callback throws stays pending in the engine and is thrown on from there. The
/// batch is PHP's alone by then: a fatal error in the callback frees nothing of ours.
fn tell_batch(callbacks: &Callbacks, run: &mut Run, batch: Batch) -> PhpResult<bool> {
    let Some(callback) = &callbacks.on_batch else {
        run.items.extend(batch.items);
        run.failed.extend(batch.failed);
        return Ok(true);
    };
    // So does one where PHP's memory ends while the array is made.
    let batch = BailoutGuard::new(batch);
    let array = output::batch(batch.get(), run.shape)?.into_zval(false)?;
    drop(batch);
    Ok(!tell(callback, callbacks, run, array)?.is_false())
}

/// What is to follow a run.
enum Next {
    Run(Result<Box<RunInput>, Refused>),
    Nothing,
    StopAll,
}

/// Calls back, or keeps what the run came to. Answers what is to run next in its place.
fn tell_end(callbacks: &Callbacks, run: &mut Run, summary: Summary) -> PhpResult<Next> {
    let Some(callback) = &callbacks.on_end else {
        run.summary = Some(summary);
        return Ok(Next::Nothing);
    };
    let summary = BailoutGuard::new(summary);
    let array = output::summary(summary.get(), &run.items, &run.failed, run.shape)?.into_zval(false)?;
    drop(summary);
    run.items.clear();
    run.failed.clear();
    let answer = tell(callback, callbacks, run, array)?;
    match answer.array() {
        Some(_) => {
            Ok(Next::Run(run_input::run(&answer, ArgPath::Whole(NEXT), callbacks.next_asins.is_some()).map(Box::new)))
        }
        None if answer.is_null() => Ok(Next::Nothing),
        None if answer.is_false() => Ok(Next::StopAll),
        None => Err(wrong_type(NEXT, "array|false|null", &answer).into()),
    }
}

fn tell(callback: &Callback, callbacks: &Callbacks, run: &Run, array: Zval) -> PhpResult<Zval> {
    let answer = match callbacks.by_key {
        true => callback.call([key_argument(&run.key)?, array]),
        false => callback.call([array]),
    };
    answer.ok_or_else(|| "The callback did not come to its end.".into())
}

fn key_argument(key: &Key) -> PhpResult<Zval> {
    Ok(match key {
        Key::Long(number) => number.into_zval(false)?,
        text => text.to_string().into_zval(false)?,
    })
}

/// By their keys, what `on_end` did not take.
pub fn results(runs: &[Run]) -> PhpResult<Array> {
    let mut array = ZendHashTable::new();
    for run in runs {
        if let Some(result) = run.result()? {
            array.insert(run.key.clone(), result)?;
        }
        if memory_limit::is_passed() {
            break;
        }
    }
    Ok(array)
}
