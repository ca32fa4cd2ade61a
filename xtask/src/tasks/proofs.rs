//! `cargo xtask proofs`: checks the proof of soundness with Coq, and that it is about this code. See `docs/soundness.md`.

use crate::debian;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use xshell::{Shell, cmd};

/// Commands, and the packages of Debian that have them.
const NEEDED: [(&str, &str); 2] = [("coqc", "coq"), ("make", "make")];
/// What Coq says of a theorem that rests on no axiom.
const CLOSED: &str = "Closed under the global context";
/// The file that prints what the theorems rest on. It is compiled last, for its output is read.
const ASSUMPTIONS: &str = "Assumptions.v";
/// Files that the comparison has at least: fewer would mean that something is not compared.
const COMPARISONS: usize = 15;

pub fn run(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.sh;
    debian::install(sh, &debian::missing(sh, &NEEDED))?;
    let proofs = workspace.root.join("proofs");
    let files: Vec<String> = sources(&proofs)?
        .into_iter()
        .filter(|name| name != ASSUMPTIONS)
        .collect();
    remove_compiled_without_source(&proofs)?;
    make(sh, &proofs, &["-R", ".", "ProvableVM"], &files)?;
    assumptions(sh, &proofs)?;

    // From nothing, so that no file of an earlier version is left.
    let dumped = workspace.target.join("proofs");
    sh.remove_path(&dumped)?;
    cmd!(
        sh,
        "cargo run --locked --quiet --package provable-dump -- {dumped}"
    )
    .ignore_stdout()
    .run()?;
    let files = sources(&dumped)?;
    if files.len() < COMPARISONS {
        bail!("only {} comparisons with the code are made", files.len());
    }
    let library = proofs.display().to_string();
    let mapped = ["-R", &library, "ProvableVM", "-R", ".", "Dumped"];
    make(sh, &dumped, &mapped, &files)
}

/// The Coq files of a folder, in alphabetical order.
fn sources(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let name = name.to_str().context("a file's name is no text")?;
        if name.ends_with(".v") {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// A compiled file whose source is gone would still be found by others.
fn remove_compiled_without_source(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "vo")
            && !path.with_extension("v").exists()
        {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Checks files of a folder, those first that others need.
fn make(sh: &Shell, folder: &Path, mapped: &[&str], files: &[String]) -> Result<()> {
    let _folder = sh.push_dir(folder);
    let jobs = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .to_string();
    cmd!(sh, "coq_makefile {mapped...} {files...} -o Makefile.coq")
        .quiet()
        .run()?;
    cmd!(sh, "make --no-print-directory -f Makefile.coq -j {jobs}").run()?;
    Ok(())
}

/// Refuses a theorem that rests on an axiom.
fn assumptions(sh: &Shell, proofs: &Path) -> Result<()> {
    let _folder = sh.push_dir(proofs);
    let asked = fs::read_to_string(proofs.join(ASSUMPTIONS))?
        .matches("Print Assumptions")
        .count();
    let answer = cmd!(sh, "coqc -q -R . ProvableVM {ASSUMPTIONS}").read()?;
    if asked == 0 || answer.matches(CLOSED).count() != asked {
        bail!("a theorem of proofs/{ASSUMPTIONS} rests on an axiom:\n{answer}");
    }
    Ok(())
}
