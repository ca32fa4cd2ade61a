//! `cargo xtask features`: the library with each of its features alone, and the server without the prover, without a
//! warning. The list is that of `core/Cargo.toml`.

use crate::workspace::Workspace;
use anyhow::{Context, Result};
use xshell::cmd;

/// The library.
const PACKAGE: &str = "provable";

pub fn run(workspace: &Workspace) -> Result<()> {
    let library = workspace
        .packages
        .iter()
        .find(|package| package.name == PACKAGE)
        .context("the workspace has no package provable")?;
    for set in sets(&library.features) {
        cmd!(
            workspace.sh,
            "cargo clippy --locked --package {PACKAGE} {set...} -- -D warnings"
        )
        .run()?;
    }
    // The language server alone.
    cmd!(
        workspace.sh,
        "cargo clippy --locked --package provable-server --all-targets --no-default-features -- -D warnings"
    )
    .run()?;
    Ok(())
}

/// The arguments of cargo for no feature, each alone, the default ones and all.
pub fn sets(features: &[String]) -> Vec<Vec<&str>> {
    let alone = features.iter().filter(|feature| *feature != "default");
    let alone = alone.map(|feature| vec!["--no-default-features", "--features", feature]);
    [vec!["--no-default-features"]]
        .into_iter()
        .chain(alone)
        .chain([vec![], vec!["--all-features"]])
        .collect()
}
