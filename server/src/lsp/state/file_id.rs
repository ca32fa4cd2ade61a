//! The ids by which programs know the files behind documents.

use super::library_files;
use crate::program_state::DocumentId;

/// The id of the file behind a document; empty for one that is no file.
pub fn id_of(file: &DocumentId) -> String {
    match file {
        DocumentId::File(path) => match library_files::id_at(path) {
            Some(id) => id,
            None => path.to_string_lossy().into_owned(),
        },
        DocumentId::Other(_) => String::new(),
    }
}
