//! Paths without links.

use provable::store::atomic_file::folder_of;
use provable_host::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Links that are followed before they are taken for a circle.
pub const MOST_LINKS: usize = 40;

/// A path without links, whether a file is there or not. A link to what is not there yet ends where the file will be.
///
/// # Errors
/// When its folder is not there, or links lead in a circle.
pub fn real_path(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        if let Ok(real) = fs::canonicalize(&path) {
            return Ok(real);
        }
        let folder = folder_of(&path);
        match (fs::read_link(&path), path.file_name()) {
            (Ok(target), _) => path = folder.join(target),
            (Err(_), Some(name)) => return Ok(real_folder(&folder)?.join(name)),
            (Err(error), None) => return Err(error),
        }
    }
    Err(io::Error::other("the link leads in a circle"))
}

fn real_folder(folder: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(folder).map_err(|error| {
        let message = match error.kind() {
            io::ErrorKind::NotFound => "its folder does not exist".to_owned(),
            _ => format!("its folder cannot be used: {error}"),
        };
        io::Error::new(error.kind(), message)
    })
}

/// A path without links, also where its folder is not there: what does not exist lies in the real path of the nearest
/// folder that does.
pub fn nearest_real_path(path: &Path) -> PathBuf {
    for ancestor in path.ancestors().filter(|one| !one.as_os_str().is_empty()) {
        if let Ok(real) = real_path(ancestor) {
            return match path.strip_prefix(ancestor) {
                Ok(rest) if !rest.as_os_str().is_empty() => real.join(rest),
                _ => real,
            };
        }
    }
    path.to_path_buf()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_path_is_real_before_its_file_or_folder_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("sub")).unwrap();
        symlink("sub", at("link")).unwrap();
        symlink("sub/new", at("dangling")).unwrap();
        symlink("circle", at("circle")).unwrap();
        for (path, expected) in [
            ("link", "sub"),
            ("link/a", "sub/a"),
            ("dangling", "sub/new"),
        ] {
            assert_eq!(real_path(&at(path)).unwrap(), real.join(expected));
            assert_eq!(nearest_real_path(&at(path)), real.join(expected));
        }
        real_path(&at("nowhere/a")).unwrap_err();
        real_path(&at("circle")).unwrap_err();
        assert_eq!(nearest_real_path(&at("link/x/y")), real.join("sub/x/y"));
        assert_eq!(nearest_real_path(&at("circle")), real.join("circle"));
    }
}
