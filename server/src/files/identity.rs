//! The identity of the file that a path means: two spellings, two links or two names of one file have the same.

use super::real_path::{MOST_LINKS, real_path};
use provable::store::atomic_file::folder_of;
use provable_host::fs;
#[cfg(unix)]
use std::io;
use std::path::{Path, PathBuf};

/// What tells one file from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileIdentity {
    /// Standard output.
    Stdout,
    /// What is there, by the system's number of its device and its own.
    Number(u64, u64),
    /// Where nothing is yet, or where the system has no numbers.
    Path(PathBuf),
}

impl FileIdentity {
    /// The identity of the file at a path. None for a device, which may be written and read at once, and for a path that
    /// cannot be resolved.
    pub fn of(path: &Path) -> Option<FileIdentity> {
        match fs::metadata(path) {
            Ok(data) if is_device(&data) => None,
            Ok(data) => {
                number(&data).or_else(|| fs::canonicalize(path).ok().map(FileIdentity::path))
            }
            Err(_) => real_path(path).ok().map(FileIdentity::path),
        }
    }

    /// In lower case where the system takes names of any letter case for one: of two files that are not there yet, it
    /// cannot be asked whether they are the same.
    fn path(path: PathBuf) -> FileIdentity {
        FileIdentity::Path(match cfg!(any(windows, target_os = "macos")) {
            true => path.to_string_lossy().to_lowercase().into(),
            false => path,
        })
    }

    /// The identity of what a command reads, where `-` is the regular file that standard input comes from.
    pub fn of_input(path: &Path) -> Option<FileIdentity> {
        match path.as_os_str() == "-" {
            true => FileIdentity::behind(Stream::Input),
            false => FileIdentity::of(path),
        }
    }

    /// The identity of the regular file behind a standard stream, if it is one: what comes from a pipe or a terminal
    /// cannot be written over.
    pub fn behind(stream: Stream) -> Option<FileIdentity> {
        let data = opened(stream)?;
        data.is_file().then(|| number(&data)).flatten()
    }

    /// Whether a path is standard output: `-`, or the file, pipe or terminal that standard output goes to.
    pub fn is_stdout(path: &Path) -> bool {
        path.as_os_str() == "-" || is_open_as_stdout(path)
    }
}

/// The streams that every process has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard input.
    Input,
    /// Standard output.
    Output,
    /// Standard error.
    Error,
}

/// The metadata of what a stream goes to or comes from.
#[cfg(unix)]
fn opened(stream: Stream) -> Option<fs::Metadata> {
    use std::os::fd::AsFd;
    let open = match stream {
        Stream::Input => io::stdin().as_fd().try_clone_to_owned(),
        Stream::Output => io::stdout().as_fd().try_clone_to_owned(),
        Stream::Error => io::stderr().as_fd().try_clone_to_owned(),
    };
    fs::File::from(open.ok()?).metadata().ok()
}

#[cfg(not(unix))]
fn opened(_: Stream) -> Option<fs::Metadata> {
    None
}

/// Whether standard output was closed when the process began. The standard library then opens the null device for
/// reading and writing; a shell opens it for writing alone.
#[cfg(unix)]
pub fn is_stdout_closed() -> bool {
    let null = fs::metadata("/dev/null").ok();
    let is_null = null.is_some_and(|null| {
        use std::os::unix::fs::MetadataExt;
        opened(Stream::Output).is_some_and(|open| is_device(&open) && open.rdev() == null.rdev())
    });
    let flags = rustix::fs::fcntl_getfl(io::stdout());
    is_null && flags.is_ok_and(|flags| flags.contains(rustix::fs::OFlags::RDWR))
}

/// Whether standard output was closed: here it cannot be known.
#[cfg(not(unix))]
pub fn is_stdout_closed() -> bool {
    false
}

/// Whether a path names a file descriptor of a process, as `/dev/fd/3` does.
pub fn is_descriptor(path: &Path) -> bool {
    let mut path = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        let Ok(folder) = fs::canonicalize(folder_of(&path)) else {
            return false;
        };
        if folder == Path::new("/dev/fd") || (folder.starts_with("/proc") && folder.ends_with("fd"))
        {
            return true;
        }
        match fs::read_link(&path) {
            Ok(target) => path = folder.join(target),
            Err(_) => return false,
        }
    }
    false
}

#[cfg(unix)]
fn is_open_as_stdout(path: &Path) -> bool {
    use std::io::IsTerminal;
    let (Some(open), Ok(data)) = (opened(Stream::Output), fs::metadata(path)) else {
        return false;
    };
    // On a terminal, two outputs would be mixed. On other devices, such as /dev/null, they are not.
    let mixes = !is_device(&open) || io::stdout().is_terminal();
    mixes && number(&open) == number(&data)
}

#[cfg(not(unix))]
fn is_open_as_stdout(_: &Path) -> bool {
    false
}

/// Whether something is a device that is written to a character at a time, as a terminal is, and the null device.
#[cfg(unix)]
pub fn is_device(data: &fs::Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_char_device(&data.file_type())
}

/// Whether something is a device: here, nothing is known to be one.
#[cfg(not(unix))]
pub fn is_device(_: &fs::Metadata) -> bool {
    false
}

#[cfg(unix)]
fn number(data: &fs::Metadata) -> Option<FileIdentity> {
    use std::os::unix::fs::MetadataExt;
    Some(FileIdentity::Number(data.dev(), data.ino()))
}

#[cfg(not(unix))]
fn number(_: &fs::Metadata) -> Option<FileIdentity> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn one_file_has_one_identity_whatever_it_is_called() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("sub")).unwrap();
        std::fs::write(at("a"), "").unwrap();
        std::fs::hard_link(at("a"), at("hard")).unwrap();
        symlink("a", at("soft")).unwrap();
        symlink(folder.path(), at("folder")).unwrap();
        symlink("new", at("dangling")).unwrap();
        symlink("circle", at("circle")).unwrap();
        for same in ["./a", "sub/../a", "hard", "soft", "folder/a", "folder/soft"] {
            assert_eq!(
                FileIdentity::of(&at(same)),
                FileIdentity::of(&at("a")),
                "{same}"
            );
        }
        for same in [
            "./new",
            "sub/../new",
            "folder/new",
            "dangling",
            "folder/dangling",
        ] {
            assert_eq!(
                FileIdentity::of(&at(same)),
                FileIdentity::of(&at("new")),
                "{same}"
            );
        }
        assert_ne!(
            FileIdentity::of(&at("new")),
            FileIdentity::of(&at("sub/new"))
        );
        assert_ne!(FileIdentity::of(&at("new")), FileIdentity::of(&at("a")));
        assert_eq!(FileIdentity::of(&at("circle")), None);
        assert_eq!(FileIdentity::of(&at("nowhere/new")), None);
        assert_eq!(FileIdentity::of(Path::new("/dev/null")), None);
    }
}
