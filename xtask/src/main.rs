//! `cargo xtask TASK`: the task runner of this repository. `cargo xtask` alone lists the tasks.
//!
//! A task prints each command before it runs it, and stops at the first that fails.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod beside;
mod debian;
mod limit;
mod tasks;
mod wasm;
mod workspace;

use clap::{CommandFactory, Parser};
use std::process::ExitCode;
use tasks::Task;
use workspace::Workspace;

/// Builds, tests, measures and releases Provable VM.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Xtask {
    #[command(subcommand)]
    task: Option<Task>,
}

fn main() -> ExitCode {
    let done = match Xtask::parse().task {
        Some(task) => Workspace::open().and_then(|workspace| task.run(&workspace)),
        None => Xtask::command().print_help().map_err(Into::into),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cargo xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests;
