//! Opens regular files and refuses everything else. Opening a pipe would wait for its other end, forever if there is
//! none, and everyone who may write in a folder can put a pipe there.

use provable_host::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens a regular file for reading. Never waits.
///
/// # Errors
/// When it cannot be opened, or is a pipe, a device or a folder.
pub fn open(path: &Path) -> io::Result<File> {
    open_with(File::options().read(true), path)
}

/// Opens a regular file with these options. Never waits.
///
/// # Errors
/// When it cannot be opened, or is a pipe, a device or a folder.
pub fn open_with(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    let file = never_waiting(options).open(path)?;
    // The open file is checked, and not the path: another file may be at the path by now.
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(no_file()),
    }
}

/// Opens a regular file for reading, if the path itself is not a symbolic link. Never waits.
///
/// # Errors
/// When it cannot be opened, or is a link, a pipe, a device or a folder.
pub fn open_itself(path: &Path) -> io::Result<File> {
    match fs::symlink_metadata(path)?.is_file() {
        true => open(path),
        false => Err(no_file()),
    }
}

fn no_file() -> io::Error {
    io::Error::other("it is no regular file")
}

#[cfg(unix)]
fn never_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NONBLOCK.bits();
    options.custom_flags(i32::try_from(flags).unwrap_or_default())
}

#[cfg(not(unix))]
fn never_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_opened_and_a_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "a").unwrap();
        open(&path).unwrap();
        open_itself(&path).unwrap();
        open(folder.path()).unwrap_err();
        open_itself(folder.path()).unwrap_err();
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_pipe_is_refused_and_not_waited_for() {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        let folder = tempfile::tempdir().unwrap();
        let (pipe, link) = (folder.path().join("pipe"), folder.path().join("link"));
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        std::os::unix::fs::symlink("pipe", &link).unwrap();
        for path in [&pipe, &link] {
            let error = open(path).unwrap_err();
            assert!(error.to_string().contains("no regular file"), "{error}");
            open_itself(path).unwrap_err();
        }
    }
}
