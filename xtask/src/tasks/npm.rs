//! `cargo xtask npm`: the npm package `provable-verify`, built and tested in Node.js, packed, and in Chromium.

use crate::debian;
use crate::tasks::wasm::report;
use crate::wasm::{self, VERIFIER};
use crate::workspace::{Workspace, existing_binary};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::{Path, PathBuf};
use xshell::cmd;

/// The package's folder.
const FOLDER: &str = "packages/provable-verify";

#[derive(clap::Args)]
pub struct Args {
    /// The command `provable` that makes the proofs; without it, it is built unoptimised
    #[arg(long)]
    binary: Option<PathBuf>,
    /// Build the package, and test nothing
    #[arg(long)]
    build: bool,
}

pub fn run(workspace: &Workspace, args: &Args) -> Result<()> {
    if args.build {
        return build(workspace);
    }
    let binary = match &args.binary {
        Some(file) => existing_binary(file)?,
        None => workspace.debug_binary()?,
    };
    test(workspace, &binary)
}

/// Builds the package into its folder `dist`.
pub fn build(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.sh;
    if !debian::has(sh, "npm") {
        bail!("{FOLDER} needs Node 18 or later with npm: https://nodejs.org");
    }
    same_version(workspace)?;
    let module = wasm::build(workspace, &VERIFIER)?;
    report(&module)?;
    let _folder = sh.push_dir(FOLDER);
    cmd!(sh, "npm ci --no-audit --no-fund").run()?;
    cmd!(sh, "node build.mjs {module}").run()?;
    Ok(())
}

/// Builds the package, and tests it with keys and proofs that this command makes.
pub fn test(workspace: &Workspace, binary: &Path) -> Result<()> {
    build(workspace)?;
    let sh = &workspace.sh;
    debian::install(sh, &debian::missing(sh, &[("chromium", "chromium")]))?;
    let folder = tempfile::tempdir()?;
    let material = folder.path().join("material.json");
    let _folder = sh.push_dir(FOLDER);
    cmd!(sh, "node test/material.mjs {binary} {material}").run()?;
    cmd!(sh, "npm test").env("MATERIAL", &material).run()?;
    Ok(())
}

/// That the package has the version of the library in it.
fn same_version(workspace: &Workspace) -> Result<()> {
    let file = format!("{FOLDER}/package.json");
    let manifest: Value = serde_json::from_str(&workspace.sh.read_file(&file)?)?;
    let version = manifest["version"].as_str();
    let version = version.with_context(|| format!("{file} has no version"))?;
    let expected = workspace.version()?;
    if version != expected {
        bail!(
            "{file} has version {version}, and the workspace {expected}: set it, and run npm install there"
        );
    }
    Ok(())
}
