//! The program of a command.

use crate::lsp::companion_files::companion_path;
use crate::lsp::document_role::Role;
use crate::lsp::document_uri::name_of;
use crate::lsp::errors::request_failed;
use crate::lsp::state::{Session, View};
use crate::program_state::DocumentId;
use crate::text_file;
use std::sync::Arc;
use tower_lsp_server::jsonrpc::Result;
use tower_lsp_server::ls_types::Uri;

/// The place of a program. For an open text it was determined when the text was opened.
pub fn place_of(uri: &Uri, open: Option<&View>) -> DocumentId {
    open.map_or_else(|| DocumentId::placed(uri), |view| view.place.clone())
}

/// The text of a program that the client does not have open.
///
/// # Errors
/// When the file cannot be read.
pub fn from_disk(session: &Session, uri: &Uri) -> Result<Arc<View>> {
    let path = companion_path(uri, "prov")
        .ok_or_else(|| request_failed(format!("{} is no file", uri.as_str())))?;
    let text = match text_file::read(&path) {
        Ok(Some(text)) => text,
        Ok(None) => {
            return Err(request_failed(format!(
                "there is no file {}",
                path.display()
            )));
        }
        Err(message) => return Err(request_failed(message)),
    };
    let encoding = session.client_capabilities().encoding;
    Ok(session.documents.closed(uri.clone(), encoding, &text))
}

/// Refuses what is not a program, and copies of programs.
///
/// # Errors
/// When the document is not a program.
pub fn check_role(view: &View) -> Result<()> {
    let name = name_of(&view.uri);
    match view.role {
        Role::Program => Ok(()),
        Role::Copy => Err(request_failed(format!(
            "{name} is a copy that cannot be edited: open the program's file"
        ))),
        Role::Inputs | Role::Other => Err(request_failed(format!(
            "{name} is no program: programs end in .prov"
        ))),
    }
}
