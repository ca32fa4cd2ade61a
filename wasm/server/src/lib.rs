//! The server in a browser, as WebAssembly modules: with the feature `server` the language server and the debugger, with
//! `worker` what runs, proves and verifies for the language server. The code is that of the command `provable`; this crate
//! is what a host calls of it, and `provable_wasm_abi` is how.
//!
//! Every function gives 1 if the module has work to go on with: then the host passes on what came in and calls `go_on`. What the
//! module sends (`host.send`) begins with a byte that says what it is: `outgoing`.
//!
//! On other systems than WebAssembly this crate is empty.

#![cfg(target_family = "wasm")]

mod files;
#[cfg(feature = "server")]
mod keys;
mod outgoing;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "threads")]
mod threads;
#[cfg(feature = "worker")]
mod worker;
