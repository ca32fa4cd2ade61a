//! `cargo xtask evm`: contracts that the command exports are run in two implementations of the EVM. See `tests/evm`.

use crate::beside::Beside;
use crate::debian;
use crate::workspace::{Workspace, existing_binary};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;
use xshell::cmd;

#[derive(clap::Args)]
pub struct Args {
    /// Run only the checks whose names have this part
    part: Option<String>,
    /// The command `provable` to test; without it, it is built unoptimised
    #[arg(long)]
    binary: Option<PathBuf>,
    /// Measure gas, and write the tables of docs/ethereum.md, in place of the checks
    #[arg(long, conflicts_with = "part")]
    gas: bool,
}

pub fn run(workspace: &Workspace, args: &Args) -> Result<()> {
    let sh = &workspace.sh;
    if !debian::has(sh, "npm") {
        bail!("the checks of contracts need Node 20.19 or later with npm: https://nodejs.org");
    }
    let binary = match &args.binary {
        Some(file) => existing_binary(file)?,
        None => workspace.debug_binary()?,
    };
    if args.gas {
        install(workspace)?;
        let _folder = sh.push_dir("tests/evm");
        cmd!(sh, "node gas.mjs {binary}").run()?;
        return Ok(());
    }
    check(workspace, &binary, args.part.as_deref())
}

/// Runs the contracts that this command exports.
pub fn check(workspace: &Workspace, binary: &Path, part: Option<&str>) -> Result<()> {
    install(workspace)?;
    let sh = &workspace.sh;
    let _folder = sh.push_dir("tests/evm");
    cmd!(sh, "node evm.mjs {binary} {part...}").run()?;
    Ok(())
}

/// Runs them beside other tasks.
pub fn beside(workspace: &Workspace, binary: &Path) -> Result<Beside> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["evm", "--binary"]).arg(binary);
    command.current_dir(&workspace.root);
    Beside::start("evm", command, &workspace.root.join(".cache/logs"))
}

/// Installs the machines and the compiler.
pub fn install(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.sh;
    let _folder = sh.push_dir("tests/evm");
    cmd!(sh, "npm ci --no-audit --no-fund --ignore-scripts").run()?;
    // npm leaves out the machine's native part under Node 20, for which it is not declared; it works there too.
    if let Some(native) = native() {
        let package = format!("@nomicfoundation/edr-{native}@{EDR}");
        cmd!(
            sh,
            "npm install --no-save --force --no-audit --no-fund --ignore-scripts {package}"
        )
        .run()?;
    }
    Ok(())
}

/// The version of EDR in `tests/evm/package.json`.
const EDR: &str = "0.22.0";

/// How EDR calls the platform, where it is one that is known here.
fn native() -> Option<&'static str> {
    Some(match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "linux-x64-gnu",
        ("linux", "aarch64") => "linux-arm64-gnu",
        ("macos", "x86_64") => "darwin-x64",
        ("macos", "aarch64") => "darwin-arm64",
        _ => return None,
    })
}
