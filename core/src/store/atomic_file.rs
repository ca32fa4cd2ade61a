//! Atomic files: a file appears complete or not at all. The content is written to a partial file beside its place,
//! which is moved there once it is complete. If the process is killed, its partial file stays behind, and a later write
//! removes it.

pub use super::backup::Backup;
use super::partial_file::create;
pub use super::partial_file::{
    FilePermissions, Leftovers, Naming, folder_of, is_partial, named_partial_files, sweep,
};
use provable_host::fs;
use provable_host::temporary::NamedTempFile;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The size of the write buffer, in bytes. A proving key has many megabytes.
const BUFFER: usize = 1 << 20;

/// A file that is complete but not yet in its place. It is removed if it is dropped.
pub struct AtomicFile {
    partial: NamedTempFile,
    path: PathBuf,
}

impl AtomicFile {
    /// Writes the future content of the file at `path`, and waits until the disk has it. `path` must not be a symbolic
    /// link: the link itself would be replaced.
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
        let mut partial = create(path, naming, permissions)?;
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
    /// When the file that is there cannot be replaced.
    pub fn persist(self) -> io::Result<()> {
        let moved = self.partial.persist(&self.path);
        moved.map(drop).map_err(|error| error.error)
    }
}

/// Writes a file: [`AtomicFile::prepare`], then [`AtomicFile::persist`].
///
/// # Errors
/// When the file cannot be written, or `content` fails. Then the old file stays.
pub fn write<T>(
    path: &Path,
    naming: Naming,
    permissions: FilePermissions,
    content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<T>,
) -> io::Result<T> {
    let (file, result) = AtomicFile::prepare(path, naming, permissions, content)?;
    file.persist().map(|()| result)
}

/// Whether a file could be written at `path`: makes a partial file and removes it again.
///
/// # Errors
/// The reason why it could not.
pub fn try_write(path: &Path, naming: Naming) -> io::Result<()> {
    create(path, naming, FilePermissions::OwnerOnly).map(drop)
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
        let other = create(&path, Naming::Anonymous, FilePermissions::New).unwrap();
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
