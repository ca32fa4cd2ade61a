//! A compiler that builds for wasm32-unknown-unknown, the first that is found of these:
//!
//! 1. the toolchain of this workspace, if it has the target's standard library. For threads it builds that library anew, from the
//!    component `rust-src`, because the one that is shipped has no atomics;
//! 2. Debian's packages, in `.cache/wasm-toolchain`, if they lie there;
//! 3. the toolchain of this workspace, to which `rustup` adds what is missing;
//! 4. Debian 12's packages, which are put into `.cache/wasm-toolchain`. Nothing is installed in the system.
//!
//! `RUSTC_BOOTSTRAP=1` lets a stable compiler build its own standard library, which cargo still calls unstable. It changes nothing
//! else: the workspace's crates ask for no unstable feature.

use super::target::{TARGET, Threads};
use super::{c_compiler, debian_folder};
use crate::debian;
use crate::limit::run_within;
use crate::workspace::Workspace;
use anyhow::{Result, bail};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use xshell::{Cmd, cmd};

/// How long `rustup` may take. Without a way to its server it waits for minutes.
const RUSTUP_LIMIT: Duration = Duration::from_secs(20);

/// A compiler, with what it needs around it.
#[derive(Debug)]
pub struct Toolchain {
    /// The cargo to call.
    pub cargo: PathBuf,
    /// Whether it builds the standard library too.
    pub builds_std: bool,
    /// Its environment.
    environment: Vec<(String, OsString)>,
}

impl Toolchain {
    /// The first toolchain that is there, or can be had.
    pub fn find(workspace: &Workspace, threads: Threads) -> Result<Self> {
        if let Some(own) = Self::own(workspace, threads)? {
            return Ok(own);
        }
        if let Some(folder) = debian_folder::complete(workspace) {
            return Self::of_debian(&folder, threads);
        }
        if add_by_rustup(workspace, threads)?
            && let Some(own) = Self::own(workspace, threads)?
        {
            return Ok(own);
        }
        if let Some(folder) = debian_folder::fill(workspace)? {
            return Self::of_debian(&folder, threads);
        }
        bail!(
            "this toolchain does not build for {TARGET}: rustup target add {TARGET}{}; or on Debian 12 with its \
             security updates let this task put {} into .cache/wasm-toolchain",
            match threads {
                Threads::No => "",
                Threads::Yes => " && rustup component add rust-src",
            },
            debian_folder::PACKAGES.join(" ")
        )
    }

    /// The workspace's own toolchain, if it has what such a build needs.
    fn own(workspace: &Workspace, threads: Threads) -> Result<Option<Self>> {
        let sh = &workspace.sh;
        let ask = cmd!(sh, "rustc --print target-libdir --target {TARGET}");
        let Ok(library) = ask.quiet().ignore_stderr().read() else {
            return Ok(None);
        };
        let is_std = |entry: std::io::Result<std::fs::DirEntry>| {
            entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
        };
        let has_std = std::fs::read_dir(library).is_ok_and(|mut files| files.any(is_std));
        let sysroot = cmd!(sh, "rustc --print sysroot").quiet().read()?;
        let sources = Path::new(&sysroot).join("lib/rustlib/src/rust/library/Cargo.lock");
        let builds_std = threads == Threads::Yes;
        if !has_std || builds_std && !sources.is_file() {
            return Ok(None);
        }
        let compiler = match c_compiler::found(sh)? {
            Some(compiler) => compiler,
            None => match debian_folder::fill(workspace)? {
                Some(folder) => debian_folder::c_compiler(&folder),
                None => bail!(
                    "there is no C compiler for {TARGET}, which the arithmetic of `blst` needs: install clang, or name one in \
                     CC_{}",
                    TARGET.replace('-', "_")
                ),
            },
        };
        let mut environment = compiler.environment(threads);
        if builds_std {
            environment.push(("RUSTC_BOOTSTRAP".to_owned(), "1".into()));
        }
        Ok(Some(Self {
            cargo: "cargo".into(),
            builds_std,
            environment,
        }))
    }

    /// The toolchain of Debian's packages in a private folder. It comes with sources alone of the standard library.
    fn of_debian(folder: &Path, threads: Threads) -> Result<Self> {
        let mut environment = debian_folder::c_compiler(folder).environment(threads);
        environment.extend(debian_folder::environment(folder)?);
        environment.push(("RUSTC_BOOTSTRAP".to_owned(), "1".into()));
        Ok(Self {
            cargo: debian_folder::cargo(folder),
            builds_std: true,
            environment,
        })
    }

    /// A command that runs with this toolchain.
    pub fn applied_to<'a>(&self, command: Cmd<'a>) -> Cmd<'a> {
        // Either variable would replace the flags of `.cargo/config.toml`.
        let command = command
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS");
        let environment = self.environment.iter();
        environment.fold(command, |command, (name, value)| command.env(name, value))
    }
}

/// Has `rustup` add what is missing. Whether it did.
fn add_by_rustup(workspace: &Workspace, threads: Threads) -> Result<bool> {
    if !debian::has(&workspace.sh, "rustup") {
        return Ok(false);
    }
    let target = ["target", "add", TARGET].as_slice();
    let sources = ["component", "add", "rust-src"].as_slice();
    let parts = match threads {
        Threads::No => vec![target],
        Threads::Yes => vec![target, sources],
    };
    for part in parts {
        eprintln!("$ rustup {}", part.join(" "));
        let mut command = Command::new("rustup");
        command.args(part).current_dir(&workspace.root);
        command.stdin(Stdio::null());
        match run_within(RUSTUP_LIMIT, command)? {
            Some(status) if status.success() => {}
            Some(_) => return Ok(false),
            None => {
                eprintln!("rustup did not answer within {} s", RUSTUP_LIMIT.as_secs());
                return Ok(false);
            }
        }
    }
    Ok(true)
}
