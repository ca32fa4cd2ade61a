//! The system's packages that the tests of the editors need, on Debian and its relatives.

use anyhow::{Result, bail};
use std::path::Path;
use xshell::{Shell, cmd};

/// Installs packages where this may be done without a question: as root, or by a `sudo` that asks for no password.
pub fn install(sh: &Shell, packages: &[&str]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    if !has(sh, "apt-get") {
        bail!(
            "these packages are missing, and there is no apt-get to install them: {}",
            packages.join(" ")
        );
    }
    let as_root: &[&str] = if cmd!(sh, "id -u").quiet().read()? == "0" {
        &[]
    } else if cmd!(sh, "sudo -n true")
        .quiet()
        .ignore_stderr()
        .run()
        .is_ok()
    {
        &["sudo", "env"]
    } else {
        bail!(
            "packages are missing: sudo apt-get install {}",
            packages.join(" ")
        );
    };
    let root = || {
        cmd!(
            sh,
            "env {as_root...} DEBIAN_FRONTEND=noninteractive apt-get -qq"
        )
    };
    let install = || {
        root()
            .args(["install", "--yes", "--no-install-recommends"])
            .args(packages)
            .run()
    };
    // The lists of a fresh machine are empty or old.
    if install().is_err() {
        root().arg("update").run()?;
        install()?;
    }
    Ok(())
}

/// Whether a command is there.
pub fn has(sh: &Shell, command: &str) -> bool {
    let found = cmd!(sh, "sh -c").arg("command -v \"$0\"").arg(command);
    found.quiet().ignore_stdout().run().is_ok()
}

/// The packages of those listed whose command, or whose file when it begins with `/`, is missing.
pub fn missing<'a>(sh: &Shell, needed: &[(&str, &'a str)]) -> Vec<&'a str> {
    needed
        .iter()
        .filter(|(what, _)| {
            if what.starts_with('/') {
                !Path::new(what).exists()
            } else {
                !has(sh, what)
            }
        })
        .map(|(_, package)| *package)
        .collect()
}
