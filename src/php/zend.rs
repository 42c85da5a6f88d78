//! The few things of the engine that ext-php-rs does not wrap. The project's `unsafe` is in this file, but for
//! the end of the runtime in `runtime`.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr;

use ext_php_rs::boxed::ZBox;
use ext_php_rs::ffi::{
    _call_user_function_impl, _zend_function, HashTable, ext_php_rs_compiler_globals, zend_execute_data, zend_string,
};
use ext_php_rs::types::{ZendCallable, ZendHashTable, ZendStr, Zval};
use ext_php_rs::zend::{ClassEntry, ExecutorGlobals, ModuleEntry};

unsafe extern "C" {
    /// `RuntimeException`, registered by SPL before any shared extension starts.
    static spl_ce_RuntimeException: *const ClassEntry;
    /// What runs PHP's signal handlers and profilers; null where nobody asked for it.
    static zend_interrupt_function: Option<unsafe extern "C" fn(*mut zend_execute_data)>;

    fn smart_str_erealloc(built: *mut SmartStr, length: usize);
    fn zend_memory_usage(real_usage: bool) -> usize;
    fn display_ini_entries(module: *mut ModuleEntry);
    fn zend_ini_string_ex(name: *const c_char, length: usize, original: c_int, exists: *mut bool) -> *const c_char;
    fn zend_add_attribute(
        attributes: *mut *mut HashTable,
        name: *mut zend_string,
        argc: u32,
        flags: u32,
        offset: u32,
        line: u32,
    ) -> *mut c_void;
}

/// `smart_str`: a string of PHP that is being built.
#[repr(C)]
struct SmartStr {
    string: *mut ZendStr,
    room: usize,
}

/// A string of this length, put together of its pieces without a copy in between.
pub fn string_of<'a>(length: usize, pieces: impl Iterator<Item = &'a [u8]>) -> ZBox<ZendStr> {
    let mut built = SmartStr { string: ptr::null_mut(), room: 0 };
    let mut filled = 0;
    // SAFETY: the engine makes room for that many bytes and the NUL behind them, or does not come back; no piece is
    // written behind that room, and the string has one owner.
    unsafe {
        smart_str_erealloc(&raw mut built, length);
        let bytes = (&raw mut (*built.string).val).cast::<u8>();
        for piece in pieces {
            let piece = piece.get(..length - filled).unwrap_or(piece);
            ptr::copy_nonoverlapping(piece.as_ptr(), bytes.add(filled), piece.len());
            filled += piece.len();
        }
        bytes.add(filled).write(0);
        (*built.string).len = filled;
        ZBox::from_raw(built.string)
    }
}

/// `ZEND_ATTRIBUTE_PERSISTENT`
const PERSISTENT: u32 = 1;

/// The parent of our exception.
pub fn runtime_exception() -> &'static ClassEntry {
    // SAFETY: SPL is part of every PHP and starts before us; the class lives as long as the process.
    unsafe { &*spl_ce_RuntimeException }
}

/// Prints the table of settings in `phpinfo()`.
pub fn print_ini_entries(module: *mut ModuleEntry) {
    // SAFETY: the engine hands the pointer to the info function that calls this.
    unsafe { display_ini_entries(module) };
}

/// The setting as it is now, which a web server may change from request to request.
pub fn ini(name: &CStr) -> Option<String> {
    let mut exists = false;
    // SAFETY: the name is NUL-terminated and its length is right; the answer is null or a C string that the engine
    // keeps for longer than this copy takes.
    let value = unsafe {
        let value = zend_ini_string_ex(name.as_ptr(), name.count_bytes(), 0, &raw mut exists);
        if value.is_null() { None } else { Some(CStr::from_ptr(value)) }
    }?;
    Some(value.to_string_lossy().trim().to_owned()).filter(|value| exists && !value.is_empty())
}

/// Marks a parameter of a function, counted from 0, as `#[\SensitiveParameter]`, so that no trace shows it. Only in MINIT,
/// and only where PHP has that attribute (8.2).
pub fn mark_sensitive(function: &str, parameter: u32) {
    // SAFETY: in MINIT there is one thread, the tables of the compiler globals are built, and functions of this module
    // are in theirs already. The attribute's name is persistent, as the flag says.
    unsafe {
        let globals = ext_php_rs_compiler_globals();
        let table = |table: *mut HashTable| table.cast::<ZendHashTable>().as_ref();
        if table((*globals).class_table).is_none_or(|classes| classes.get("sensitiveparameter").is_none()) {
            return;
        }
        let entry = table((*globals).function_table).and_then(|functions| functions.get(function));
        if let Some(function) = entry.and_then(|zval| zval.ptr::<_zend_function>()) {
            let name = ZendStr::new_interned("SensitiveParameter", true);
            let attributes = &raw mut (*function).internal_function.attributes;
            zend_add_attribute(attributes, name.as_ptr().cast_mut().cast(), 0, PERSISTENT, parameter + 1, 0);
        }
    }
}

/// The bytes that this request has: as they are used, or as the engine took them from the system.
pub fn memory_usage(from_system: bool) -> usize {
    // SAFETY: it looks at a counter.
    unsafe { zend_memory_usage(from_system) }
}

/// Whether PHP is to be let in: a signal, a profiler, the time limit.
pub fn interrupt_pending() -> bool {
    let globals = ExecutorGlobals::get();
    // SAFETY: a live byte (a plain bool in 8.1, an atomic one since); volatile because signal handlers write it.
    unsafe { ptr::read_volatile((&raw const globals.vm_interrupt).cast::<u8>()) != 0 }
}

/// Lets PHP in. `true`: whatever is being done should come to an end, because the time limit has passed, a
/// signal is to be handled, or somebody threw.
pub fn handle_interrupt() -> bool {
    // SAFETY: as above.
    let timed_out = unsafe {
        let globals = ExecutorGlobals::get();
        ptr::read_volatile((&raw const globals.timed_out).cast::<u8>()) != 0
    };
    // The engine itself raises the fatal error, or runs the handler, as soon as we have returned.
    if timed_out || handles_signals() {
        return true;
    }
    // A profiler: it has its look, and the work goes on.
    let frame = {
        let globals = ExecutorGlobals::get();
        // SAFETY: the byte is cleared as the engine's own loop clears it before it calls the function below.
        unsafe { ptr::write_volatile((&raw const globals.vm_interrupt).cast::<u8>().cast_mut(), 0) };
        globals.current_execute_data
    };
    // SAFETY: called as the engine calls it, with the frame of the function that is running.
    if let Some(function) = unsafe { zend_interrupt_function } {
        unsafe { function(frame) };
    }
    ExecutorGlobals::has_exception()
}

/// Calls a PHP callable. `None`: it threw, and what it threw is pending.
///
/// Nothing here is on Rust's heap, because a fatal error in the callable jumps over this frame.
pub fn call<const N: usize>(callable: &Zval, mut arguments: [Zval; N]) -> Option<Zval> {
    let mut answer = Zval::new();
    // SAFETY: the callable is held by the caller; the engine reads N arguments and writes the answer.
    let result = unsafe {
        _call_user_function_impl(
            ptr::null_mut(),
            ptr::from_ref(callable).cast_mut(),
            &raw mut answer,
            N as u32,
            arguments.as_mut_ptr(),
            ptr::null_mut(),
        )
    };
    (result >= 0 && !ExecutorGlobals::has_exception()).then_some(answer)
}

fn handles_signals() -> bool {
    let asked = ZendCallable::try_from_name("pcntl_async_signals").and_then(|function| function.try_call(Vec::new()));
    match asked {
        Ok(answer) => answer.bool() == Some(true),
        Err(_) => ExecutorGlobals::has_exception(),
    }
}
