//! `cargo xtask anywhere`: proofs of the command and of the page before every verifier. See `tests/anywhere`.

use super::{evm, npm, python, web};
use crate::workspace::{Workspace, existing_binary};
use anyhow::Result;
use std::path::{Path, PathBuf};
use xshell::cmd;

#[derive(clap::Args)]
pub struct Args {
    /// The command `provable` to test; without it, it is built unoptimised
    #[arg(long)]
    binary: Option<PathBuf>,
}

pub fn run(workspace: &Workspace, args: &Args) -> Result<()> {
    let binary = match &args.binary {
        Some(file) => existing_binary(file)?,
        None => workspace.debug_binary()?,
    };
    web::build(workspace)?;
    npm::build(workspace)?;
    python::prepare(workspace)?;
    evm::install(workspace)?;
    compare(workspace, &binary)
}

/// Compares the verdicts, with the page, the packages and the environments that are there.
pub fn compare(workspace: &Workspace, binary: &Path) -> Result<()> {
    cmd!(workspace.sh, "node tests/anywhere/main.mjs {binary}").run()?;
    Ok(())
}
