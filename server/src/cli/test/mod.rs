//! `provable test`: runs the tests that stand in programs.

#[cfg(not(target_family = "wasm"))]
mod answer;
#[cfg(not(target_family = "wasm"))]
mod command;
#[cfg(not(target_family = "wasm"))]
mod coverage;
mod find;
#[cfg(not(target_family = "wasm"))]
mod junit;
#[cfg(not(target_family = "wasm"))]
mod run;

#[cfg(not(target_family = "wasm"))]
pub use command::command;
pub use find::{TestFile, test_file};
