//! The messages that say what a text is. They must not be refused and dropped: whatever cannot be used is told.

use super::Lost;
use super::names::Names;
use serde::Deserialize;
use serde_json::{Map, Value};
use tower_lsp_server::ls_types::{Range, Uri};

// What the protocol's types ask for, without copies of the texts.

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)] // what matters is whether it can be read
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

/// The spelling of a document's URI in the message that opens it.
pub fn opened_uri(params: &mut Map<String, Value>, names: &Names) {
    let document = params.get_mut("textDocument");
    if let Some(Value::String(uri)) = document.and_then(|one| one.get_mut("uri")) {
        names.mend_opened(uri);
    }
}

/// Mends `textDocument/didOpen`.
pub fn opened(params: &mut Value, names: &Names) -> Result<(), Lost> {
    if let Some(Value::Object(document)) = params.get_mut("textDocument") {
        version(document, names);
        if !document.get("languageId").is_some_and(Value::is_string) {
            document.insert("languageId".into(), "".into());
        }
    }
    match Opened::deserialize(&*params) {
        Ok(_) => Ok(()),
        Err(error) => Err(Lost::of(params, "the text", &error)),
    }
}

/// Mends `textDocument/didChange`.
pub fn changed(params: &mut Value, names: &Names) -> Result<(), Lost> {
    if let Some(Value::Object(document)) = params.get_mut("textDocument") {
        version(document, names);
    }
    if let Some(Value::Array(changes)) = params.get_mut("contentChanges") {
        for change in changes.iter_mut().filter_map(Value::as_object_mut) {
            // Of no use beside the range, and wrong in some clients.
            let length = change.get("rangeLength");
            if length.is_some_and(|one| one.as_u64().is_none_or(|one| u32::try_from(one).is_err()))
            {
                change.remove("rangeLength");
            }
        }
    }
    match Changed::deserialize(&*params) {
        Ok(_) => Ok(()),
        Err(error) => Err(Lost::of(params, "a change", &error)),
    }
}

fn version(document: &mut Map<String, Value>, names: &Names) {
    let version = document.get("version");
    if version
        .and_then(Value::as_i64)
        .is_some_and(|one| i32::try_from(one).is_ok())
    {
        return;
    }
    let theirs = version.cloned().unwrap_or(Value::Null);
    document.insert("version".into(), names.version(theirs).into());
}
