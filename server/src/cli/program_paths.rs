//! The programs that the arguments of a command name: files, and all programs in folders.

use super::read::shown;
use crate::errors::failure::Failure;
use crate::files::walk::{MAX_FILES, programs};
use serde_json::json;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// A program that a command is to take.
pub struct ProgramPath {
    /// The path, as it was given or found.
    pub path: PathBuf,
    /// Whether it was found in a folder, and not named itself.
    pub is_found: bool,
}

/// The files that are named, and the programs in the folders that are named, each file once. Those in a folder are in the
/// order of their paths.
///
/// # Errors
/// If a folder has so many programs that not all were looked for.
pub fn program_paths(paths: &[PathBuf]) -> Result<Vec<ProgramPath>, Failure> {
    let mut all = Vec::new();
    let mut seen = HashSet::new();
    for path in paths {
        let is_found = path.is_dir();
        let in_it = match is_found {
            true => in_folder(path)?,
            false => vec![path.clone()],
        };
        for path in in_it {
            let real = path.canonicalize().unwrap_or_else(|_| path.clone());
            if seen.insert(real) {
                all.push(ProgramPath { path, is_found });
            }
        }
    }
    Ok(all)
}

/// As [`program_paths`], for a command that has nothing to do without a program.
///
/// # Errors
/// As there, and if there is no program.
pub fn some_programs(paths: &[PathBuf]) -> Result<Vec<ProgramPath>, Failure> {
    let all = program_paths(paths)?;
    match (all.is_empty(), paths.first()) {
        (true, Some(folder)) => Err(Failure::unusable(format!(
            "there are no programs in {}",
            shown(folder)
        ))
        .field("file", json!(folder.display().to_string()))
        .help("the files of programs end in .prov")),
        _ => Ok(all),
    }
}

fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let found = programs(&[folder.to_path_buf()], &|| true).unwrap_or_default();
    if found.len() >= MAX_FILES {
        return Err(Failure::unusable(format!(
            "{} has {MAX_FILES} programs or more, and a folder with so many is not taken whole",
            shown(folder)
        ))
        .help("name the folders in it, each by itself"));
    }
    let paths = found.into_iter().map(|found| {
        let path = found.path.strip_prefix(".").map(Path::to_path_buf);
        path.unwrap_or(found.path)
    });
    let mut paths: Vec<PathBuf> = paths.collect();
    paths.sort();
    Ok(paths)
}
