//! `cargo xtask web`: the page, as a folder that is served as it is, and its tests in a browser. See `web/README.md`.

use crate::debian;
use crate::wasm::{self, LANGUAGE_SERVER, WORKER, WORKER_WITH_THREADS};
use crate::workspace::Workspace;
use anyhow::{Result, bail};
use std::path::PathBuf;
use xshell::cmd;

#[derive(clap::Args)]
pub struct Args {
    /// Test the page too: its types, its parts, and the whole story in a browser
    #[arg(long)]
    test: bool,
}

/// What the browser's tests need.
const SYSTEM: [(&str, &str); 2] = [
    ("chromium", "chromium"),
    (
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "fonts-dejavu-core",
    ),
];

pub fn run(workspace: &Workspace, args: &Args) -> Result<()> {
    build(workspace)?;
    if !args.test {
        let page = workspace.root.join("web/dist");
        eprintln!("the page is the folder {}", page.display());
        return Ok(());
    }
    test(workspace)
}

/// Builds the modules into the folder that the page and the extension of VS Code take them from. Gives the folder.
pub fn modules(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.root.join("web/wasm");
    workspace.sh.create_dir(&folder)?;
    for (module, name) in [
        (LANGUAGE_SERVER, "server.wasm"),
        (WORKER, "worker.wasm"),
        (WORKER_WITH_THREADS, "worker-threads.wasm"),
    ] {
        let built = wasm::build(workspace, &module)?;
        workspace.sh.copy_file(built, folder.join(name))?;
    }
    Ok(folder)
}

/// Builds the page into `web/dist`.
pub fn build(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.sh;
    if !debian::has(sh, "npm") {
        bail!("the page needs Node 20.19 or later with npm: https://nodejs.org");
    }
    modules(workspace)?;
    let _folder = sh.push_dir("web");
    cmd!(sh, "npm ci --no-audit --no-fund").run()?;
    cmd!(sh, "npm run build").run()?;
    Ok(())
}

/// Tests the page that [`build`] left.
pub fn test(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.sh;
    debian::install(sh, &debian::missing(sh, &SYSTEM))?;
    let _folder = sh.push_dir("web");
    for script in ["check", "lint", "test"] {
        cmd!(sh, "npm run {script}").run()?;
    }
    cmd!(sh, "npm run story").run()?;
    Ok(())
}
