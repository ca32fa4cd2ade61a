//! The files around a text, for features that offer to use them.

use crate::lsp::state::{Session, View};
use crate::program_state::DocumentId;
use provable::lang::modules::{ModulePath, Parsed};
use provable_host::fs;
use provable_ide::Beside;
use std::path::Path;
use std::sync::Arc;

/// The most names of a folder that are looked at.
const MAX_ENTRIES: usize = 2_000;

/// The files around the text of a view, on disk or open.
pub struct FilesBeside<'a> {
    /// Where texts are open.
    pub session: &'a Session,
    /// The text.
    pub view: &'a View,
}

impl Beside for FilesBeside<'_> {
    /// Hidden ones are left out.
    fn names(&self, folder: &str) -> Vec<String> {
        let DocumentId::File(path) = &self.view.file else {
            return Vec::new();
        };
        let folder = path.parent().map(|parent| parent.join(folder));
        let entries = folder.and_then(|folder| fs::read_dir(folder).ok());
        let entries = entries.into_iter().flatten().flatten().take(MAX_ENTRIES);
        let mut names: Vec<String> = entries
            .filter(|entry| entry.path() != *path)
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                let is_folder = fs::is_dir(entry.path());
                match Path::new(&name).extension() {
                    _ if name.starts_with('.') => None,
                    _ if is_folder => Some(format!("{name}/")),
                    Some(ending) if ending == "prov" => {
                        name.strip_suffix(".prov").map(str::to_owned)
                    }
                    _ => None,
                }
            })
            .collect();
        names.sort();
        names
    }

    fn file(&self, path: &str) -> Option<Arc<Parsed>> {
        let Ok(ModulePath::Relative(path)) = ModulePath::of(path) else {
            return None;
        };
        let documents = &self.session.documents;
        let id = documents.resolve(&self.view.id, &path).ok()?;
        let other = Some(id).filter(|id| *id != self.view.id)?;
        documents.parsed(&other).ok()
    }
}
