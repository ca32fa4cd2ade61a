//! The workspace as cargo describes it, and a shell in its root.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::{Path, PathBuf};
use xshell::{Shell, cmd};

/// A package of the workspace.
pub struct Package {
    pub name: String,
    pub version: String,
    /// The oldest compiler that the package claims to build with.
    pub rust_version: Option<String>,
    /// The names of its features, the optional dependencies that are features by themselves among them.
    pub features: Vec<String>,
}

/// What a task works in.
pub struct Workspace {
    /// Its current folder is the root. `cmd!` prints a command before it runs it, and an error names the command.
    pub sh: Shell,
    pub root: PathBuf,
    /// Where cargo builds: it follows `CARGO_TARGET_DIR` and the user's configuration.
    pub target: PathBuf,
    pub packages: Vec<Package>,
}

impl Workspace {
    /// Asks cargo for the workspace that this program was built in.
    pub fn open() -> Result<Self> {
        let root = root()?;
        let sh = Shell::new()?;
        sh.change_dir(&root);
        let metadata = cmd!(sh, "cargo metadata --no-deps --format-version 1 --locked")
            .quiet()
            .read()?;
        let metadata: Value = serde_json::from_str(&metadata)?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let packages = metadata["packages"]
            .as_array()
            .context("cargo metadata lists no packages")?
            .iter()
            .map(|package| {
                Some(Package {
                    name: text(&package["name"])?,
                    version: text(&package["version"])?,
                    rust_version: text(&package["rust_version"]),
                    features: package["features"].as_object()?.keys().cloned().collect(),
                })
            })
            .collect::<Option<Vec<_>>>()
            .context("cargo metadata describes a package without a name or a version")?;
        Ok(Self {
            sh,
            target: text(&metadata["target_directory"])
                .context("cargo metadata names no target folder")?
                .into(),
            root,
            packages,
        })
    }

    /// The version that the command and the library are released under.
    pub fn version(&self) -> Result<&str> {
        match self
            .packages
            .iter()
            .find(|package| package.name == "provable-server")
        {
            Some(server) => Ok(&server.version),
            None => bail!("the workspace has no package provable-server"),
        }
    }

    /// The command `provable` as `cargo build` leaves it, built unoptimised if need be.
    pub fn debug_binary(&self) -> Result<PathBuf> {
        cmd!(self.sh, "cargo build --locked --package provable-server").run()?;
        Ok(self.target.join("debug").join(binary_name()))
    }

    /// The command `provable`, optimised and without paths of this machine.
    pub fn release_binary(&self) -> Result<PathBuf> {
        let config = self.remapped()?;
        cmd!(
            self.sh,
            "cargo build --release --locked --package provable-server {config...}"
        )
        .run()?;
        Ok(self.target.join("release").join(binary_name()))
    }

    /// The arguments of cargo that keep this machine's paths out of a binary (`docs/supply-chain.md`). The script
    /// that makes them is a shell script because the installation from a clone needs it too; Windows has no use for it.
    pub fn remapped(&self) -> Result<Vec<String>> {
        if cfg!(windows) {
            return Ok(Vec::new());
        }
        let setting = cmd!(self.sh, "server/remapped.sh").quiet().read()?;
        Ok(vec!["--config".to_owned(), setting])
    }

    /// The settings for cargo under which the dependencies of another workspace (`fuzz`, unpacked packages) are the
    /// same as this one's, so that they are built once: the profiles of the root's `Cargo.toml`, in a file.
    pub fn same_profiles(&self) -> Result<Vec<String>> {
        let manifest = self.sh.read_file("Cargo.toml")?;
        let start = manifest
            .find("[profile.")
            .context("Cargo.toml has no profile")?;
        let file = self.target.join("xtask-profiles.toml");
        let profiles = manifest.get(start..).unwrap_or_default();
        self.sh.write_file(&file, profiles)?;
        Ok(vec!["--config".to_owned(), file.display().to_string()])
    }
}

/// The name of the command's file on this system.
pub fn binary_name() -> String {
    format!("provable{}", std::env::consts::EXE_SUFFIX)
}

/// The root of the repository.
pub fn root() -> Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    Ok(root.context("xtask lies in no workspace")?.to_owned())
}

/// The file, which must be a program that can be started, as an absolute path.
pub fn existing_binary(file: &Path) -> Result<PathBuf> {
    let file = std::path::absolute(file)?;
    if !file.is_file() {
        bail!(
            "there is no program {}: build one with cargo build",
            file.display()
        );
    }
    Ok(file)
}
