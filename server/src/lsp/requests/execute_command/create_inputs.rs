//! `provable.createInputs`.

use crate::lsp::companion_changes::companions_changed;
use crate::lsp::companion_files::{INPUTS, INPUTS_TEMPLATE, companion_path, companion_uri};
use crate::lsp::errors::request_failed;
use crate::lsp::state::Session;
use provable_host::fs;
use std::sync::Arc;
use tower_lsp_server::jsonrpc::Result;
use tower_lsp_server::ls_types::Uri;

/// Creates the inputs file of a program, for clients that cannot create files.
///
/// # Errors
/// When the file cannot be created, or exists.
pub fn create_inputs(session: &Arc<Session>, uri: &Uri) -> Result<()> {
    let path = companion_path(uri, INPUTS).ok_or_else(|| {
        request_failed(format!(
            "{} is no file, so nothing lies beside it",
            uri.as_str()
        ))
    })?;
    let cannot = |error| request_failed(format!("cannot create {}: {error}", path.display()));
    let mut file = fs::File::create_new(&path).map_err(cannot)?;
    std::io::Write::write_all(&mut file, INPUTS_TEMPLATE.as_bytes()).map_err(cannot)?;
    if let Some(inputs) = companion_uri(uri, INPUTS) {
        companions_changed(session, vec![inputs]);
    }
    Ok(())
}
