//! Files that appear whole or not at all. What is written goes to a partial file beside its place, which is moved there
//! once it is complete. A process that is killed leaves its partial file behind, and a later write removes that.

use super::regular_file;
use std::ffi::OsStr;
use std::fs::{self, DirEntry, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// How much is collected in memory before it is written, in bytes. A proving key has many megabytes.
const BUFFER: usize = 1 << 20;

/// How the names of anonymous partial files begin and end.
const ANONYMOUS: (&str, &str) = (".provable-", ".partial");
/// How the names of named partial files end.
const NAMED: &str = ".part";

/// How a partial file is named, and which lock tells that it is still being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// `.provable-RANDOM.partial`, in any folder. The writer holds a lock on the partial file itself.
    Anonymous,
    /// `NAME.RANDOM.part`, in the key store, where the user is shown what was cut short. The writer holds a lock file
    /// (see [`super::lock_file`]).
    Named,
}

/// Who may read a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilePermissions {
    /// Whoever may read any new file of this user.
    New,
    /// Whoever may read the file that is replaced; without one, as for [`FilePermissions::New`].
    Inherited,
    /// The owner alone, whatever was there before.
    OwnerOnly,
}

/// A file that is complete and not in its place yet. Dropped, it is removed.
pub struct AtomicFile {
    partial: NamedTempFile,
    path: PathBuf,
}

impl AtomicFile {
    /// Writes what is to be the file at `path`, and waits until the disk has it. `path` has no links: one at `path`
    /// itself would be replaced.
    ///
    /// # Errors
    /// When the file cannot be written, or `content` fails.
    pub fn prepare<T>(
        path: &Path,
        naming: Naming,
        permissions: FilePermissions,
        content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<T>,
    ) -> io::Result<(AtomicFile, T)> {
        if naming == Naming::Anonymous {
            sweep(&folder_of(path), Leftovers::Unlocked);
        }
        let mut partial = partial_file(path, naming, permissions)?;
        if let (FilePermissions::Inherited, Ok(former)) = (permissions, fs::metadata(path)) {
            partial.as_file().set_permissions(former.permissions())?;
        }
        let output: &mut dyn Write = &mut partial;
        let mut writer = BufWriter::with_capacity(BUFFER, output);
        let result = content(&mut writer)?;
        writer.flush()?;
        drop(writer);
        partial.as_file().sync_all()?;
        let path = path.to_path_buf();
        Ok((AtomicFile { partial, path }, result))
    }

    /// Moves the file to its place.
    ///
    /// # Errors
    /// When what is there cannot be replaced.
    pub fn persist(self) -> io::Result<()> {
        let moved = self.partial.persist(&self.path);
        moved.map(drop).map_err(|error| error.error)
    }
}

/// Writes a file: [`AtomicFile::prepare`], then [`AtomicFile::persist`].
///
/// # Errors
/// When the file cannot be written, or `content` fails. What was there stays then.
pub fn write<T>(
    path: &Path,
    naming: Naming,
    permissions: FilePermissions,
    content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<T>,
) -> io::Result<T> {
    let (file, result) = AtomicFile::prepare(path, naming, permissions, content)?;
    file.persist().map(|()| result)
}

/// Whether a file could be written at `path`: a partial one is made, and removed again.
///
/// # Errors
/// Why it could not.
pub fn try_write(path: &Path, naming: Naming) -> io::Result<()> {
    partial_file(path, naming, FilePermissions::OwnerOnly).map(drop)
}

/// The folder that a path is in.
pub fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// A new partial file of the file at `path`; an anonymous one is locked.
fn partial_file(
    path: &Path,
    naming: Naming,
    permissions: FilePermissions,
) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
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
        // On a file system without locks, nothing is swept either.
        let is_locked = naming == Naming::Anonymous && file.as_file().lock().is_ok();
        // Another process may have swept the file away before it was locked.
        if !is_locked || file.path().exists() {
            return Ok(file);
        }
    }
}

#[cfg(unix)]
fn mode(permissions: FilePermissions) -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(fs::Permissions::from_mode(match permissions {
        FilePermissions::OwnerOnly => 0o600,
        // The system takes the user's mask off these.
        FilePermissions::New | FilePermissions::Inherited => 0o666,
    }))
}

#[cfg(not(unix))]
fn mode(_: FilePermissions) -> Option<fs::Permissions> {
    None
}

/// Whether a name is that of an anonymous partial file: such a file is removed sooner or later.
pub fn is_partial(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(ANONYMOUS.0.as_bytes()) && name.ends_with(ANONYMOUS.1.as_bytes())
}

/// Which partial files a sweep removes.
#[derive(Clone, Copy)]
pub enum Leftovers<'a> {
    /// Anonymous ones on which no process holds a lock.
    Unlocked,
    /// Those of files with these names. The caller holds the lock file of these names, so no process writes them.
    Of(&'a dyn Fn(&str) -> bool),
}

/// Removes what killed processes left: it may hold secrets, or many megabytes. What cannot be removed is no reason to
/// fail: the next sweep tries again.
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

/// Removes a partial file unless a process holds its lock. The lock is held until the file is gone, so that a process
/// that has just made it sees that it is gone.
fn remove_unlocked(path: &Path) {
    let file = regular_file::open_itself(path).ok();
    if file.as_ref().is_some_and(|file| file.try_lock().is_ok()) {
        let _ = fs::remove_file(path);
    }
}

/// The named partial files in a folder, each with the name that its file was to have. Some may still be written.
pub fn named_partial_files(folder: &Path) -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| Some((entry.path(), named_for(&entry)?)));
    named.collect()
}

/// The name that the file of a named partial file was to have.
fn named_for(entry: &DirEntry) -> Option<String> {
    let name = entry.file_name();
    let (whole, _) = name.to_str()?.strip_suffix(NAMED)?.rsplit_once('.')?;
    Some(whole.to_owned())
}

/// The file that was at a path, under another name beside it. Dropped, it is removed.
pub struct Backup {
    beside: TempPath,
    /// Locked, so that no sweep removes it.
    _locked: File,
}

impl Backup {
    /// Keeps the file at this path.
    ///
    /// # Errors
    /// When it cannot be kept: some file systems have no hard links.
    pub fn of(path: &Path) -> io::Result<Backup> {
        let locked = regular_file::open(path)?;
        let _ = locked.lock();
        let mut builder = tempfile::Builder::new();
        let beside = builder
            .prefix(ANONYMOUS.0)
            .suffix(ANONYMOUS.1)
            .make_in(folder_of(path), |beside| fs::hard_link(path, beside))?;
        Ok(Backup {
            beside: beside.into_temp_path(),
            _locked: locked,
        })
    }

    /// Moves the file back to the path.
    ///
    /// # Errors
    /// When what is there by now cannot be replaced.
    pub fn restore(self, path: &Path) -> io::Result<()> {
        self.beside.persist(path).map_err(|error| error.error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write_a(path: &Path) {
        write(
            path,
            Naming::Anonymous,
            FilePermissions::Inherited,
            |output| output.write_all(b"a"),
        )
        .unwrap();
    }

    fn names(folder: &Path) -> Vec<String> {
        let files = fs::read_dir(folder).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn a_sweep_removes_what_killed_processes_left_and_not_what_others_write() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".provable-left.partial"), "a secret").unwrap();
        fs::write(folder.path().join(".provable-notes"), "the user's own").unwrap();
        fs::write(folder.path().join("key.x.part"), "the key store's").unwrap();
        let path = folder.path().join("a");
        let other = partial_file(&path, Naming::Anonymous, FilePermissions::New).unwrap();
        write_a(&path);
        let other = other.path().file_name().unwrap().to_str().unwrap();
        let mut expected = [other, ".provable-notes", "a", "key.x.part"];
        expected.sort_unstable();
        assert_eq!(names(folder.path()), expected);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_pipe_with_the_name_of_a_partial_file_is_not_waited_for() {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join(".provable-x.partial");
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        write_a(&folder.path().join("a"));
        assert_eq!(names(folder.path()), [".provable-x.partial", "a"]);
    }

    #[test]
    fn a_sweep_removes_no_file_that_another_thread_writes() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: usize| {
            let path = folder.path().join(name.to_string());
            for _ in 0..200 {
                write_a(&path);
            }
        };
        std::thread::scope(|scope| {
            for thread in 0..4 {
                scope.spawn(move || write(thread / 2));
            }
        });
        assert_eq!(names(folder.path()), ["0", "1"]);
    }

    #[test]
    fn a_write_that_fails_leaves_what_was_there_and_no_partial_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write_a(&path);
        for naming in [Naming::Anonymous, Naming::Named] {
            let failing = |output: &mut BufWriter<&mut dyn Write>| {
                output.write_all(b"half")?;
                Err::<(), _>(io::Error::other("no more"))
            };
            write(&path, naming, FilePermissions::New, failing).unwrap_err();
            assert_eq!(names(folder.path()), ["a"]);
            assert_eq!(fs::read(&path).unwrap(), b"a");
        }
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_inherited_new_or_for_the_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let usual = folder.path().join("usual");
        fs::write(&usual, "").unwrap();
        for (permissions, expected) in [
            (FilePermissions::New, mode(&usual)),
            (FilePermissions::Inherited, 0o640),
            (FilePermissions::OwnerOnly, 0o600),
        ] {
            let path = folder.path().join("a");
            fs::write(&path, "").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
            write(&path, Naming::Anonymous, permissions, |_| Ok(())).unwrap();
            assert_eq!(mode(&path), expected, "{permissions:?}");
        }
    }
}
