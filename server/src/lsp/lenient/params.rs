//! Repairs the parameters of a message, field by field. Settings, texts, and data that the client gets back are unchanged.

use super::spelling::{Spelling, URI_FIELDS};
use super::sync_error::SyncError;
use super::{initialize, numbers, sync};
use crate::lenient_json::whole_number;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tower_lsp_server::ls_types::{Diagnostic, FileEvent};

/// Repairs the parameters of a message.
///
/// # Errors
/// When a message that sets or changes a text still cannot be used.
pub fn repair(method: &str, params: &mut Value, spelling: &Spelling) -> Result<(), SyncError> {
    let is_change = method == "textDocument/didChange";
    if let (true, Some(fields)) = (method == "textDocument/didOpen", params.as_object_mut()) {
        sync::repair_opened_uri(fields, spelling);
    }
    FieldRepair {
        spelling,
        // In a change a position must not be guessed: the text would differ from the client's.
        fills_positions: !is_change,
    }
    .repair(params);
    match method {
        "textDocument/didOpen" => return sync::repair_opened(params, spelling),
        "textDocument/didChange" => return sync::repair_changed(params, spelling),
        "initialize" => initialize::repair(params),
        "textDocument/codeAction" => repair_context(params),
        "workspace/didChangeWatchedFiles" => keep_valid::<FileEvent>(params.get_mut("changes")),
        "textDocument/formatting"
        | "textDocument/rangeFormatting"
        | "textDocument/onTypeFormatting" => repair_formatting_options(params),
        _ => {}
    }
    Ok(())
}

/// The walk over all fields.
struct FieldRepair<'a> {
    spelling: &'a Spelling,
    fills_positions: bool,
}

impl FieldRepair<'_> {
    fn repair(&self, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.repair(item)),
            Value::Object(fields) => {
                for (key, value) in fields {
                    self.field(key, value);
                }
            }
            Value::Number(number) => whole_number(number),
            _ => {}
        }
    }

    fn field(&self, key: &str, value: &mut Value) {
        match (key, &mut *value) {
            ("settings" | "initializationOptions" | "data" | "experimental" | "text", _) => {}
            (key, Value::String(text)) if URI_FIELDS.contains(&key) => {
                self.spelling.repair_uri(text)
            }
            ("arguments", Value::Array(items)) => {
                for item in items {
                    match item {
                        Value::String(text) => self.spelling.repair_argument(text),
                        other => self.repair(other),
                    }
                }
            }
            ("line" | "character" | "tabSize", _) => numbers::clamp(value),
            ("processId", _) => {
                self.repair(value);
                if value.as_u64().is_none_or(|id| u32::try_from(id).is_err()) {
                    *value = Value::Null;
                }
            }
            ("start" | "end" | "position", Value::Object(fields)) => {
                self.fill_position(fields);
                self.repair(value);
            }
            ("positions", Value::Array(items)) => {
                for item in items {
                    if let Value::Object(fields) = item {
                        self.fill_position(fields);
                    }
                    self.repair(item);
                }
            }
            _ => self.repair(value),
        }
    }

    /// Fills in the first line or column where it is missing.
    fn fill_position(&self, fields: &mut Map<String, Value>) {
        for name in ["line", "character"] {
            if self.fills_positions && fields.get(name).is_none_or(Value::is_null) {
                fields.insert(name.into(), 0.into());
            }
        }
    }
}

/// Repairs the context of a code action. Diagnostics that cannot be parsed are removed.
fn repair_context(params: &mut Value) {
    let Some(fields) = params.as_object_mut() else {
        return;
    };
    let context = fields.entry("context").or_insert_with(|| json!({}));
    if context.is_null() {
        *context = json!({});
    }
    let Some(context) = context.as_object_mut() else {
        return;
    };
    let diagnostics = context.entry("diagnostics").or_insert_with(|| json!([]));
    if diagnostics.is_null() {
        *diagnostics = json!([]);
    }
    keep_valid::<Diagnostic>(Some(diagnostics));
}

/// Keeps the items of a list that can be parsed.
fn keep_valid<T: for<'de> Deserialize<'de>>(list: Option<&mut Value>) {
    if let Some(Value::Array(items)) = list {
        items.retain(|item| T::deserialize(item).is_ok());
    }
}

/// Fills in formatting options, which have no effect here.
fn repair_formatting_options(params: &mut Value) {
    let Some(fields) = params.as_object_mut() else {
        return;
    };
    let options = fields.entry("options").or_insert(Value::Null);
    if !options.is_object() {
        *options = json!({});
    }
    let Some(options) = options.as_object_mut() else {
        return;
    };
    if !options.get("tabSize").is_some_and(Value::is_u64) {
        options.insert("tabSize".into(), 4.into());
    }
    if !options.get("insertSpaces").is_some_and(Value::is_boolean) {
        options.insert("insertSpaces".into(), true.into());
    }
    // Options of the client's own are not needed.
    options.retain(|key, _| matches!(key.as_str(), "tabSize" | "insertSpaces"));
}
