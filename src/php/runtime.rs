//! The tokio runtime under PHP: one a thread, made at its first use, and never shared with a forked child.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::mem::ManuallyDrop;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use futures_util::stream::{FuturesUnordered, StreamExt};
use futures_util::task::AtomicWaker;
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;
use tokio::time::{Instant, sleep};

use crate::engine::Engine;
use crate::error::Error;
use crate::http::Settings;
use crate::php::{settings, zend};

/// PHP's interrupts are looked for at least this often. A signal ends the sleep of the thread that it comes to, and is seen at
/// once; this is for one that came the moment before the thread fell asleep, or to another thread.
const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// Nothing polls idle connections between two calls from PHP, so a connection that the other side closed meanwhile
/// still looks alive. So many rounds of the driver let it notice.
const PUMP_ROUNDS: usize = 4;

/// Names are looked up on threads of their own, since the system's way of doing it blocks; so many at a time.
const LOOKUPS: usize = 8;

/// The work was not brought to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interrupted {
    /// PHP wants to go on without it.
    ByPhp,
    /// This is a child process now; the connections are its parent's and must not be touched, not even to close them.
    ByFork,
}

/// A runtime and an engine that belong to one process.
pub struct ThreadRuntime {
    pid: u32,
    runtime: ManuallyDrop<Runtime>,
    /// Of what is being driven, for a signal that ends the thread's sleep.
    waker: Arc<AtomicWaker>,
    engine: ManuallyDrop<Engine>,
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<ThreadRuntime>>> = const { RefCell::new(None) };
}

/// This thread's, made now if need be: on first use, after a fork, or because a setting has changed.
///
/// # Errors
///
/// Those of [`Engine::new`], and [`Error::Client`] where the system refuses a runtime.
pub fn current() -> Result<Rc<ThreadRuntime>, Error> {
    let settings = settings::current();
    CURRENT.with_borrow_mut(|slot| {
        if let Some(runtime) = slot.as_ref().filter(|runtime| runtime.serves(&settings)) {
            return Ok(Rc::clone(runtime));
        }
        let runtime = Rc::new(ThreadRuntime::new(settings)?);
        *slot = Some(Rc::clone(&runtime));
        Ok(runtime)
    })
}

impl ThreadRuntime {
    fn new(settings: Settings) -> Result<Self, Error> {
        let waker = Arc::new(AtomicWaker::new());
        let wake_if_interrupted = || {
            let waker = Arc::clone(&waker);
            move || {
                if zend::interrupt_pending() {
                    waker.wake();
                }
            }
        };
        let runtime = Builder::new_current_thread()
            .enable_all()
            .on_thread_park(wake_if_interrupted())
            .on_thread_unpark(wake_if_interrupted())
            .max_blocking_threads(LOOKUPS)
            .build()
            .map_err(|e| Error::Client(format!("No event loop can be made: {e}")))?;
        let engine = {
            let _guard = runtime.enter();
            Engine::new(settings)?
        };
        Ok(Self {
            pid: std::process::id(),
            runtime: ManuallyDrop::new(runtime),
            waker,
            engine: ManuallyDrop::new(engine),
        })
    }

    fn serves(&self, settings: &Settings) -> bool {
        self.is_ours() && self.engine.http.settings() == settings
    }

    /// Whether no fork has come between.
    pub fn is_ours(&self) -> bool {
        self.pid == std::process::id()
    }

    /// The client and the tokens.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Runs `future` to its end, while PHP is let in outside of the runtime.
    ///
    /// # Errors
    ///
    /// [`Interrupted`]; the future is dropped, unless it belongs to another process.
    pub fn drive<F: Future>(&self, future: F) -> Result<F::Output, Interrupted> {
        if !self.is_ours() {
            std::mem::forget(future);
            return Err(Interrupted::ByFork);
        }
        self.runtime.block_on(async {
            for _ in 0..PUMP_ROUNDS {
                yield_now().await;
            }
        });
        // Polls the future when it was woken, not whenever somebody looks.
        let mut work = FuturesUnordered::from_iter([future]);
        loop {
            let output = self.runtime.block_on(async {
                let mut look = pin!(sleep(POLL_INTERVAL));
                poll_fn(|cx| {
                    self.waker.register(cx.waker());
                    // Before each event, or none would be seen while events come faster than that.
                    if zend::interrupt_pending() {
                        return Poll::Ready(None);
                    }
                    if let Poll::Ready(output) = work.poll_next_unpin(cx) {
                        return Poll::Ready(output);
                    }
                    while look.as_mut().poll(cx).is_ready() {
                        look.as_mut().reset(Instant::now() + POLL_INTERVAL);
                    }
                    Poll::Pending
                })
                .await
            });
            // It holds the runtime, which holds it.
            drop(self.waker.take());
            if let Some(output) = output {
                return Ok(output);
            }
            if zend::interrupt_pending() && zend::handle_interrupt() {
                return Err(Interrupted::ByPhp);
            }
        }
    }
}

impl Drop for ThreadRuntime {
    fn drop(&mut self) {
        if self.is_ours() {
            // SAFETY: taken once, here, and not used again.
            unsafe {
                ManuallyDrop::drop(&mut self.engine);
                // Waits for nothing: a name that is still being looked up would hold up the end of the process.
                ManuallyDrop::take(&mut self.runtime).shutdown_background();
            }
        }
    }
}
