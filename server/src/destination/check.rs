//! Checks destinations before any work is done.

use super::protected;
use super::target::{Destination, Target};
use crate::errors::{DestinationError, Error};
use crate::files::identity::{FileIdentity, Stream, is_descriptor, is_stdout_closed};
use crate::files::kind::FileKind;
use crate::files::real_path::real_path;
use provable::lang::quote;
use provable::store::atomic_file::{self, Naming, folder_of, is_partial};
use provable_host::fs;
use provable_host::fs::OpenOptions;
use std::io;
use std::path::Path;

/// Checks what is to be written, against what is read too; what is read has names for messages. `-` is standard output.
///
/// # Errors
/// Why the first destination that cannot be used is refused. Nothing is changed then.
pub fn check(
    wanted: &[(FileKind, &Path)],
    read: &[(&'static str, &Path)],
) -> Result<Vec<Destination>, Error> {
    let mut checked: Vec<(Destination, Option<FileIdentity>)> = Vec::new();
    for (kind, path) in wanted {
        let (kind, path) = (*kind, path.to_path_buf());
        let target = target_at(kind, &path)?;
        let identity = match target {
            Target::Stdout => Some(FileIdentity::Stdout),
            _ => FileIdentity::of(&path),
        };
        let is_here = |other: &Option<FileIdentity>| identity.is_some() && *other == identity;
        if let Some((first, _)) = checked.iter().find(|(_, other)| is_here(other)) {
            let (first, second) = (first.kind(), kind);
            return Err(DestinationError::Same {
                first,
                second,
                path,
            }
            .into());
        }
        let behind = match target {
            Target::Stdout => FileIdentity::behind(Stream::Output),
            _ => identity.clone(),
        };
        let same = |(_, input): &&(&str, &Path)| {
            behind.is_some() && FileIdentity::of_input(input) == behind
        };
        if let Some((what, _)) = read.iter().find(same) {
            return Err(DestinationError::Input { kind, what, path }.into());
        }
        let is_writable = match &target {
            Target::File(real) => {
                protected::check_content(kind, &path, real)?;
                protected::check_replaceable(kind, &path, real)?;
                check_writable(real)
            }
            Target::Stream => check_stream(&path),
            Target::Stdout | Target::Stderr => Ok(()),
        };
        is_writable.map_err(|error| Error::Write {
            path: path.clone(),
            error,
        })?;
        checked.push((Destination::new(kind, path, target), identity));
    }
    Ok(checked.into_iter().map(|(one, _)| one).collect())
}

/// Checks a destination that must be a file: to open a pipe without a reader would wait for ever.
///
/// # Errors
/// As [`check`], and for what is no file.
pub fn check_file(kind: FileKind, path: &Path) -> Result<Destination, Error> {
    let mut checked = check(&[(kind, path)], &[])?;
    match checked.pop() {
        Some(one) if one.is_file() => Ok(one),
        _ => Err(DestinationError::NoFile {
            kind,
            path: path.to_path_buf(),
            is: "no regular file",
        }
        .into()),
    }
}

/// What is at a path. Nothing is opened: a process at the other end of a pipe would notice.
fn target_at(kind: FileKind, path: &Path) -> Result<Target, Error> {
    let refuse = |is| {
        let path = path.to_path_buf();
        Err(DestinationError::NoFile { kind, path, is }.into())
    };
    if path.as_os_str().is_empty() {
        return refuse("an empty name");
    }
    if FileIdentity::is_stdout(path) {
        return match is_stdout_closed() {
            true => refuse("closed, or the null device"),
            false => Ok(Target::Stdout),
        };
    }
    let metadata = fs::metadata(path);
    if metadata.as_ref().is_ok_and(|data| data.is_dir())
        || path.as_os_str().as_encoded_bytes().ends_with(b"/")
    {
        return refuse("a folder");
    }
    match metadata {
        Ok(data) if !data.is_file() => match stream(&data.file_type()) {
            Ok(()) => Ok(Target::Stream),
            Err(is) => refuse(is),
        },
        Ok(_)
            if FileIdentity::behind(Stream::Error)
                .is_some_and(|it| FileIdentity::of(path) == Some(it)) =>
        {
            Ok(Target::Stderr)
        }
        Ok(_) if is_descriptor(path) => Ok(Target::Stream),
        _ if path.file_name().is_some_and(is_partial) => {
            refuse("named as a file that is being written, and would be removed")
        }
        _ => real_path(path)
            .map(Target::File)
            .map_err(|error| Error::Write {
                path: path.to_path_buf(),
                error,
            }),
    }
}

/// Whether text can be sent to something that is no file; if not, what it is.
#[cfg(unix)]
fn stream(of: &fs::FileType) -> Result<(), &'static str> {
    use std::os::unix::fs::FileTypeExt;
    match of {
        of if of.is_socket() => Err("a socket"),
        of if of.is_block_device() => Err("a disk"),
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn stream(_: &fs::FileType) -> Result<(), &'static str> {
    Ok(())
}

/// Whether a file can be written: tried, with nothing left behind.
fn check_writable(real: &Path) -> io::Result<()> {
    match fs::metadata(real) {
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
    check_folder(real)
}

/// Whether a file can be made in the folder of this path.
fn check_folder(real: &Path) -> io::Result<()> {
    atomic_file::try_write(real, Naming::Anonymous).map_err(|error| {
        let (kind, folder) = (error.kind(), quote::path(&folder_of(real)));
        io::Error::new(kind, format!("no file can be made in {folder}: {kind}"))
    })
}

/// Whether a pipe or a device can be opened, without opening it.
#[cfg(unix)]
fn check_stream(path: &Path) -> io::Result<()> {
    Ok(rustix::fs::access(path, rustix::fs::Access::WRITE_OK)?)
}

#[cfg(not(unix))]
fn check_stream(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_to_a_file_without_a_name() {
        let refused = check_file(FileKind::Proof, Path::new("")).unwrap_err();
        assert!(refused.to_string().contains("an empty name"), "{refused}");
    }
}
