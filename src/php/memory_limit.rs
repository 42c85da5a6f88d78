//! PHP's `memory_limit`, kept by whoever takes memory for more than a few values at once.
//!
//! Since the security releases of October 2026 (8.2.35 and its siblings) the engine only notes that the limit is passed,
//! gives memory all the same, and raises its fatal error as soon as the function has returned; what takes twice the limit
//! before that kills the process. Older ones raise it on the spot, which jumps over our frames. So whoever fills an array
//! asks here, and stops.

use ext_php_rs::zend::ProcessGlobals;

use crate::php::zend;

/// What is at least so large is not put into memory that the engine has already, but beside it.
const CHUNK: usize = 2 << 20;

/// Whether the limit is passed: what is under way is to be left as it is, and the engine to be returned to.
pub fn is_passed() -> bool {
    limit().is_some_and(|limit| zend::memory_usage(true) > limit)
}

/// Whether so many bytes more stay within the limit, as far as that can be told.
pub fn has_room_for(bytes: usize) -> bool {
    limit().is_none_or(|limit| limit.saturating_sub(zend::memory_usage(bytes >= CHUNK)) >= bytes)
}

/// In bytes; `None` where there is none.
fn limit() -> Option<usize> {
    usize::try_from(ProcessGlobals::get().memory_limit).ok().filter(|limit| *limit > 0)
}
