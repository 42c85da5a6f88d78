//! The tokio runtime under PHP: one a thread, made at its first use, and never shared with a forked child.

use std::cell::RefCell;
use std::future::Future;
use std::mem::ManuallyDrop;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;
use tokio::time::sleep;

use crate::engine::Engine;
use crate::error::Error;
use crate::http::Settings;
use crate::php::{settings, zend};

/// PHP gets a look at its signals and its clock at least this often.
const TURN: Duration = Duration::from_millis(50);

/// Nothing polls idle connections between two calls from PHP, so a connection that the other side closed meanwhile
/// still looks alive. So many rounds of the driver let it notice.
const PUMP_ROUNDS: usize = 4;

/// Names are looked up on threads of their own, since the system's way of doing it blocks; so many at a time.
const LOOKUPS: usize = 8;

/// The work was not brought to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Halt {
    /// PHP wants to go on without it.
    Interrupted,
    /// This is a child process now; the connections are its parent's and must not be touched, not even to close them.
    Forked,
}

/// A runtime and an engine that belong to one process.
pub struct Process {
    pid: u32,
    runtime: ManuallyDrop<Runtime>,
    engine: ManuallyDrop<Engine>,
}

thread_local! {
    static PROCESS: RefCell<Option<Rc<Process>>> = const { RefCell::new(None) };
}

/// This thread's, made now if need be: on first use, after a fork, or because a setting has changed.
///
/// # Errors
///
/// Those of [`Engine::new`], and [`Error::Client`] where the system refuses a runtime.
pub fn current() -> Result<Rc<Process>, Error> {
    let settings = settings::current();
    PROCESS.with_borrow_mut(|slot| {
        if let Some(process) = slot.as_ref().filter(|process| process.serves(&settings)) {
            return Ok(Rc::clone(process));
        }
        let process = Rc::new(Process::new(settings)?);
        *slot = Some(Rc::clone(&process));
        Ok(process)
    })
}

impl Process {
    fn new(settings: Settings) -> Result<Self, Error> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(LOOKUPS)
            .build()
            .map_err(|e| Error::Client(format!("No event loop can be made: {e}")))?;
        let engine = {
            let _guard = runtime.enter();
            Engine::new(settings)?
        };
        Ok(Self { pid: std::process::id(), runtime: ManuallyDrop::new(runtime), engine: ManuallyDrop::new(engine) })
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

    /// Runs `future` to its end, while PHP gets its turns outside of the runtime.
    ///
    /// # Errors
    ///
    /// [`Halt`]; the future is dropped, unless it belongs to another process.
    pub fn drive<F: Future>(&self, future: F) -> Result<F::Output, Halt> {
        if !self.is_ours() {
            std::mem::forget(future);
            return Err(Halt::Forked);
        }
        self.runtime.block_on(async {
            for _ in 0..PUMP_ROUNDS {
                yield_now().await;
            }
        });
        let mut future = pin!(future);
        loop {
            let done = self.runtime.block_on(async {
                tokio::select! {
                    biased;
                    output = &mut future => Some(output),
                    () = sleep(TURN) => None,
                }
            });
            if let Some(output) = done {
                return Ok(output);
            }
            if zend::wants_turn() && zend::give_turn() {
                return Err(Halt::Interrupted);
            }
        }
    }
}

impl Drop for Process {
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
