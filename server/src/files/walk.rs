//! The programs in a folder and in those under it.

use provable_host::fs;
use std::path::{Path, PathBuf};

/// Programs at which a walk ends. This and the next limits bound the cost of a folder such as `/`.
pub const MAX_FILES: usize = 2_000;
/// The most folders, and the depth of folders.
const MAX_FOLDERS: usize = 10_000;
const MAX_DEPTH: usize = 12;

/// A program: its path in the folder of the client, and its resolved path.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// The path in the folder that was walked.
    pub path: PathBuf,
    /// The path without links.
    pub real: PathBuf,
}

/// The programs in these folders and the folders in them; none if the walk was stopped.
pub fn programs(roots: &[PathBuf], goes_on: &dyn Fn() -> bool) -> Option<Vec<Found>> {
    let mut found = Vec::new();
    let roots = roots.iter().filter_map(|root| {
        let real = fs::canonicalize(root).ok()?;
        Some((root.clone(), real, 0))
    });
    let mut waiting: Vec<(PathBuf, PathBuf, usize)> = roots.collect();
    let mut folders = 0;
    while let Some((folder, real, depth)) = waiting.pop() {
        folders += 1;
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            if !goes_on() {
                return None;
            }
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            let path = entry.path();
            // Links are not followed, since they may lead in circles. So a path under a resolved root is resolved.
            let real = real.join(entry.file_name());
            if kind.is_dir()
                && depth < MAX_DEPTH
                && folders + waiting.len() < MAX_FOLDERS
                && !is_hidden(&path)
            {
                waiting.push((path, real, depth + 1));
            } else if kind.is_file() && path.extension().is_some_and(|ending| ending == "prov") {
                found.push(Found { path, real });
            }
        }
        if found.len() >= MAX_FILES {
            break;
        }
    }
    Some(found)
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| name.starts_with('.') || name == "target" || name == "node_modules")
}
