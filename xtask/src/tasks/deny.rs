//! `cargo xtask deny`: what `deny.toml` asks of the dependencies.

use crate::limit::run_within;
use crate::workspace::Workspace;
use anyhow::Result;
use std::process::{Command, Stdio};
use std::time::Duration;
use xshell::cmd;

/// How long fetching the database of advisories may take.
const PATIENCE: Duration = Duration::from_secs(60);

pub fn run(workspace: &Workspace) -> Result<()> {
    install(workspace)?;
    let sh = &workspace.sh;
    cmd!(sh, "cargo deny check bans licenses sources").run()?;
    if fetch_advisories(workspace)? {
        cmd!(sh, "cargo deny check --disable-fetch advisories").run()?;
    } else {
        eprintln!("REPORT: advisories are not checked: their database cannot be reached");
    }
    Ok(())
}

/// Installs cargo-deny if it is missing. Unoptimised: it is built faster, and reads one lock file.
pub fn install(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.sh;
    let there = cmd!(sh, "cargo deny --version").quiet();
    if there.ignore_stdout().ignore_stderr().run().is_err() {
        cmd!(sh, "cargo install --locked --debug cargo-deny").run()?;
    }
    Ok(())
}

/// Whether the present advisories were fetched.
fn fetch_advisories(workspace: &Workspace) -> Result<bool> {
    let fetch = cmd!(workspace.sh, "cargo deny fetch db");
    eprintln!("$ {fetch}");
    let mut fetch = Command::from(fetch);
    // Its own words for a database that cannot be reached are many lines, and `run` says it in one.
    fetch
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let status = run_within(PATIENCE, fetch)?;
    Ok(status.is_some_and(|status| status.success()))
}
