//! `cargo xtask transcripts`: ceremonies, right and spoilt ones, are judged by the command and by a second verifier, which is written
//! in JavaScript from `docs/ceremony.md` alone. See `tests/transcripts`.

use crate::debian;
use crate::workspace::{Workspace, existing_binary};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use xshell::cmd;

#[derive(clap::Args)]
pub struct Args {
    /// Judge only the ceremonies whose names have this part
    part: Option<String>,
    /// The command `provable` to test; without it, it is built unoptimised
    #[arg(long)]
    binary: Option<PathBuf>,
}

pub fn run(workspace: &Workspace, args: &Args) -> Result<()> {
    let binary = match &args.binary {
        Some(file) => existing_binary(file)?,
        None => workspace.debug_binary()?,
    };
    compare(workspace, &binary, args.part.as_deref())
}

/// Compares the verdicts of this command with those of the second verifier.
pub fn compare(workspace: &Workspace, binary: &Path, part: Option<&str>) -> Result<()> {
    let sh = &workspace.sh;
    if !debian::has(sh, "npm") {
        bail!(
            "the second verifier of ceremonies needs Node 20.19 or later with npm: https://nodejs.org"
        );
    }
    let _folder = sh.push_dir("tests/transcripts");
    cmd!(sh, "npm ci --no-audit --no-fund").run()?;
    cmd!(sh, "node compare.mjs {binary} {part...}").run()?;
    Ok(())
}
