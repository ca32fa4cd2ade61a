//! Whether a path still has the file that was read from it, without reading it again.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What tells one file from another that took its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    path: PathBuf,
    state: Option<(u64, SystemTime, Status)>,
}

impl Stamp {
    /// The file that a path has now.
    pub fn of(path: &Path) -> Stamp {
        let state = std::fs::metadata(path).and_then(|metadata| {
            let changed = metadata.modified()?;
            Ok((metadata.len(), changed, status(&metadata)))
        });
        Stamp {
            path: path.to_path_buf(),
            state: state.ok(),
        }
    }

    /// The path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether this path has the same file as then; never for one that could not be looked at.
    pub fn is_still(&self, path: &Path) -> bool {
        self.state.is_some() && self.path == path && Stamp::of(path).state == self.state
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
