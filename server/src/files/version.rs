//! The version of a file: whether a path still has the file that was read from it, without reading it again.

use provable_host::fs;
use provable_host::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What tells a file from another that takes its place, and from itself after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileVersion {
    path: PathBuf,
    state: Option<(u64, SystemTime, Status)>,
}

impl FileVersion {
    /// The file that a path has now.
    pub fn of(path: &Path) -> FileVersion {
        let state = fs::metadata(path).and_then(|metadata| {
            let changed = metadata.modified()?;
            Ok((metadata.len(), changed, status(&metadata)))
        });
        FileVersion {
            path: path.to_path_buf(),
            state: state.ok(),
        }
    }

    /// The path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether this path still has the same file; no for a file whose state cannot be read.
    pub fn is_still(&self, path: &Path) -> bool {
        self.state.is_some() && self.path == path && FileVersion::of(path).state == self.state
    }
}

/// The system's numbers of a file and of the device it is on, and when it was last written to or renamed, in seconds and
/// nanoseconds. Clocks jump, copies keep their times, and keys of one tier have the same size; this last time cannot be
/// set.
type Status = [i128; 4];

#[cfg(unix)]
fn status(metadata: &Metadata) -> Status {
    use std::os::unix::fs::MetadataExt;
    [
        metadata.dev().into(),
        metadata.ino().into(),
        metadata.ctime().into(),
        metadata.ctime_nsec().into(),
    ]
}

#[cfg(not(unix))]
fn status(_: &Metadata) -> Status {
    [0; 4]
}
