//! The VS Code extension in VS Code for the Web, with the server as WebAssembly modules.

use crate::wasm::{self, LANGUAGE_SERVER, WORKER, WORKER_WITH_THREADS};
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use xshell::cmd;

pub fn run(workspace: &Workspace) -> Result<()> {
    let folder = workspace.target.join("wasm/host");
    fs::create_dir_all(&folder)?;
    // The names that `web/host` asks for.
    for (module, name) in [
        (LANGUAGE_SERVER, "server.wasm"),
        (WORKER, "worker.wasm"),
        (WORKER_WITH_THREADS, "worker-threads.wasm"),
    ] {
        let built = wasm::build(workspace, &module)?;
        fs::copy(&built, folder.join(name))
            .with_context(|| format!("{} cannot be copied", built.display()))?;
    }
    cmd!(workspace.sh, "editors/vscode/test.sh --web {folder}")
        .env_remove("CARGO_HOME")
        .env_remove("LD_LIBRARY_PATH")
        .run()?;
    Ok(())
}
