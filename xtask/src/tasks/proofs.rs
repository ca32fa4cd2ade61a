//! `cargo xtask proofs`: checks the proof of soundness with Coq, and that it is about this code. See `docs/soundness.md`.

use crate::debian;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use xshell::cmd;

/// Commands, and the packages of Debian that have them.
const NEEDED: [(&str, &str); 2] = [("coqc", "coq"), ("make", "make")];
/// What Coq says of a theorem that rests on no axiom.
const CLOSED: &str = "Closed under the global context";

pub fn run(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.sh;
    debian::install(sh, &debian::missing(sh, &NEEDED))?;
    let proofs = workspace.root.join("proofs");
    build(workspace, &proofs)?;
    assumptions(workspace, &proofs)?;

    let dumped = workspace.target.join("proofs");
    sh.remove_path(&dumped)?;
    cmd!(sh, "cargo run --locked --quiet --package provable-dump -- {dumped}").run()?;
    let mut project = format!("-R {} ProvableVM\n-R . Dumped\n", proofs.display());
    for entry in fs::read_dir(&dumped)? {
        let name = entry?.file_name();
        let name = name.to_str().context("a file's name")?;
        project.push_str(&format!("{name}\n"));
    }
    fs::write(dumped.join("_CoqProject"), project)?;
    build(workspace, &dumped)
}

/// Checks the files of a folder's `_CoqProject`.
fn build(workspace: &Workspace, folder: &Path) -> Result<()> {
    let sh = &workspace.sh;
    let _folder = sh.push_dir(folder);
    let jobs = std::thread::available_parallelism().map_or(1, usize::from).to_string();
    cmd!(sh, "coq_makefile -f _CoqProject -o Makefile.coq").quiet().run()?;
    cmd!(sh, "make --no-print-directory -f Makefile.coq -j {jobs}").run()?;
    Ok(())
}

/// Refuses a theorem that rests on an axiom.
fn assumptions(workspace: &Workspace, proofs: &Path) -> Result<()> {
    let sh = &workspace.sh;
    let _folder = sh.push_dir(proofs);
    let text = cmd!(sh, "coqc -q -R . ProvableVM -o Assumptions.vo Assumptions.v").read()?;
    let theorems = fs::read_to_string(proofs.join("Assumptions.v"))?;
    let asked = theorems.matches("Print Assumptions").count();
    let closed = text.matches(CLOSED).count();
    if asked == 0 || asked != closed {
        bail!("a theorem of proofs/Assumptions.v rests on an axiom:\n{text}");
    }
    Ok(())
}
