//! Watches the files that a session was begun from: after an edit, what runs is still what was read.

use crate::files::limits;
use crate::files::version::FileVersion;
use provable_host::fs;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// A file, and what was read from it.
#[derive(Clone, Debug)]
pub struct WatchedFile {
    what: &'static str,
    path: PathBuf,
    /// As it was when it was looked at last; none before, since it may have changed while it was read.
    version: Option<FileVersion>,
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
            version: None,
            original,
            differs: false,
        }
    }

    /// A notice, once for each change: that the file now differs from what runs, or is the same again. There is none of
    /// a file that is gone; it may be about to be replaced.
    pub fn change_notice(&mut self) -> Option<String> {
        let path = &self.path;
        if self
            .version
            .as_ref()
            .is_some_and(|version| version.is_still(path))
        {
            return None;
        }
        let version = FileVersion::of(path);
        let found = read(path)?;
        self.version = Some(version);
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
    let data = fs::metadata(path).ok()?;
    if !data.is_file() || data.len() > limits::PROGRAM {
        return None;
    }
    Some(digest(&fs::read(path).ok()?))
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_is_reported_once_and_so_is_its_undoing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.prov");
        std::fs::write(&path, "HALT\n").unwrap();
        let mut file = WatchedFile::program(&path, "HALT\n");
        assert_eq!(file.change_notice(), None);
        // Written again as it was.
        std::fs::write(folder.path().join("b"), "HALT\n").unwrap();
        std::fs::rename(folder.path().join("b"), &path).unwrap();
        assert_eq!(file.change_notice(), None);
        std::fs::write(&path, "PUSH 1\nHALT\n").unwrap();
        assert!(file.change_notice().unwrap().contains("has changed"));
        assert_eq!(file.change_notice(), None);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(file.change_notice(), None);
        std::fs::write(&path, "HALT\n").unwrap();
        assert!(file.change_notice().unwrap().contains("again"));
    }

    #[test]
    fn inputs_that_come_later_are_reported() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.inputs.json");
        let mut file = WatchedFile::inputs(&path);
        assert_eq!(file.change_notice(), None);
        std::fs::write(&path, "{}").unwrap();
        assert!(file.change_notice().unwrap().contains("is there now"));
    }
}
