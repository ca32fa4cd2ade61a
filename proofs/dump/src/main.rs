//! Writes Coq files in which the proof in `proofs/` is compared with this code: `provable-dump FOLDER`.

mod circuits;
mod programs;
mod random;
mod text;
mod witness;

use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.context("usage: provable-dump FOLDER")?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let files = circuits::files()?
        .into_iter()
        .chain(programs::files()?)
        .chain([witness::file()?]);
    for (name, text) in files {
        let file = folder.join(format!("{name}.v"));
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}
