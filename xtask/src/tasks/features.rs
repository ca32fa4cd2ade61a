//! `cargo xtask features`: the library with each set of its features alone.

use crate::workspace::Workspace;
use anyhow::Result;
use xshell::cmd;

/// The sets that someone who embeds the library chooses from, each as arguments of cargo.
const SETS: [&[&str]; 7] = [
    // The language and the machine.
    &["--no-default-features"],
    &["--no-default-features", "--features", "verifier"],
    &["--no-default-features", "--features", "prover"],
    &["--no-default-features", "--features", "store"],
    &["--no-default-features", "--features", "arkworks"],
    // The default.
    &[],
    &["--all-features"],
];

pub fn run(workspace: &Workspace) -> Result<()> {
    for set in SETS {
        cmd!(
            workspace.sh,
            "cargo check --locked --package provable {set...}"
        )
        .run()?;
    }
    Ok(())
}
