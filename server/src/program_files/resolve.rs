//! From a `.use` line to a file.

use provable::lang::modules::{FileError, spelled_like};
use provable::lang::quote;
use provable_host::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// The file that a relative path means in a file of this folder: its path without links.
///
/// # Errors
/// If there is no such file, if it is no regular file, and if a part of the path is spelled in another letter case than
/// on disk: elsewhere the program would not be found then.
pub fn resolve(folder: &Path, path: &str) -> Result<PathBuf, FileError> {
    let whole = folder.join(path);
    let shown = quote::name(path);
    check_case(folder, path)?;
    let metadata = fs::metadata(&whole).map_err(|error| match error.kind() {
        ErrorKind::NotFound => missing(folder, path),
        _ => FileError::new(format!("{shown} cannot be read: {error}")),
    })?;
    if metadata.is_dir() {
        return Err(FileError::new(format!("{shown} is a folder")));
    }
    if !metadata.is_file() {
        return Err(FileError::new(format!("{shown} is no regular file")));
    }
    let real = fs::canonicalize(&whole);
    real.map_err(|error| FileError::new(format!("{shown} cannot be read: {error}")))
}

fn missing(folder: &Path, path: &str) -> FileError {
    let error = FileError::new(format!("there is no file {}", quote::name(path)));
    // Without the `.` in the middle.
    let whole: PathBuf = folder.join(path).components().collect();
    if let Ok(target) = fs::read_link(&whole) {
        return error.help(format!(
            "it is a link to {}, which is not there",
            quote::path(&target)
        ));
    }
    let (Some(parent), Some(name)) = (
        whole.parent(),
        whole.file_name().and_then(|name| name.to_str()),
    ) else {
        return error;
    };
    if !fs::is_dir(parent) {
        return error.help(format!("there is no folder {}", quote::path(parent)));
    }
    let others = names_in(parent);
    let programs = others.iter().filter(|other| other.ends_with(".prov"));
    match provable::lang::suggest::nearest(name, programs.map(String::as_str)) {
        Some(near) => error.meant(spelled_like(path, near)),
        None => error.help(format!("it is looked for in {}", quote::path(parent))),
    }
}

/// Most names of a folder that are compared.
const MOST_NAMES: usize = 10_000;

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.take(MOST_NAMES).map(|entry| entry.file_name());
    names.filter_map(|name| name.into_string().ok()).collect()
}

/// Refuses a path of which a part is on disk in another letter case.
fn check_case(folder: &Path, path: &str) -> Result<(), FileError> {
    let mut at = folder.to_path_buf();
    for part in Path::new(path).components() {
        let Component::Normal(name) = part else {
            at.push(part);
            continue;
        };
        let names = names_in(&at);
        let name = name.to_string_lossy();
        let is_there = names.iter().any(|one| **one == *name);
        let other = names
            .iter()
            .find(|one| one.to_lowercase() == name.to_lowercase());
        if let (false, Some(other)) = (is_there, other) {
            let message = format!(
                "there is no {}; what is there is called {}, and letter case counts",
                quote::name(&name),
                quote::name(other)
            );
            let error = FileError::new(message);
            return Err(match with_part(path, &name, other) {
                Some(meant) => error.meant(meant),
                None => error,
            });
        }
        at.push(&*name);
    }
    Ok(())
}

/// A path with another name for the first part that has this one; as `.use` lines have it.
fn with_part(path: &str, name: &str, other: &str) -> Option<String> {
    let mut parts: Vec<&str> = path.split('/').collect();
    let part = parts.iter_mut().find(|part| **part == name)?;
    *part = other;
    let whole = parts.join("/");
    Some(whole.strip_suffix(".prov").unwrap_or(&whole).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_a_file_in_its_own_letter_case() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("lib")).unwrap();
        std::fs::write(at("lib/Math.prov"), "").unwrap();
        std::fs::create_dir(at("folder.prov")).unwrap();
        let found = resolve(folder.path(), "./lib/Math.prov").unwrap();
        assert_eq!(found, at("lib/Math.prov").canonicalize().unwrap());
        assert_eq!(resolve(&at("lib"), "../lib/Math.prov").unwrap(), found);
        let message = |path: &str| resolve(folder.path(), path).unwrap_err().message;
        assert!(message("./lib/math.prov").contains("called Math.prov"));
        assert!(message("./Lib/Math.prov").contains("called lib"));
        let meant = |path: &str| resolve(folder.path(), path).unwrap_err().meant.unwrap();
        assert_eq!(meant("./lib/math.prov"), "./lib/Math");
        assert_eq!(meant("./Lib/Math.prov"), "./lib/Math");
        assert_eq!(meant("./lib/Mth.prov"), "./lib/Math");
        assert!(message("./folder.prov").contains("is a folder"));
        let missing = resolve(folder.path(), "./lib/Maths.prov").unwrap_err();
        assert_eq!(missing.help.unwrap(), "did you mean `\"./lib/Math\"`?");
    }
}
