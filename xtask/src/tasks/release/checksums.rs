//! The hashes of all files of a release, as `sha256sum --check` reads them.

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::path::Path;

/// The file of the hashes.
const NAME: &str = "SHA256SUMS";

pub fn run(files: &Path) -> Result<()> {
    let mut names = Vec::new();
    for entry in fs::read_dir(files)? {
        let name = entry?.file_name();
        let name = name
            .to_str()
            .context("a file of the release has no name in Unicode")?;
        if name != NAME {
            names.push(name.to_owned());
        }
    }
    names.sort();
    let mut sums = String::new();
    for name in names {
        sums += &format!("{}  {name}\n", sha256(&files.join(&name))?);
    }
    fs::write(files.join(NAME), &sums)?;
    std::io::stdout().write_all(sums.as_bytes())?;
    Ok(())
}

/// A file's SHA-256, in hexadecimal.
pub fn sha256(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(hex::encode(Sha256::digest(bytes)))
}
