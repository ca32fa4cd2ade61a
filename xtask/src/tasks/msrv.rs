//! `cargo xtask msrv`: the minimum supported Rust version, `rust-version` in `Cargo.toml`.

use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

pub fn run(workspace: &Workspace) -> Result<()> {
    let claimed = claimed(workspace)?;
    agrees(&workspace.sh.read_file("rust-toolchain.toml")?, &claimed)?;
    if let Err(reason) = install(&workspace.sh, &claimed) {
        eprintln!(
            "REPORT: the workspace is not checked with Rust {claimed}, which cannot be had: {reason}"
        );
        return Ok(());
    }
    // Not the tests: whoever embeds the library or installs the command does not build them.
    cmd!(
        workspace.sh,
        "rustup run {claimed} cargo check --workspace --locked"
    )
    .run()?;
    Ok(())
}

/// The version that every package claims.
fn claimed(workspace: &Workspace) -> Result<String> {
    let mut claims = workspace.packages.iter().map(|package| {
        let version = package.rust_version.clone();
        version.with_context(|| format!("{} has no rust-version", package.name))
    });
    let first = claims.next().context("the workspace has no packages")??;
    for claim in claims {
        let claim = claim?;
        if claim != first {
            bail!(
                "two packages claim different versions of Rust, {first} and {claim}: use rust-version.workspace = true"
            );
        }
    }
    Ok(first)
}

/// That `rust-toolchain.toml` chooses a compiler which may build the workspace: stable, or a version not older than
/// the one that is claimed.
pub fn agrees(toolchain: &str, claimed: &str) -> Result<()> {
    let channel = toolchain
        .lines()
        .find_map(|line| line.strip_prefix("channel = \"")?.strip_suffix('"'))
        .context("rust-toolchain.toml names no channel")?;
    let numbers = |version: &str| {
        version
            .split('.')
            .map(|part| part.parse().ok())
            .collect::<Option<Vec<u32>>>()
    };
    let claim = numbers(claimed).with_context(|| format!("rust-version is {claimed}"))?;
    if channel == "stable" || numbers(channel).is_some_and(|chosen| chosen >= claim) {
        return Ok(());
    }
    bail!("rust-toolchain.toml chooses {channel}, and Cargo.toml claims rust-version {claimed}")
}

/// The toolchain is there afterwards. The error says why not.
fn install(sh: &Shell, version: &str) -> Result<(), String> {
    let there = cmd!(sh, "rustup run {version} cargo --version").quiet();
    if there.ignore_stdout().ignore_stderr().run().is_ok() {
        return Ok(());
    }
    let install = cmd!(
        sh,
        "rustup toolchain install {version} --profile minimal --no-self-update"
    );
    install.run().map_err(|error| error.to_string())
}
