//! Whether a path still has the file that was read from it, without reading it again.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What tells one file from another that took its place.
#[derive(Clone, Debug)]
pub struct Stamp {
    path: PathBuf,
    state: Option<(u64, SystemTime, u64)>,
}

impl Stamp {
    /// The file that a path has now.
    pub fn of(path: &Path) -> Stamp {
        let state = std::fs::metadata(path).and_then(|metadata| {
            let changed = metadata.modified()?;
            Ok((metadata.len(), changed, number(&metadata)))
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

/// The system's number of a file. Clocks jump, and copies keep their times: keys of one tier have the same size too.
#[cfg(unix)]
fn number(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> u64 {
    0
}
