//! The checks of the VS Code extension that need no editor: types, lints, unit tests, and that it can be packaged
//! without a warning.

use crate::workspace::Workspace;
use anyhow::Result;
use xshell::cmd;

pub fn run(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.sh;
    let _folder = sh.push_dir("editors/vscode");
    cmd!(sh, "sh scripts/dependencies.sh").run()?;
    cmd!(sh, "npm run check").run()?;
    cmd!(sh, "npm run lint").run()?;
    cmd!(sh, "npm test").run()?;
    cmd!(sh, "npm run package -- --without-server").run()?;
    Ok(())
}
