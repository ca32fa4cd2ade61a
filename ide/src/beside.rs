//! The files around a text, which it may use.

use provable::lang::modules::Parsed;
use std::sync::Arc;

/// The most folders that are looked through for a file.
const MAX_FOLDERS: usize = 50;

/// The files around a text. Paths are written as in its `.use` lines.
pub trait Beside {
    /// What is in a folder, which ends with `/`: the programs without their extension, and folders with `/` at the end.
    fn names(&self, folder: &str) -> Vec<String>;

    /// The file that a path means; none if it cannot be used.
    fn file(&self, path: &str) -> Option<Arc<Parsed>>;
}

/// A text whose folder is not known.
pub(super) struct Nowhere;

impl Beside for Nowhere {
    fn names(&self, _folder: &str) -> Vec<String> {
        Vec::new()
    }

    fn file(&self, _path: &str) -> Option<Arc<Parsed>> {
        None
    }
}

/// The files that a `.use` line would give this name, each once with its path: beside the text, in the folders there, in the
/// folder above and in the folders of that one. Programs are no libraries and left out.
pub(super) fn files_named(alias: &str, beside: &dyn Beside) -> Vec<(String, Arc<Parsed>)> {
    let mut found: Vec<(String, Arc<Parsed>)> = Vec::new();
    for around in ["./", "../"] {
        let names = beside.names(around);
        let inner = names.iter().filter(|name| name.ends_with('/'));
        let inner = inner
            .take(MAX_FOLDERS)
            .map(|name| format!("{around}{name}"));
        let folders = std::iter::once(around.to_owned()).chain(inner);
        for folder in folders {
            let has_it = match folder == around {
                true => names.iter().any(|name| name == alias),
                false => beside.names(&folder).iter().any(|name| name == alias),
            };
            let path = format!("{folder}{alias}");
            let file = has_it.then(|| beside.file(&path)).flatten();
            // The folder of the text is one of those in the folder above.
            let is_new = |file: &Arc<Parsed>| !found.iter().any(|(_, one)| Arc::ptr_eq(one, file));
            let file = file.filter(|file| file.interface().main.is_none() && is_new(file));
            found.extend(file.map(|file| (path, file)));
        }
    }
    found
}
