//! `cargo xtask check`.

use crate::workspace::Workspace;
use anyhow::Result;
use xshell::cmd;

pub fn run(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.sh;
    cmd!(sh, "cargo fmt --all --check").run()?;
    cmd!(
        sh,
        "cargo clippy --workspace --all-targets --locked -- -D warnings"
    )
    .run()?;
    cmd!(sh, "cargo doc --workspace --no-deps --locked")
        .env("RUSTDOCFLAGS", "-D warnings")
        .run()?;
    Ok(())
}
