//! Files that the server writes into the cache folder of the user, so that editors can open them.

use provable_host::fs;
use provable_host::temporary::NamedTempFile;
use std::path::{Path, PathBuf};

/// A path in the cache folder, beside the default key store; none if the user has no such folder.
#[cfg(not(target_family = "wasm"))]
pub fn path(name: &str) -> Option<PathBuf> {
    let user = directories::ProjectDirs::from("", "", "provable")?;
    Some(user.cache_dir().join(name))
}

/// A path in a folder of the files in memory, which the host reads there.
#[cfg(target_family = "wasm")]
pub fn path(name: &str) -> Option<PathBuf> {
    Some(PathBuf::from("/cache/provable").join(name))
}

/// Writes a text whole, unless the file has it already. If the file is not for writing, other programs are told so.
pub fn write(path: &Path, text: &str, is_for_writing: bool) -> std::io::Result<()> {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    fs::create_dir_all(&folder)?;
    let file = NamedTempFile::new_in(folder)?;
    fs::write(file.path(), text)?;
    if !is_for_writing {
        let mut permissions = file.as_file().metadata()?.permissions();
        permissions.set_readonly(true);
        file.as_file().set_permissions(permissions)?;
    }
    file.persist(path)?;
    Ok(())
}
