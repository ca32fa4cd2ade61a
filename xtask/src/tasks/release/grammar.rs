//! The tree-sitter grammar as a package of npm: grammar, generated parser, queries and licences.

use crate::workspace::Workspace;
use anyhow::Result;
use std::path::Path;
use xshell::cmd;

pub fn run(workspace: &Workspace, files: &Path) -> Result<()> {
    let sh = &workspace.sh;
    // A copy, into which the licences of the root come.
    let scratch = tempfile::tempdir()?;
    let package = scratch.path().join("tree-sitter-provable");
    cmd!(sh, "cp -R syntaxes/tree-sitter-provable {package}").run()?;
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        sh.copy_file(licence, &package)?;
    }
    let _folder = sh.push_dir(&package);
    cmd!(sh, "npm pack --pack-destination {files}").run()?;
    Ok(())
}
