//! `cargo xtask package`: the crates as someone who embeds or installs them gets them.
//!
//! Cargo itself verifies a package against registries alone, and the crates here depend on each other and may not be
//! published by accident (`publish = false`). So the packages are made without verification, unpacked side by side,
//! and checked against each other. A file from outside its crate, or a dependency without a version, fails.

use crate::workspace::{Package, Workspace};
use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;
use std::fs::{self, File};
use tar::Archive;
use xshell::cmd;

/// The packages that nobody embeds or installs.
const INTERNAL: [&str; 7] = [
    "provable-dump",
    "provable-tests",
    "provable-verify-server",
    "provable-verify-wasm",
    "provable-wasm-abi",
    "provable-wasm-server",
    "xtask",
];

pub fn run(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.sh;
    let packages: Vec<&Package> = workspace
        .packages
        .iter()
        .filter(|package| !INTERNAL.contains(&&*package.name))
        .collect();
    let chosen = packages
        .iter()
        .flat_map(|package| ["--package", &*package.name]);
    // The working tree is what is tested, committed or not.
    cmd!(
        sh,
        "cargo package --locked --offline --no-verify --exclude-lockfile --allow-dirty"
    )
    .args(chosen)
    .run()?;

    let unpacked = workspace.target.join("package/unpacked");
    sh.remove_path(&unpacked)?;
    fs::create_dir_all(&unpacked)?;
    let mut members = Vec::new();
    let mut patches = String::new();
    for package in packages {
        let folder = format!("{}-{}", package.name, package.version);
        let file = workspace.target.join(format!("package/{folder}.crate"));
        let archive =
            File::open(&file).with_context(|| format!("{} is missing", file.display()))?;
        let mut archive = Archive::new(GzDecoder::new(archive));
        // Every package has the same times in it, by which cargo would take this one for the one before.
        archive.set_preserve_mtime(false);
        archive.unpack(&unpacked)?;
        for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
            if !unpacked.join(&folder).join(licence).is_file() {
                bail!(
                    "{} has no {licence}: copy the one in the root",
                    package.name
                );
            }
        }
        patches += &format!("{} = {{ path = \"{folder}\" }}\n", package.name);
        members.push(format!("{folder:?}"));
    }
    let members = members.join(", ");
    let manifest = format!(
        "[workspace]\nresolver = \"2\"\nmembers = [{members}]\n\n[patch.crates-io]\n{patches}"
    );
    fs::write(unpacked.join("Cargo.toml"), manifest)?;
    sh.copy_file("Cargo.lock", &unpacked)?;
    let target = &workspace.target;
    let profiles = workspace.same_profiles()?;
    let _folder = sh.push_dir(&unpacked);
    // Not locked: the lock file names packages that are not here.
    cmd!(
        sh,
        "cargo check --workspace --offline --target-dir {target} {profiles...}"
    )
    .run()?;
    Ok(())
}
