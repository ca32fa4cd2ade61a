//! The identity of a document. Only this is compared: a file can be spelled in many ways, and reached through links.

use crate::files::real_path::nearest_real_path;
use std::fmt;
use std::path::{Path, PathBuf};

/// A document. Two of them are the same exactly if these are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentId {
    /// A file, by its path.
    File(PathBuf),
    /// A document that is not a file, by the name that its owner gives it.
    Other(String),
}

impl DocumentId {
    /// The file at a path, with every link in the path resolved. Reads the file system.
    pub fn resolved_path(path: &Path) -> DocumentId {
        DocumentId::File(nearest_real_path(path))
    }

    /// The place of the file at a path: its own name in the real path of its folder. The files beside a program lie
    /// beside this, also if the program is a link to a file in another folder. Reads the file system.
    pub fn placed_path(path: &Path) -> DocumentId {
        DocumentId::File(match (path.parent(), path.file_name()) {
            (Some(folder), Some(name)) => nearest_real_path(folder).join(name),
            _ => path.to_path_buf(),
        })
    }

    /// Its new name, if it is the file at `old` or lies in that folder, which is now at `new`.
    pub fn renamed(&self, old: &Path, new: &Path) -> Option<DocumentId> {
        let DocumentId::File(path) = self else {
            return None;
        };
        let rest = path.strip_prefix(old).ok()?;
        let is_itself = rest.as_os_str().is_empty();
        Some(DocumentId::File(match is_itself {
            true => new.to_path_buf(),
            false => new.join(rest),
        }))
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DocumentId::File(path) => path.display().fmt(f),
            DocumentId::Other(name) => f.write_str(name),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn links_are_resolved_also_before_the_file_exists() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        std::fs::create_dir(&real).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        std::fs::write(real.join("x.prov"), "HALT").unwrap();
        std::os::unix::fs::symlink(real.join("x.prov"), real.join("y.prov")).unwrap();
        let files = ["x.prov", "y.prov"].map(|name| link.join(name));
        let [x, y] = files.each_ref().map(|path| DocumentId::resolved_path(path));
        assert_eq!(x, y);
        let [x, y] = files.each_ref().map(|path| DocumentId::placed_path(path));
        assert_eq!(x, DocumentId::placed_path(&real.join("x.prov")));
        assert_eq!(y, DocumentId::placed_path(&real.join("y.prov")));
        assert_ne!(x, y);
        assert_eq!(
            DocumentId::resolved_path(&link.join("new/x.prov")),
            DocumentId::resolved_path(&real.join("new/x.prov"))
        );
    }
}
