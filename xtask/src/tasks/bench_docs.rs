//! `cargo xtask bench-docs`: minutes, on a machine that does nothing else. `TIERS=NAME,NAME` picks tiers, `RUNS` is the
//! number of runs.

use crate::workspace::Workspace;
use anyhow::Result;
use xshell::cmd;

pub fn run(workspace: &Workspace) -> Result<()> {
    cmd!(
        workspace.sh,
        "cargo bench --locked --package provable --features arkworks --bench stock"
    )
    .env("REPORT", workspace.root.join("docs/benchmarks.md"))
    .run()?;
    Ok(())
}
