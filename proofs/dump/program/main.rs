//! Writes Coq files in which the proof in `proofs/` is compared with this code: `provable-dump FOLDER`. Prints the files' names,
//! one a line.

mod circuits;
mod coverage;
mod encodings;
mod fusions;
mod operations;
mod random;
mod runs;
mod statements;
mod text;
mod tiers;
mod wiring;
mod witness;

use anyhow::{Context, Result};
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.context("usage: provable-dump FOLDER")?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let files = circuits::files()?.into_iter().chain([
        tiers::file()?,
        operations::file()?,
        runs::file()?,
        encodings::file()?,
        fusions::file()?,
        statements::file()?,
        witness::file()?,
    ]);
    for (name, text) in files {
        let name = format!("{name}.v");
        let file = folder.join(&name);
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        writeln!(io::stdout(), "{name}")?;
    }
    Ok(())
}
