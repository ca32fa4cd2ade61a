//! Which file a path means: two spellings, two links or two names of one file are the same place.

use std::io;
use std::path::{Path, PathBuf};

/// Links that are followed before they are taken for a circle.
const LINKS: usize = 40;

/// What tells one place from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// Standard output.
    Stdout,
    /// What is there, by the system's number of its device and its own.
    Number(u64, u64),
    /// Where nothing is yet, or where the system has no numbers.
    Path(PathBuf),
}

impl Identity {
    /// The identity of a path; none of what may be written and read by anyone at once, as a device, and of what cannot
    /// be found out.
    pub fn of(path: &Path) -> Option<Identity> {
        match std::fs::metadata(path) {
            Ok(data) if is_device(&data) => None,
            Ok(data) => number(&data).or_else(|| path.canonicalize().ok().map(Identity::path)),
            Err(_) => resolve(path).ok().map(Identity::path),
        }
    }

    /// Where names of any letter case are one name, neither of two files that are not there yet can say so.
    fn path(path: PathBuf) -> Identity {
        Identity::Path(match cfg!(any(windows, target_os = "macos")) {
            true => path.to_string_lossy().to_lowercase().into(),
            false => path,
        })
    }

    /// The identity of what a command reads, where `-` is the regular file that standard input comes from.
    pub fn of_input(path: &Path) -> Option<Identity> {
        match path.as_os_str() == "-" {
            true => Identity::behind(Stream::Input),
            false => Identity::of(path),
        }
    }

    /// The identity of the regular file behind a standard stream, if it is one: what comes from a pipe or a terminal
    /// cannot be written over.
    pub fn behind(stream: Stream) -> Option<Identity> {
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

/// What the system says of what a stream goes to or comes from.
#[cfg(unix)]
fn opened(stream: Stream) -> Option<std::fs::Metadata> {
    use std::os::fd::AsFd;
    let open = match stream {
        Stream::Input => io::stdin().as_fd().try_clone_to_owned(),
        Stream::Output => io::stdout().as_fd().try_clone_to_owned(),
        Stream::Error => io::stderr().as_fd().try_clone_to_owned(),
    };
    std::fs::File::from(open.ok()?).metadata().ok()
}

#[cfg(not(unix))]
fn opened(_: Stream) -> Option<std::fs::Metadata> {
    None
}

/// Whether standard output was closed when the process began. The system's library opens the null device in its place,
/// for reading too, which a shell that is told to write there does not.
#[cfg(unix)]
pub fn is_stdout_closed() -> bool {
    let null = std::fs::metadata("/dev/null").ok();
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

/// Whether a path leads to what a process has open, by the number that it has there, as `/dev/fd/3` does.
pub fn is_descriptor(path: &Path) -> bool {
    let mut path = path.to_path_buf();
    for _ in 0..LINKS {
        let Ok(folder) = folder_of(&path).canonicalize() else {
            return false;
        };
        if folder == Path::new("/dev/fd") || (folder.starts_with("/proc") && folder.ends_with("fd"))
        {
            return true;
        }
        match std::fs::read_link(&path) {
            Ok(target) => path = folder.join(target),
            Err(_) => return false,
        }
    }
    false
}

#[cfg(unix)]
fn is_open_as_stdout(path: &Path) -> bool {
    use std::io::IsTerminal;
    let (Some(open), Ok(data)) = (opened(Stream::Output), std::fs::metadata(path)) else {
        return false;
    };
    // Devices other than a terminal mix nothing up: what is sent to /dev/null twice is not there twice.
    let mixes = !is_device(&open) || io::stdout().is_terminal();
    mixes && number(&open) == number(&data)
}

#[cfg(not(unix))]
fn is_open_as_stdout(_: &Path) -> bool {
    false
}

/// Whether something is a device that is written to a character at a time, as a terminal is, and the null device.
#[cfg(unix)]
pub fn is_device(data: &std::fs::Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_char_device(&data.file_type())
}

/// Whether something is a device: here, nothing is known to be one.
#[cfg(not(unix))]
pub fn is_device(_: &std::fs::Metadata) -> bool {
    false
}

#[cfg(unix)]
fn number(data: &std::fs::Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    Some(Identity::Number(data.dev(), data.ino()))
}

#[cfg(not(unix))]
fn number(_: &std::fs::Metadata) -> Option<Identity> {
    None
}

/// A path without links, whether a file is there or not. A link to what is not there yet ends where the file will be.
///
/// # Errors
/// When its folder is not there, or links lead in a circle.
pub fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_path_buf();
    for _ in 0..LINKS {
        if let Ok(real) = path.canonicalize() {
            return Ok(real);
        }
        let folder = folder_of(&path);
        match (std::fs::read_link(&path), path.file_name()) {
            (Ok(target), _) => path = folder.join(target),
            (Err(_), Some(name)) => return Ok(canonical_folder(&folder)?.join(name)),
            (Err(error), None) => return Err(error),
        }
    }
    Err(io::Error::other("the link leads in a circle"))
}

fn canonical_folder(folder: &Path) -> io::Result<PathBuf> {
    folder.canonicalize().map_err(|error| {
        let message = match error.kind() {
            io::ErrorKind::NotFound => "its folder does not exist".to_owned(),
            _ => format!("its folder cannot be used: {error}"),
        };
        io::Error::new(error.kind(), message)
    })
}

/// The folder that a path is in.
pub fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
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
            assert_eq!(Identity::of(&at(same)), Identity::of(&at("a")), "{same}");
        }
        for same in [
            "./new",
            "sub/../new",
            "folder/new",
            "dangling",
            "folder/dangling",
        ] {
            assert_eq!(Identity::of(&at(same)), Identity::of(&at("new")), "{same}");
        }
        assert_ne!(Identity::of(&at("new")), Identity::of(&at("sub/new")));
        assert_ne!(Identity::of(&at("new")), Identity::of(&at("a")));
        assert_eq!(Identity::of(&at("circle")), None);
        assert_eq!(Identity::of(&at("nowhere/new")), None);
        assert_eq!(Identity::of(Path::new("/dev/null")), None);
    }
}
