//! Writing files: whole or not at all. Where a command writes to is tried first, by [`super::destination`].

use super::Refusal;
use super::place::{folder_of, resolve};
use provable::{lang::quote, store::regular_file};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// Who may read a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// As the file before it, or as the system makes new files.
    Usual,
    /// The owner alone, whatever was there before.
    Owner,
}

/// Writes a file through a temporary one beside it, so that neither an error nor Ctrl-C leaves half of it.
///
/// # Errors
/// When the file cannot be written, or `content` fails.
pub fn whole<T>(
    path: &Path,
    audience: Audience,
    content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<T>,
) -> Result<T, Refusal> {
    let written = resolve(path).and_then(|real| {
        let (draft, result) = draft(&real, audience, content)?;
        draft.publish().map(|()| result)
    });
    written.map_err(|error| Refusal::Write {
        path: path.to_path_buf(),
        error,
    })
}

/// A file that is complete and not in its place yet. Dropped, it is gone.
pub struct Draft {
    file: NamedTempFile,
    path: PathBuf,
}

impl Draft {
    /// Puts it in its place.
    ///
    /// # Errors
    /// When what is there cannot be replaced.
    pub fn publish(self) -> io::Result<()> {
        self.file.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// Writes what is to be the file at this path, which has no links: a link stays a link, and what it points to is
/// replaced.
///
/// # Errors
/// When it cannot be written, or `content` fails.
pub fn draft<T>(
    path: &Path,
    audience: Audience,
    content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<T>,
) -> io::Result<(Draft, T)> {
    let folder = folder_of(path);
    sweep(&folder);
    let mut file = temporary(&folder, audience)?;
    if let (Audience::Usual, Ok(metadata)) = (audience, std::fs::metadata(path)) {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    let result = to(&mut file, content)?;
    file.as_file().sync_all()?;
    let path = path.to_path_buf();
    Ok((Draft { file, path }, result))
}

/// Sends content to a pipe or a device, or to the end of a file.
///
/// # Errors
/// When it cannot be opened or does not take it.
pub fn to_stream<T>(
    path: &Path,
    content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<T>,
) -> io::Result<T> {
    // A file that is open elsewhere: what is in it stays.
    let is_file = std::fs::metadata(path)?.is_file();
    let mut options = File::options();
    to(
        &mut options.write(true).append(is_file).open(path)?,
        content,
    )
}

/// Sends content to an open stream.
///
/// # Errors
/// When it does not take it.
pub fn to<T>(
    stream: &mut dyn Write,
    content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<T>,
) -> io::Result<T> {
    let mut writer = BufWriter::new(stream);
    let result = content(&mut writer)?;
    writer.flush()?;
    Ok(result)
}

/// Whether files can be made in this folder: one is, and is gone again.
///
/// # Errors
/// Why not.
pub fn try_folder(folder: &Path) -> io::Result<()> {
    temporary(folder, Audience::Owner)
        .map(drop)
        .map_err(|error| {
            let (kind, folder) = (error.kind(), quote::path(folder));
            io::Error::new(kind, format!("no file can be made in {folder}: {kind}"))
        })
}

/// How the names of files begin and end that are being written.
const PREFIX: &str = ".provable-";
const SUFFIX: &str = ".partial";

/// Whether a name is one of those: such a file is removed sooner or later.
pub fn is_partial(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(PREFIX.as_bytes()) && name.ends_with(SUFFIX.as_bytes())
}

/// What was at a path, under another name beside it. Dropped, it is gone.
pub struct Former {
    beside: TempPath,
    /// Held, so that nobody sweeps it away.
    _held: File,
}

impl Former {
    /// Keeps what is at this path.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn keep(path: &Path) -> io::Result<Former> {
        let held = regular_file::open(path)?;
        let _ = held.lock();
        let mut builder = tempfile::Builder::new();
        let beside = builder
            .prefix(PREFIX)
            .suffix(SUFFIX)
            .make_in(folder_of(path), |beside| std::fs::hard_link(path, beside))?;
        Ok(Former {
            beside: beside.into_temp_path(),
            _held: held,
        })
    }

    /// Puts it back.
    ///
    /// # Errors
    /// When what is there by now cannot be replaced.
    pub fn put_back(self, path: &Path) -> io::Result<()> {
        self.beside.persist(path).map_err(|error| error.error)
    }
}

/// A new file that this process holds: what nobody holds is what a killed process left.
fn temporary(folder: &Path, audience: Audience) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    if let Some(permissions) = permissions(audience) {
        builder.permissions(permissions);
    }
    loop {
        let file = builder.tempfile_in(folder)?;
        // Where there are no locks, nothing is swept either.
        let is_held = file.as_file().lock().is_ok();
        // Another process may have swept it away before it was held.
        if !is_held || file.path().exists() {
            return Ok(file);
        }
    }
}

/// Removes what killed processes left: it may hold secrets. What cannot be removed is no reason to fail.
fn sweep(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if !is_partial(&entry.file_name()) {
            continue;
        }
        // Held until it is gone, so that its maker, if there is one after all, sees that it is.
        let file = regular_file::open_itself(&entry.path()).ok();
        if file.as_ref().is_some_and(|file| file.try_lock().is_ok()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

#[cfg(unix)]
fn permissions(audience: Audience) -> Option<std::fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(match audience {
        Audience::Owner => std::fs::Permissions::from_mode(0o600),
        // The system takes the user's mask off these.
        Audience::Usual => std::fs::Permissions::from_mode(0o666),
    })
}

#[cfg(not(unix))]
fn permissions(_: Audience) -> Option<std::fs::Permissions> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let files = std::fs::read_dir(folder).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn what_killed_processes_left_is_swept_and_what_others_write_is_not() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(".provable-left.partial"), "a secret").unwrap();
        std::fs::write(folder.path().join(".provable-notes"), "the user's own").unwrap();
        let other = temporary(folder.path(), Audience::Usual).unwrap();
        let path = folder.path().join("a");
        whole(&path, Audience::Usual, |out| out.write_all(b"a")).unwrap();
        let other = other.path().file_name().unwrap().to_str().unwrap();
        let mut expected = [other, ".provable-notes", "a"];
        expected.sort_unstable();
        assert_eq!(names(folder.path()), expected);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_pipe_that_is_named_as_what_was_left_is_not_waited_for() {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join(".provable-x.partial");
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        let path = folder.path().join("a");
        whole(&path, Audience::Usual, |out| out.write_all(b"a")).unwrap();
        assert_eq!(names(folder.path()), [".provable-x.partial", "a"]);
    }

    #[test]
    fn many_write_into_one_folder_and_none_sweeps_anothers_file_away() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: usize| {
            let path = folder.path().join(name.to_string());
            for _ in 0..200 {
                whole(&path, Audience::Usual, |out| out.write_all(b"all")).unwrap();
            }
        };
        std::thread::scope(|scope| {
            for thread in 0..4 {
                scope.spawn(move || write(thread / 2));
            }
        });
        assert_eq!(names(folder.path()), ["0", "1"]);
    }
}
