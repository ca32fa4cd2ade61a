//! Where a command writes. Before any work is done, every destination is tried: that no two are the same file, that
//! none is a file that the command reads or somebody's source, and that it can be written at all. Nothing that is
//! there is changed by that, and nothing is left behind.

mod file_kind;
mod guards;
mod together;

pub use file_kind::{DestinationError, FileKind, kept_as};
pub use together::together;

use super::Refusal;
use super::place::{Identity, Stream, folder_of, is_descriptor, is_stdout_closed, resolve};
use super::write;
use provable::lang::quote;
use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A place that was tried.
#[derive(Clone, Debug)]
pub struct Destination {
    kind: FileKind,
    path: PathBuf,
    place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// Standard output, under whatever name.
    Stdout,
    /// The file that standard error goes to.
    Stderr,
    /// A file, that is there or not, where its links end.
    File(PathBuf),
    /// A pipe, a device, or a file by the number under which it is open: it is written to, never replaced.
    Stream,
}

/// Tries what is to be written against what is read, which is named for messages. `-` is standard output.
///
/// # Errors
/// The first destination that cannot be one, with nothing changed.
pub fn tried(
    wanted: &[(FileKind, &Path)],
    read: &[(&'static str, &Path)],
) -> Result<Vec<Destination>, Refusal> {
    let mut tried: Vec<(Destination, Option<Identity>)> = Vec::new();
    for (kind, path) in wanted {
        let (kind, path) = (*kind, path.to_path_buf());
        let place = place(kind, &path)?;
        let identity = match place {
            Place::Stdout => Some(Identity::Stdout),
            _ => Identity::of(&path),
        };
        let is_here = |other: &Option<Identity>| identity.is_some() && *other == identity;
        if let Some((first, _)) = tried.iter().find(|(_, other)| is_here(other)) {
            let (first, second) = (first.kind, kind);
            return Err(DestinationError::Same {
                first,
                second,
                path,
            }
            .into());
        }
        let behind = match place {
            Place::Stdout => Identity::behind(Stream::Output),
            _ => identity.clone(),
        };
        let same =
            |(_, input): &&(&str, &Path)| behind.is_some() && Identity::of_input(input) == behind;
        if let Some((what, _)) = read.iter().find(same) {
            return Err(DestinationError::Input { kind, what, path }.into());
        }
        let tried_place = match &place {
            Place::File(real) => {
                guards::keep(kind, &path, real)?;
                guards::replaceable(kind, &path, real)?;
                writable(real)
            }
            Place::Stream => may_write(&path),
            Place::Stdout | Place::Stderr => Ok(()),
        };
        tried_place.map_err(|error| Refusal::Write {
            path: path.clone(),
            error,
        })?;
        tried.push((Destination { kind, path, place }, identity));
    }
    Ok(tried.into_iter().map(|(one, _)| one).collect())
}

/// A destination that must be a file: whoever opened a pipe without a reader would wait for ever.
///
/// # Errors
/// As [`tried`], and for what is no file.
pub fn file(kind: FileKind, path: &Path) -> Result<Destination, Refusal> {
    let mut tried = tried(&[(kind, path)], &[])?;
    match tried.pop() {
        Some(one) if one.is_file() => Ok(one),
        _ => Err(DestinationError::NoFile {
            kind,
            path: path.to_path_buf(),
            is: "no regular file",
        }
        .into()),
    }
}

/// What is at a path. Nothing is opened: to open a pipe is to be heard at its other end.
fn place(kind: FileKind, path: &Path) -> Result<Place, Refusal> {
    let refuse = |is| {
        let path = path.to_path_buf();
        Err(DestinationError::NoFile { kind, path, is }.into())
    };
    if path.as_os_str().is_empty() {
        return refuse("an empty name");
    }
    if Identity::is_stdout(path) {
        return match is_stdout_closed() {
            true => refuse("closed, or the null device"),
            false => Ok(Place::Stdout),
        };
    }
    let metadata = std::fs::metadata(path);
    if metadata.as_ref().is_ok_and(|data| data.is_dir())
        || path.as_os_str().as_encoded_bytes().ends_with(b"/")
    {
        return refuse("a folder");
    }
    match metadata {
        Ok(data) if !data.is_file() => match stream(&data.file_type()) {
            Ok(()) => Ok(Place::Stream),
            Err(is) => refuse(is),
        },
        Ok(_)
            if Identity::behind(Stream::Error).is_some_and(|it| Identity::of(path) == Some(it)) =>
        {
            Ok(Place::Stderr)
        }
        Ok(_) if is_descriptor(path) => Ok(Place::Stream),
        _ if path.file_name().is_some_and(write::is_partial) => {
            refuse("named as a file that is being written, and would be removed")
        }
        _ => resolve(path)
            .map(Place::File)
            .map_err(|error| Refusal::Write {
                path: path.to_path_buf(),
                error,
            }),
    }
}

/// Whether text can be sent to what is no file, and what it is if not.
#[cfg(unix)]
fn stream(of: &std::fs::FileType) -> Result<(), &'static str> {
    use std::os::unix::fs::FileTypeExt;
    match of {
        of if of.is_socket() => Err("a socket"),
        of if of.is_block_device() => Err("a disk"),
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn stream(_: &std::fs::FileType) -> Result<(), &'static str> {
    Ok(())
}

/// Whether a file can be written: tried, without a trace.
fn writable(real: &Path) -> io::Result<()> {
    match std::fs::metadata(real) {
        Ok(data) => {
            if data.permissions().readonly() {
                let message = "the file is read-only";
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
            }
            OpenOptions::new().write(true).open(real)?;
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    write::try_folder(&folder_of(real))
}

/// Whether a pipe or a device can be opened, without opening it.
#[cfg(unix)]
fn may_write(path: &Path) -> io::Result<()> {
    Ok(rustix::fs::access(path, rustix::fs::Access::WRITE_OK)?)
}

#[cfg(not(unix))]
fn may_write(_: &Path) -> io::Result<()> {
    Ok(())
}

impl Destination {
    /// Whether it is standard output.
    pub fn is_stdout(&self) -> bool {
        self.place == Place::Stdout
    }

    /// Whether it is a file that is replaced.
    pub fn is_file(&self) -> bool {
        matches!(self.place, Place::File(_))
    }

    /// What is written.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// The path as it was given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What messages call it.
    pub fn name(&self) -> String {
        match self.place {
            Place::Stdout => "standard output".to_owned(),
            Place::Stderr => "standard error".to_owned(),
            _ => quote::path(&self.path),
        }
    }

    /// Writes it: a file whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written, or `content` fails.
    pub fn write<T>(
        &self,
        content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<T>,
    ) -> Result<T, Refusal> {
        let written = match &self.place {
            Place::File(real) => write::draft(real, self.kind.audience(), content)
                .and_then(|(draft, result)| draft.publish().map(|()| result)),
            Place::Stream => write::to_stream(&self.path, content),
            Place::Stdout => write::to(&mut io::stdout().lock(), content),
            Place::Stderr => write::to(&mut io::stderr().lock(), content),
        };
        written.map_err(|error| self.refusal(error))
    }

    fn refusal(&self, error: io::Error) -> Refusal {
        let path = match self.place {
            Place::Stdout => PathBuf::from("standard output"),
            Place::Stderr => PathBuf::from("standard error"),
            _ => self.path.clone(),
        };
        Refusal::Write { path, error }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_to_a_file_without_a_name() {
        let refused = file(FileKind::Proof, Path::new("")).unwrap_err();
        assert!(refused.to_string().contains("an empty name"), "{refused}");
    }
}
