//! What WebAssembly modules and their hosts call of each other: plain exports and imports, without generated code.
//!
//! A host passes bytes in three steps. It asks for a buffer with `allocate(length)`, writes the bytes into the module's
//! memory at the address that it got, and calls an exported function with this address. The function takes the buffer,
//! so a buffer serves one call. A function gives its answer as bytes too: `answer_at()` and `answer_len()` say where
//! they are until the next call. A host reads the module's memory anew after every call, because memory that grows
//! gets another `ArrayBuffer`.
//!
//! [`export!`] declares the functions of a module. All `unsafe` code is in this crate: the names of exports, and the calls
//! of the host in `host.rs`. So a module forbids it.
//!
//! | export | what it does |
//! | --- | --- |
//! | `allocate(length) -> address` | makes a buffer of zeros; 0 if there is no memory for it |
//! | `release(address)` | frees a buffer that was passed to no function |
//! | `answer_at() -> address`, `answer_len() -> length` | the answer of the last call |
//! | `run_thread(number)` | feature `threads`: runs what was to run on another thread |
//! | `allocate_for_thread(length, align) -> address` | feature `threads`: memory for a stack or for thread-local storage |
//!
//! | import of the module `host` | feature | what it does |
//! | --- | --- | --- |
//! | `random(address, length)` | `random` | fills memory with random bytes that nobody can predict |
//! | `now() -> f64` | `clock` | milliseconds since the beginning of 1970 |
//! | `send(address, length)` | `send` | takes a message; the bytes are the module's, so the host copies them before it returns |
//! | `spawn(number)` | `threads` | has another thread call `run_thread(number)` |
//!
//! With `threads` the memory is an import too: `memory` of the module `env`. A thread of the host is an instance of the module over
//! the same memory. Before its first call it sets `__stack_pointer` to the end of a stack of its own, and calls
//! `__wasm_init_tls` with memory of `__tls_size` bytes.
//!
//! On other systems than WebAssembly the functions exist without exported names, so that they can be tested.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod answer;
mod argument;
pub mod buffers;
mod export;
mod exported;
mod host;
#[cfg(all(target_family = "wasm", not(feature = "random")))]
mod no_random;
#[cfg(all(target_family = "wasm", feature = "random"))]
mod random;
#[cfg(feature = "threads")]
pub mod threads;

pub use argument::Argument;
pub(crate) use exported::exported;
#[cfg(feature = "clock")]
pub use host::now;
#[cfg(feature = "send")]
pub use host::send;
