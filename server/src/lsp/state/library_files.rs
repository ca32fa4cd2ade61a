//! The standard library as files that an editor can open: `std/1/math.prov` in the cache folder. Nothing is ever read from
//! them. The server knows their text, and a text that is opened from there is the file of the library, not a program of
//! the user.

use super::cache_file;
use crate::files::real_path::nearest_real_path;
use provable::lang::std_library;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The folder, without links; none if the user has no cache folder.
static FOLDER: LazyLock<Option<PathBuf>> =
    LazyLock::new(|| cache_file::path("std").map(|folder| nearest_real_path(&folder)));

/// The id of the file of the library that lies at a path without links.
pub fn id_at(path: &Path) -> Option<String> {
    let inner = path.strip_prefix(FOLDER.as_ref()?).ok()?.with_extension("");
    let parts = inner.iter().map(|part| part.to_str());
    let parts: Option<Vec<&str>> = parts.collect();
    let id = format!("std@{}", parts?.join("/"));
    std_library::text(&id).map(|_| id)
}

/// The path of a file of the library, which is written if it is not there. None for other ids, and if it cannot be
/// written.
pub fn path_of(id: &str) -> Option<PathBuf> {
    let text = std_library::text(id)?;
    let inner = id.strip_prefix("std@")?;
    let path = FOLDER.as_ref()?.join(format!("{inner}.prov"));
    cache_file::write(&path, text, false).ok()?;
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_library_is_known_by_its_path_and_no_other_is() {
        let Some(folder) = FOLDER.as_ref() else {
            return;
        };
        for id in std_library::names() {
            let inner = id.strip_prefix("std@").unwrap();
            let path = folder.join(inner).with_extension("prov");
            assert_eq!(id_at(&path).as_deref(), Some(id));
        }
        for other in ["1/nothing.prov", "math.prov", "1", "../1/math.prov"] {
            assert_eq!(id_at(&folder.join(other)), None, "{other}");
        }
    }
}
