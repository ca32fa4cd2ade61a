//! Partial files: files that are still being written. Their names, and the sweep that removes those of killed processes.

use super::regular_file;
use provable_host::fs::{self, DirEntry};
use provable_host::temporary::{Builder, NamedTempFile};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

/// Prefix and suffix of the names of anonymous partial files.
pub(super) const ANONYMOUS: (&str, &str) = (".provable-", ".partial");
/// Suffix of the names of named partial files.
const NAMED: &str = ".part";

/// How a partial file is named, and which lock says that it is still being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// `.provable-RANDOM.partial`, in any folder. The writer holds a lock on the partial file itself.
    Anonymous,
    /// `NAME.RANDOM.part`, in the key store, where the user can see which files are unfinished. The writer holds a lock
    /// file (see `lock_file.rs`).
    Named,
}

/// Who may read a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilePermissions {
    /// Everyone who may read any new file of this user.
    New,
    /// Everyone who may read the file that is replaced. If there is none, as for [`FilePermissions::New`].
    Inherited,
    /// The owner alone, whatever the permissions were before.
    OwnerOnly,
}

/// The folder that contains a path.
pub fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// A new partial file for the file at `path`. An anonymous one is locked.
pub(super) fn create(
    path: &Path,
    naming: Naming,
    permissions: FilePermissions,
) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    let mut prefix = path.file_name().unwrap_or_default().to_os_string();
    prefix.push(".");
    match naming {
        Naming::Anonymous => builder.prefix(ANONYMOUS.0).suffix(ANONYMOUS.1),
        Naming::Named => builder.prefix(&prefix).suffix(NAMED),
    };
    if let Some(permissions) = mode(permissions) {
        builder.permissions(permissions);
    }
    let folder = folder_of(path);
    loop {
        let file = builder.tempfile_in(&folder)?;
        // On a file system without locks, no file is swept either.
        let is_locked = naming == Naming::Anonymous && file.as_file().lock().is_ok();
        // Another process may have swept the file before it was locked.
        if !is_locked || fs::is_there(file.path()) {
            return Ok(file);
        }
    }
}

#[cfg(unix)]
fn mode(permissions: FilePermissions) -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(fs::Permissions::from_mode(match permissions {
        FilePermissions::OwnerOnly => 0o600,
        // The system applies the user's mask to these.
        FilePermissions::New | FilePermissions::Inherited => 0o666,
    }))
}

#[cfg(not(unix))]
fn mode(_: FilePermissions) -> Option<fs::Permissions> {
    None
}

/// Whether a name is that of an anonymous partial file. Such a file is removed by a later sweep.
pub fn is_partial(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(ANONYMOUS.0.as_bytes()) && name.ends_with(ANONYMOUS.1.as_bytes())
}

/// The partial files that a sweep removes.
#[derive(Clone, Copy)]
pub enum Leftovers<'a> {
    /// Anonymous partial files on which no process holds a lock.
    Unlocked,
    /// The partial files of files with these names. The caller holds the lock file of these names, so no process writes
    /// them.
    Of(&'a dyn Fn(&str) -> bool),
}

/// Removes partial files of killed processes: they may contain secrets, or many megabytes. A file that cannot be
/// removed is no error: the next sweep tries again.
pub fn sweep(folder: &Path, leftovers: Leftovers<'_>) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        match leftovers {
            Leftovers::Unlocked if is_partial(&entry.file_name()) => remove_unlocked(&entry.path()),
            Leftovers::Of(wanted) if named_for(&entry).is_some_and(|name| wanted(&name)) => {
                let _ = fs::remove_file(entry.path());
            }
            _ => {}
        }
    }
}

/// Removes a partial file unless a process holds its lock. This function holds the lock until the file is removed. So a
/// process that has just made the file notices that it is gone.
fn remove_unlocked(path: &Path) {
    let file = regular_file::open_itself(path).ok();
    if file.as_ref().is_some_and(|file| file.try_lock().is_ok()) {
        let _ = fs::remove_file(path);
    }
}

/// The named partial files in a folder, each with the name of the file that it was to become. Some may still be
/// written.
pub fn named_partial_files(folder: &Path) -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| Some((entry.path(), named_for(&entry)?)));
    named.collect()
}

/// The name of the file that a named partial file was to become.
fn named_for(entry: &DirEntry) -> Option<String> {
    let name = entry.file_name();
    let (final_name, _) = name.to_str()?.strip_suffix(NAMED)?.rsplit_once('.')?;
    Some(final_name.to_owned())
}
