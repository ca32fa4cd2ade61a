//! The workspace's folders, and the programs in them that the client has not open.

use super::documents::View;
use super::inputs;
use super::position::Encoding;
use super::session::lock;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;
use tower_lsp_server::ls_types::Uri;

/// Programs and folders that are looked at for one question, and how deep: a bound on what a folder such as `/` costs.
const MOST_FILES: usize = 2_000;
const MOST_FOLDERS: usize = 10_000;
const DEEPEST: usize = 12;

/// The folders, and what was read from them.
#[derive(Debug, Default)]
pub struct Folders {
    roots: Mutex<Vec<PathBuf>>,
    read: Mutex<HashMap<PathBuf, (SystemTime, Arc<View>)>>,
}

impl Folders {
    /// Adds and removes folders.
    pub fn change(&self, added: &[Uri], removed: &[Uri]) {
        let path = |uri: &Uri| uri.to_file_path().map(|path| path.into_owned());
        let mut roots = lock(&self.roots);
        roots.retain(|root| !removed.iter().filter_map(path).any(|gone| gone == *root));
        for root in added.iter().filter_map(path) {
            if !roots.contains(&root) {
                roots.push(root);
            }
        }
    }

    /// The programs in the folders. Reads the disk, each file again only when it changed.
    pub fn programs(&self, encoding: Encoding) -> Vec<Arc<View>> {
        let roots = lock(&self.roots).clone();
        let mut paths = Vec::new();
        let mut waiting: Vec<(PathBuf, usize)> = roots.into_iter().map(|root| (root, 0)).collect();
        let mut folders = 0;
        while let Some((folder, depth)) = waiting.pop() {
            folders += 1;
            let Ok(entries) = std::fs::read_dir(&folder) else {
                continue;
            };
            for entry in entries.flatten() {
                let Ok(kind) = entry.file_type() else {
                    continue;
                };
                let path = entry.path();
                // Links are not followed: they may lead in circles.
                if kind.is_dir()
                    && depth < DEEPEST
                    && folders + waiting.len() < MOST_FOLDERS
                    && !is_hidden(&path)
                {
                    waiting.push((path, depth + 1));
                } else if kind.is_file() && path.extension().is_some_and(|ending| ending == "prov")
                {
                    paths.push(path);
                }
            }
            if paths.len() >= MOST_FILES {
                break;
            }
        }
        paths.sort();
        paths.dedup();
        let mut read = lock(&self.read);
        let mut kept = HashMap::new();
        let mut views = Vec::new();
        for path in paths {
            let Ok(changed) = std::fs::metadata(&path).and_then(|data| data.modified()) else {
                continue;
            };
            let known = read.remove(&path).filter(|(when, _)| *when == changed);
            let view = match known {
                Some((_, view)) => view,
                None => {
                    let (Some(uri), Ok(Some(text))) =
                        (Uri::from_file_path(&path), inputs::read(&path))
                    else {
                        continue;
                    };
                    Arc::new(View::of_program(uri, encoding, &text))
                }
            };
            views.push(Arc::clone(&view));
            kept.insert(path, (changed, view));
        }
        *read = kept;
        views
    }
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| name.starts_with('.') || name == "target" || name == "node_modules")
}
