//! The tree-sitter grammar as a package of npm: grammar, generated parser and queries.

use crate::workspace::Workspace;
use anyhow::Result;
use std::path::Path;
use xshell::cmd;

pub fn run(workspace: &Workspace, files: &Path) -> Result<()> {
    let sh = &workspace.sh;
    let _folder = sh.push_dir("syntaxes/tree-sitter-provable");
    cmd!(sh, "npm pack --pack-destination {files}").run()?;
    Ok(())
}
