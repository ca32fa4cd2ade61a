//! The texts that programs consist of: those that the client has open, and the files on disk under them. A file on disk is
//! parsed again only when it changed, and an open text only when it was edited.

use super::file_id::id_of;
use super::library_files;
use super::program_texts::ProgramTexts;
use super::view::View;
use crate::files::version::FileVersion;
use crate::lsp::document_uri::file_uri;
use crate::mutex::lock;
use crate::program_files::DiskFiles;
use crate::program_state::DocumentId;
use provable::lang::modules::{FileError, Files, Parsed};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tower_lsp_server::ls_types::Uri;

/// How many files on disk are kept that no program uses at present.
const MAX_UNUSED: usize = 1000;

/// The open texts, and the files on disk that programs use.
#[derive(Debug, Default)]
pub struct Texts {
    /// The open texts, by their URIs in the spelling of the client.
    pub open: Mutex<HashMap<Uri, Arc<View>>>,
    closed: Mutex<HashMap<String, (FileVersion, Arc<Parsed>)>>,
    /// How often a text or a file changed.
    generation: AtomicU64,
}

impl Texts {
    /// Notes that a text or a file changed, so that what depends on others is found out again when it is asked for.
    pub fn changed(&self) -> u64 {
        self.generation.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// The open text of the file with an id.
    pub fn open_at(&self, id: &str) -> Option<Arc<View>> {
        let open = lock(&self.open);
        let found = open.values().filter(|view| view.id == id);
        found.min_by(|a, b| a.uri.cmp(&b.uri)).cloned()
    }

    fn on_disk(&self, id: &str) -> Result<Arc<Parsed>, FileError> {
        let path = Path::new(id);
        let known = lock(&self.closed).get(id).cloned();
        if let Some((_, parsed)) = known.filter(|(version, _)| version.is_still(path)) {
            return Ok(parsed);
        }
        // Before the file is read: if it changes meanwhile, it is read again.
        let version = FileVersion::of(path);
        let parsed = DiskFiles.parsed(id)?;
        let mut closed = lock(&self.closed);
        if closed.len() >= MAX_UNUSED {
            closed.retain(|_, (_, parsed)| Arc::strong_count(parsed) > 1);
        }
        closed.insert(id.to_owned(), (version, Arc::clone(&parsed)));
        Ok(parsed)
    }
}

impl ProgramTexts for Texts {
    fn generation(&self) -> u64 {
        self.generation.load(Ordering::SeqCst)
    }

    fn uri_of(&self, id: &str, spelled: &dyn Fn(&Path) -> PathBuf) -> Option<Uri> {
        if let Some(view) = self.open_at(id) {
            return Some(view.uri.clone());
        }
        match library_files::path_of(id) {
            Some(path) => file_uri(&path),
            None => file_uri(&spelled(Path::new(id))),
        }
    }
}

impl Files for Texts {
    fn resolve(&self, from: &str, path: &str) -> Result<String, FileError> {
        DiskFiles.resolve(from, path).or_else(|error| {
            // A new file may be open before it is on disk.
            let folder = Path::new(from).parent().map(PathBuf::from);
            let place = DocumentId::resolved_path(&folder.unwrap_or_default().join(path));
            let id = id_of(&place);
            self.open_at(&id).map(|_| id).ok_or(error)
        })
    }

    fn parsed(&self, id: &str) -> Result<Arc<Parsed>, FileError> {
        match self.open_at(id) {
            Some(view) => Ok(view.parsed()),
            None => self.on_disk(id),
        }
    }
}
