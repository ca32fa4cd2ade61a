//! Archives that are the same wherever and whenever they are made: of the same files, the same bytes.

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use flate2::{Compression, GzBuilder};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use tar::{Archive, Builder, Header};

/// One file of an archive.
pub struct Entry {
    /// Its path inside the archive's folder.
    pub name: String,
    pub bytes: Vec<u8>,
    pub executable: bool,
}

impl Entry {
    /// A file of the disk.
    pub fn read(name: &str, file: &Path, executable: bool) -> Result<Self> {
        let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
        Ok(Self {
            name: name.to_owned(),
            bytes,
            executable,
        })
    }
}

/// Writes the files, in one folder, as `.tar.gz`: by name, of no user, all of one time.
pub fn write(file: &Path, folder: &str, mut entries: Vec<Entry>) -> Result<()> {
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    let output =
        File::create(file).with_context(|| format!("{} cannot be made", file.display()))?;
    let gzip: GzEncoder<File> = GzBuilder::new().mtime(0).write(output, Compression::best());
    let mut archive = Builder::new(gzip);
    for entry in &entries {
        let mut header = Header::new_gnu();
        header.set_size(entry.bytes.len() as u64);
        header.set_mode(if entry.executable { 0o755 } else { 0o644 });
        // The first day that every archiver can write.
        header.set_mtime(315_532_800);
        header.set_uid(0);
        header.set_gid(0);
        archive.append_data(
            &mut header,
            format!("{folder}/{}", entry.name),
            &*entry.bytes,
        )?;
    }
    archive.into_inner()?.finish()?.flush()?;
    Ok(())
}

/// The bytes of one file of an archive.
pub fn read(file: &Path, name: &str) -> Result<Vec<u8>> {
    let opened = File::open(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let wanted = PathBuf::from(name);
    for entry in Archive::new(GzDecoder::new(opened)).entries()? {
        let mut entry = entry?;
        if entry.path()? == wanted {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
    }
    anyhow::bail!("{} holds no {name}", file.display())
}
