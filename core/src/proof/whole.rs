//! Files that appear whole or not at all, whoever is killed while writing them.

use super::error::KeyError;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// How the names of files end that are being written.
const PART: &str = ".part";

/// Waits until no other process holds this name's lock, and keeps others waiting until the file is dropped.
pub(super) fn lock(folder: &Path, name: &str) -> Result<File, KeyError> {
    let path = folder.join(format!("{name}.lock"));
    let lock = File::create(&path).map_err(io(&path))?;
    lock.lock().map_err(io(&path))?;
    Ok(lock)
}

/// A file beside `path`, to be moved there. Dropped, it is removed; a process that is killed leaves it behind.
pub(super) fn temporary(path: &Path) -> Result<NamedTempFile, KeyError> {
    let mut prefix = path.file_name().unwrap_or_default().to_os_string();
    prefix.push(".");
    tempfile::Builder::new()
        .prefix(&prefix)
        .suffix(PART)
        .tempfile_in(path.parent().unwrap_or(Path::new(".")))
        .map_err(io(path))
}

/// Removes what killed processes left of files whose names are `wanted`. Only under their lock: another process may
/// be writing one. What cannot be removed is no reason to fail: the next sweep tries again.
pub(super) fn sweep(folder: &Path, wanted: impl Fn(&str) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let whole = name.to_str().and_then(|name| name.strip_suffix(PART));
        let whole = whole.and_then(|name| name.rsplit_once('.'));
        if whole.is_some_and(|(whole, _)| wanted(whole)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Writes a file beside its place and moves it there.
pub(super) fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&File>) -> std::io::Result<()>,
) -> Result<(), KeyError> {
    let temporary = temporary(path)?;
    let mut writer = BufWriter::with_capacity(1 << 20, temporary.as_file());
    write(&mut writer).map_err(io(path))?;
    writer.flush().map_err(io(path))?;
    drop(writer);
    temporary.as_file().sync_all().map_err(io(path))?;
    temporary
        .persist(path)
        .map_err(|error| io(path)(error.error))?;
    Ok(())
}

/// What failed at this path.
pub(super) fn io(path: &Path) -> impl Fn(std::io::Error) -> KeyError + '_ {
    move |source| KeyError::Io {
        path: path.display().to_string(),
        source,
    }
}
