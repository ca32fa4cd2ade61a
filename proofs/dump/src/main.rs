//! Writes Coq files in which the proof in `proofs/` is compared with this code: `provable-dump FOLDER`.

mod circuits;

use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.context("usage: provable-dump FOLDER")?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for (name, text) in circuits::files()? {
        let file = folder.join(format!("{name}.v"));
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}
