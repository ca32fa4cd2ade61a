//! `cargo xtask editors`: every client and grammar with one server, each in the real editor.
//!
//! All together have a home of their own, a log and a time limit each; one that is named runs as it is, in the
//! foreground.

mod tree_sitter;
mod vscode_checks;
mod vscode_web;

#[cfg(test)]
pub use tree_sitter::generated_by;

use crate::debian;
use crate::workspace::{Workspace, existing_binary};
use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use xshell::cmd;

/// How many seconds a part may take before it is ended.
const LIMIT: &str = "900";

#[derive(clap::Args)]
pub struct Args {
    /// The part to test; without it, all of them
    name: Option<Part>,
    /// The command `provable` to test with; without it, it is built unoptimised
    #[arg(long)]
    binary: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Part {
    TreeSitter,
    Neovim,
    Helix,
    Emacs,
    /// The extension's types, lints, unit tests and packaging
    VscodeChecks,
    /// The extension in the editor, served to a browser
    Vscode,
    /// The extension in VS Code for the Web, where the server is WebAssembly
    VscodeWeb,
}

impl Part {
    fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn needs_binary(self) -> bool {
        !matches!(
            self,
            Self::TreeSitter | Self::VscodeChecks | Self::VscodeWeb
        )
    }
}

/// What a command is in; the last three are for the parts of the VS Code server that npm compiles.
const SYSTEM: [(&str, &str); 7] = [
    ("chromium", "chromium"),
    (
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "fonts-dejavu-core",
    ),
    ("tmux", "tmux"),
    ("cc", "gcc"),
    ("g++", "g++"),
    ("make", "make"),
    ("python3", "python3"),
];

pub fn run(workspace: &Workspace, args: &Args) -> Result<()> {
    let binary = match &args.binary {
        Some(file) => Some(existing_binary(file)?),
        None if args.name.is_none_or(Part::needs_binary) => Some(workspace.debug_binary()?),
        None => None,
    };
    match (args.name, binary) {
        (None, Some(binary)) => all(workspace, &binary),
        (Some(part), binary) => one(workspace, part, binary.as_deref()),
        (None, None) => bail!("all parts need a binary"),
    }
}

/// One part, in the foreground.
fn one(workspace: &Workspace, part: Part, binary: Option<&Path>) -> Result<()> {
    let script = match part {
        Part::TreeSitter => return tree_sitter::run(workspace),
        Part::VscodeChecks => return vscode_checks::run(workspace),
        Part::VscodeWeb => return vscode_web::run(workspace),
        Part::Neovim => "editors/nvim/test.sh",
        Part::Helix => "editors/helix/test.sh",
        Part::Emacs => "editors/emacs/test.sh",
        Part::Vscode => "editors/vscode/test.sh",
    };
    // An editor is started as a user starts it: without what cargo sets for the programs that it runs.
    cmd!(workspace.sh, "{script}")
        .args(binary)
        .env_remove("CARGO_HOME")
        .env_remove("LD_LIBRARY_PATH")
        .run()?;
    Ok(())
}

/// Every part, one after the other. The packages that are missing are installed where this may be done, and an editor
/// that cannot be had is a failure. Nothing of the user's own configuration is read or written, but for npm's.
pub fn all(workspace: &Workspace, binary: &Path) -> Result<()> {
    let sh = &workspace.sh;
    debian::install(sh, &debian::missing(sh, &SYSTEM))?;
    if !debian::has(sh, "npm") {
        bail!("the VS Code extension needs Node 20.19 or later with npm: https://nodejs.org");
    }
    let cache = workspace.root.join(".cache");
    let logs = cache.join("logs");
    fs::create_dir_all(&logs)?;
    // Keys that an earlier version made are no use to this one.
    sh.remove_path(cache.join("keys"))?;

    let home = tempfile::tempdir()?;
    let mut failed = Vec::new();
    for part in Part::value_variants() {
        let name = part.name();
        let log = logs.join(format!("{name}.log"));
        let started = Instant::now();
        let passed = in_home(workspace, home.path(), &name, binary, &log)?;
        let seconds = started.elapsed().as_secs();
        let text = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
        if passed {
            eprintln!("{name:<20} passed in {seconds:4} s");
            for line in text.lines().filter(|line| line.starts_with("REPORT")) {
                eprintln!("{line}");
            }
            fs::remove_file(&log)?;
        } else {
            let lines: Vec<&str> = text.lines().collect();
            let end = lines
                .get(lines.len().saturating_sub(30)..)
                .unwrap_or_default();
            eprintln!(
                "{name:<20} FAILED after {seconds} s; its log is {}, and ends in:\n{}",
                log.display(),
                end.join("\n")
            );
            failed.push(name);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!(
        "failed: {}; to see one alone: cargo xtask editors {}",
        failed.join(", "),
        failed.first().map_or("", String::as_str)
    )
}

/// Whether a part passed, run as `cargo xtask editors NAME` with a home of its own. A part that hangs fails.
fn in_home(
    workspace: &Workspace,
    home: &Path,
    part: &str,
    binary: &Path,
    log: &Path,
) -> Result<bool> {
    let output = File::create(log)?;
    let mut command = Command::new("timeout");
    command
        .args(["--kill-after=10", LIMIT])
        .arg(std::env::current_exe()?)
        .args(["editors", part, "--binary"])
        .arg(binary)
        .env("HOME", home)
        .env("npm_config_cache", workspace.root.join(".cache/npm"))
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output);
    for (variable, folder) in [
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
    ] {
        command.env(variable, home.join(folder));
    }
    // What is found by the user's home otherwise, and is needed to get packages and to ask cargo.
    if let Some(user) = std::env::home_dir() {
        for (variable, place) in [
            ("npm_config_userconfig", ".npmrc"),
            ("CARGO_HOME", ".cargo"),
            ("RUSTUP_HOME", ".rustup"),
        ] {
            if std::env::var_os(variable).is_none() {
                command.env(variable, user.join(place));
            }
        }
    }
    let status = command.status().context("there is no command `timeout`")?;
    Ok(status.success())
}
