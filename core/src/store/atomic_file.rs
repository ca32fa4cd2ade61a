//! Files that appear whole or not at all, whoever is killed while writing them.

use super::regular_file;
use crate::lang::quote;
use crate::proof::error::KeyError;
use std::fs::{self, File, TryLockError};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// How the names of files end that are being written.
const PART: &str = ".part";

/// Waits until no other process holds this name's lock, and keeps others waiting until the file is dropped.
pub(crate) fn lock(folder: &Path, name: &str) -> Result<File, KeyError> {
    let path = folder.join(format!("{name}.lock"));
    let lock = open_lock(&path).map_err(io(&path))?;
    lock.lock().map_err(io(&path))?;
    Ok(lock)
}

/// This name's lock, if no process holds it: then none writes a file of this name.
pub(crate) fn try_lock(folder: &Path, name: &str) -> Option<File> {
    let lock = open_lock(&folder.join(format!("{name}.lock"))).ok()?;
    lock.try_lock().is_ok().then_some(lock)
}

/// Whether a process holds this name's lock. Leaves no lock file where there was none.
pub(crate) fn is_locked(folder: &Path, name: &str) -> bool {
    let lock = regular_file::open(&folder.join(format!("{name}.lock")));
    lock.is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// A lock file that another user left can be read and not written, and serves as well.
fn open_lock(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    let open = options.read(true).write(true).create(true).truncate(false);
    match regular_file::open_with(open, path) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            regular_file::open(path).map_err(|_| error)
        }
        opened => opened,
    }
}

/// A file beside `path`, to be moved there. Dropped, it is removed; a process that is killed leaves it behind.
pub(crate) fn temporary(path: &Path) -> Result<NamedTempFile, KeyError> {
    let mut prefix = path.file_name().unwrap_or_default().to_os_string();
    prefix.push(".");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(PART);
    // Keys are no secrets: as with any new file, the user's mask says who may read them.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
        .tempfile_in(path.parent().unwrap_or(Path::new(".")))
        .map_err(io(path))
}

/// What is being written in a folder, or was when its process was killed: the file, and the name it was to have.
pub(crate) fn parts(folder: &Path) -> Vec<(PathBuf, String)> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let part = |entry: fs::DirEntry| {
        let name = entry.file_name();
        let (whole, _) = name.to_str()?.strip_suffix(PART)?.rsplit_once('.')?;
        Some((entry.path(), whole.to_owned()))
    };
    files.filter_map(part).collect()
}

/// Removes what killed processes left of files whose names are `wanted`. Only under their lock: another process may
/// be writing one. What cannot be removed is no reason to fail: the next sweep tries again.
pub(crate) fn sweep(folder: &Path, wanted: impl Fn(&str) -> bool) {
    for (path, whole) in parts(folder) {
        if wanted(&whole) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Writes a file beside its place and moves it there.
pub(crate) fn write_whole(
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
pub(crate) fn io(path: &Path) -> impl Fn(std::io::Error) -> KeyError + '_ {
    move |source| KeyError::Io {
        path: quote::path(path),
        source,
    }
}
