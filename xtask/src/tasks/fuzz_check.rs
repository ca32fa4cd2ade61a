//! `cargo xtask fuzz-check`: the fuzz targets compile. They are no part of the workspace, so its tests do not say so.

use crate::workspace::Workspace;
use anyhow::Result;
use xshell::cmd;

pub fn run(workspace: &Workspace) -> Result<()> {
    let target = &workspace.target;
    let profiles = workspace.same_profiles()?;
    cmd!(
        workspace.sh,
        "cargo check --manifest-path fuzz/Cargo.toml --all-targets --locked --target-dir {target} {profiles...}"
    )
    .run()?;
    Ok(())
}
