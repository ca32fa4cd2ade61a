//! Lock files of the key store: `NAME.lock` prevents two processes from writing one key at the same time.

use super::regular_file;
use provable_host::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

fn path_of(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.lock"))
}

/// Waits until no other process holds this name's lock, and takes it. Dropping the file releases it.
pub(crate) fn lock(folder: &Path, name: &str) -> io::Result<File> {
    let lock = open(&path_of(folder, name))?;
    lock.lock().map(|()| lock)
}

/// Takes this name's lock if no process holds it. Then no process writes a file of this name.
pub(crate) fn try_lock(folder: &Path, name: &str) -> Option<File> {
    let lock = open(&path_of(folder, name)).ok()?;
    lock.try_lock().is_ok().then_some(lock)
}

/// Whether a process holds this name's lock. Does not create a lock file.
pub(crate) fn is_locked(folder: &Path, name: &str) -> bool {
    let lock = regular_file::open(&path_of(folder, name));
    lock.is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// A lock file of another user can be read but not written. It can be locked all the same.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    let open = options.read(true).write(true).create(true).truncate(false);
    match regular_file::open_with(open, path) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            regular_file::open(path).map_err(|_| error)
        }
        opened => opened,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_held_until_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_locked(folder.path(), "118"));
        assert!(!path_of(folder.path(), "118").exists());
        let held = lock(folder.path(), "118").unwrap();
        assert!(is_locked(folder.path(), "118"));
        assert!(try_lock(folder.path(), "118").is_none());
        assert!(try_lock(folder.path(), "247").is_some());
        drop(held);
        assert!(!is_locked(folder.path(), "118"));
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_file_that_cannot_be_written_can_be_locked() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        drop(lock(folder.path(), "118").unwrap());
        let path = path_of(folder.path(), "118");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
        lock(folder.path(), "118").unwrap();
        assert!(try_lock(folder.path(), "118").is_some());
    }
}
