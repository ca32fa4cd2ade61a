//! The VS Code extension in VS Code for the Web, with the server as WebAssembly modules.

use crate::tasks::web;
use crate::workspace::Workspace;
use anyhow::Result;
use xshell::cmd;

pub fn run(workspace: &Workspace) -> Result<()> {
    let folder = web::modules(workspace)?;
    cmd!(workspace.sh, "editors/vscode/test.sh --web {folder}")
        .env_remove("CARGO_HOME")
        .env_remove("LD_LIBRARY_PATH")
        .run()?;
    Ok(())
}
