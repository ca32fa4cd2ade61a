//! Repairs the notifications that set or change a text. One that still cannot be parsed is reported, and not dropped.

use super::spelling::Spelling;
use super::sync_error::SyncError;
use serde::Deserialize;
use serde_json::{Map, Value};
use tower_lsp_server::ls_types::{Range, Uri};

// The shape of the protocol's types, without copies of the texts.

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)] // only whether it parses matters
struct Opened<'a> {
    #[serde(borrow)]
    text_document: OpenedDocument<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct OpenedDocument<'a> {
    uri: Uri,
    #[serde(borrow)]
    language_id: &'a str,
    version: i32,
    text: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Changed<'a> {
    text_document: ChangedDocument,
    #[serde(borrow)]
    content_changes: Vec<Change<'a>>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct ChangedDocument {
    uri: Uri,
    version: i32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Change<'a> {
    range: Option<Range>,
    range_length: Option<u32>,
    #[serde(borrow)]
    text: &'a str,
}

/// Repairs the URI of a document in the message that opens it.
pub fn repair_opened_uri(params: &mut Map<String, Value>, spelling: &Spelling) {
    let document = params.get_mut("textDocument");
    if let Some(Value::String(uri)) = document.and_then(|one| one.get_mut("uri")) {
        spelling.repair_opened_uri(uri);
    }
}

/// Repairs `textDocument/didOpen`.
pub fn repair_opened(params: &mut Value, spelling: &Spelling) -> Result<(), SyncError> {
    if let Some(Value::Object(document)) = params.get_mut("textDocument") {
        repair_version(document, spelling);
        if !document.get("languageId").is_some_and(Value::is_string) {
            document.insert("languageId".into(), "".into());
        }
    }
    match Opened::deserialize(&*params) {
        Ok(_) => Ok(()),
        Err(error) => Err(SyncError::of(params, "the text", &error)),
    }
}

/// Repairs `textDocument/didChange`.
pub fn repair_changed(params: &mut Value, spelling: &Spelling) -> Result<(), SyncError> {
    if let Some(Value::Object(document)) = params.get_mut("textDocument") {
        repair_version(document, spelling);
    }
    if let Some(Value::Array(changes)) = params.get_mut("contentChanges") {
        for change in changes.iter_mut().filter_map(Value::as_object_mut) {
            // Not needed beside the range, and wrong in some clients.
            let length = change.get("rangeLength");
            if length.is_some_and(|one| one.as_u64().is_none_or(|one| u32::try_from(one).is_err()))
            {
                change.remove("rangeLength");
            }
        }
    }
    match Changed::deserialize(&*params) {
        Ok(_) => Ok(()),
        Err(error) => Err(SyncError::of(params, "a change", &error)),
    }
}

/// Replaces a version that cannot be parsed.
fn repair_version(document: &mut Map<String, Value>, spelling: &Spelling) {
    let version = document.get("version");
    if version
        .and_then(Value::as_i64)
        .is_some_and(|one| i32::try_from(one).is_ok())
    {
        return;
    }
    let theirs = version.cloned().unwrap_or(Value::Null);
    document.insert("version".into(), spelling.version(theirs).into());
}
