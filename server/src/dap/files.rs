//! The files that a session was begun from, looked at again: whoever edits one goes on stepping through what was read.

use crate::engine::stamp::Stamp;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The largest file that is compared, in bytes; a larger one was not read either.
const LIMIT: u64 = 64 << 20;

/// A file, and what was read from it.
#[derive(Clone, Debug)]
pub struct WatchedFile {
    what: &'static str,
    path: PathBuf,
    /// As it was when it was looked at last; none before, since it may have changed while it was read.
    stamp: Option<Stamp>,
    /// What runs; none if there was no file.
    original: Option<[u8; 32]>,
    /// Whether the file was another then.
    differs: bool,
}

impl WatchedFile {
    /// The program's file, from which this text was read.
    pub fn program(path: &Path, text: &str) -> WatchedFile {
        let original = Some(digest(text.as_bytes()));
        WatchedFile::new("the program", path, original)
    }

    /// The file of inputs, which was just read; there may be none.
    pub fn inputs(path: &Path) -> WatchedFile {
        WatchedFile::new("the inputs", path, read(path))
    }

    fn new(what: &'static str, path: &Path, original: Option<[u8; 32]>) -> WatchedFile {
        WatchedFile {
            what,
            path: path.to_path_buf(),
            stamp: None,
            original,
            differs: false,
        }
    }

    /// What there is to say, once for each change: that the file is now another than what runs, or the same again. A
    /// file that is gone says nothing; it may be on its way to be replaced.
    pub fn news(&mut self) -> Option<String> {
        let path = &self.path;
        if self
            .stamp
            .as_ref()
            .is_some_and(|stamp| stamp.is_still(path))
        {
            return None;
        }
        let stamp = Stamp::of(path);
        let found = read(path)?;
        self.stamp = Some(stamp);
        let differs = self.original != Some(found);
        if std::mem::replace(&mut self.differs, differs) == differs {
            return None;
        }
        let (what, path) = (self.what, self.path.display());
        Some(match (differs, self.original) {
            (true, Some(_)) => format!(
                "{path} has changed since it was read: what runs is {what} as of then, and lines may have moved; \
                 restart to run it as it is now"
            ),
            (true, None) => format!(
                "{path} is there now: what runs was begun without it; restart to run it on {what} in it"
            ),
            (false, _) => format!("{path} is again as it was read: it is what runs"),
        })
    }
}

/// The digest of a file's content, if it is one that can be read.
fn read(path: &Path) -> Option<[u8; 32]> {
    let data = std::fs::metadata(path).ok()?;
    if !data.is_file() || data.len() > LIMIT {
        return None;
    }
    Some(digest(&std::fs::read(path).ok()?))
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_is_told_once_and_so_is_the_way_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.prov");
        std::fs::write(&path, "HALT\n").unwrap();
        let mut file = WatchedFile::program(&path, "HALT\n");
        assert_eq!(file.news(), None);
        // Written again as it was.
        std::fs::write(folder.path().join("b"), "HALT\n").unwrap();
        std::fs::rename(folder.path().join("b"), &path).unwrap();
        assert_eq!(file.news(), None);
        std::fs::write(&path, "PUSH 1\nHALT\n").unwrap();
        assert!(file.news().unwrap().contains("has changed"));
        assert_eq!(file.news(), None);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(file.news(), None);
        std::fs::write(&path, "HALT\n").unwrap();
        assert!(file.news().unwrap().contains("again"));
    }

    #[test]
    fn inputs_that_come_later_are_told_of() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.inputs.json");
        let mut file = WatchedFile::inputs(&path);
        assert_eq!(file.news(), None);
        std::fs::write(&path, "{}").unwrap();
        assert!(file.news().unwrap().contains("is there now"));
    }
}
