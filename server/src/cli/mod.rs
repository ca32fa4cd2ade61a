//! The command line. [`args`] says what can be asked for; each command is one file, takes its arguments and the
//! `output::Output`, and returns its exit status or a `Failure`; only `dispatch` ends the process.
//!
//! A browser has no command line. The debugger loads a program there with the same code, so what that takes is built for WebAssembly too.

pub mod args;
#[cfg(all(feature = "prover", not(target_family = "wasm")))]
mod audit;
mod backtrace;
#[cfg(all(feature = "prover", not(target_family = "wasm")))]
mod bench;
#[cfg(all(feature = "prover", not(target_family = "wasm")))]
mod ceremony;
#[cfg(not(target_family = "wasm"))]
mod check;
#[cfg(not(target_family = "wasm"))]
mod completions;
mod dap;
#[cfg(not(target_family = "wasm"))]
mod destination;
#[cfg(not(target_family = "wasm"))]
mod dispatch;
#[cfg(all(feature = "prover", not(target_family = "wasm")))]
mod export;
#[cfg(not(target_family = "wasm"))]
mod fmt;
pub mod inputs;
#[cfg(all(feature = "prover", not(target_family = "wasm")))]
mod keys;
#[cfg(not(target_family = "wasm"))]
mod link;
mod load;
#[cfg(not(target_family = "wasm"))]
mod lsp;
#[cfg(not(target_family = "wasm"))]
mod new;
#[cfg(not(target_family = "wasm"))]
mod output;
#[cfg(not(target_family = "wasm"))]
mod profile;
mod program_paths;
#[cfg(not(target_family = "wasm"))]
mod progress;
#[cfg(all(feature = "prover", not(target_family = "wasm")))]
mod prove;
mod read;
mod report;
#[cfg(not(target_family = "wasm"))]
mod run;
#[cfg(all(feature = "prover", not(target_family = "wasm")))]
mod setup;
#[cfg(not(target_family = "wasm"))]
mod table;
mod test;
#[cfg(all(feature = "prover", not(target_family = "wasm")))]
mod verify;

#[cfg(target_family = "wasm")]
pub use dap::load as load_debuggee;
#[cfg(not(target_family = "wasm"))]
pub use dispatch::main;
