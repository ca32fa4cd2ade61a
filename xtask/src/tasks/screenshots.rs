//! `cargo xtask screenshots`: with an optimised server, as the time of a proof is in the pictures.

use crate::workspace::Workspace;
use anyhow::Result;
use xshell::cmd;

pub fn run(workspace: &Workspace) -> Result<()> {
    let binary = workspace.release_binary()?;
    cmd!(
        workspace.sh,
        "editors/vscode/test.sh --update-screenshots {binary}"
    )
    .run()?;
    Ok(())
}
