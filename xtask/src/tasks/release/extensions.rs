//! The VS Code extension: for each platform with its binary inside, and one for browsers, which works with a command that is installed too.

use super::{archive, platforms};
use crate::tasks::web;
use crate::workspace::Workspace;
use anyhow::{Result, bail};
use std::fs;
use std::path::Path;
use xshell::cmd;

pub fn run(workspace: &Workspace, files: &Path) -> Result<()> {
    let sh = &workspace.sh;
    let version = workspace.version()?;
    let wasm = web::modules(workspace)?;
    let scratch = tempfile::tempdir()?;
    let _folder = sh.push_dir("editors/vscode");
    cmd!(sh, "sh scripts/dependencies.sh").run()?;
    let mut made = 0;
    for (target, name) in platforms::PLATFORMS {
        let file = platforms::archive(version, target);
        if !files.join(&file).is_file() {
            continue;
        }
        let command = platforms::command(target);
        let inside = format!("{}/{command}", file.trim_end_matches(".tar.gz"));
        let binary = scratch.path().join(command);
        fs::write(&binary, archive::read(&files.join(&file), &inside)?)?;
        cmd!(sh, "npm run package -- --binary {binary} --target {name}").run()?;
        take(workspace, &format!("provable-{name}-{version}.vsix"), files)?;
        made += 1;
    }
    if made == 0 {
        bail!(
            "there is no archive of a binary in {}: cargo xtask release binary makes one",
            files.display()
        );
    }
    cmd!(sh, "npm run package -- --without-server --wasm {wasm}").run()?;
    take(workspace, &format!("provable-{version}.vsix"), files)
}

/// Puts a package that was made among the release's files.
fn take(workspace: &Workspace, name: &str, files: &Path) -> Result<()> {
    let made = workspace.root.join("editors/vscode").join(name);
    workspace.sh.copy_file(&made, files.join(name))?;
    workspace.sh.remove_path(&made)?;
    println!("{}", files.join(name).display());
    Ok(())
}
