//! The parameters of a message, mended place by place. What is a client's own (settings, data that it gets back, texts)
//! is left alone.

use super::names::{Names, URI_FIELDS};
use super::{Lost, clients, numbers, sync};
use crate::json::integral;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tower_lsp_server::ls_types::{Diagnostic, FileEvent};

/// Mends what a message says.
///
/// # Errors
/// When a text or a change cannot be used in spite of it.
pub fn mend(method: &str, params: &mut Value, names: &Names) -> Result<(), Lost> {
    let is_change = method == "textDocument/didChange";
    if let (true, Some(fields)) = (method == "textDocument/didOpen", params.as_object_mut()) {
        sync::opened_uri(fields, names);
    }
    Places {
        names,
        // In a change a place that is not told is not to be guessed: the text would be another one than the client's.
        are_filled: !is_change,
    }
    .mend(params);
    match method {
        "textDocument/didOpen" => return sync::opened(params, names),
        "textDocument/didChange" => return sync::changed(params, names),
        "initialize" => clients::mend(params),
        "textDocument/codeAction" => context(params),
        "workspace/didChangeWatchedFiles" => keep_sound::<FileEvent>(params.get_mut("changes")),
        "textDocument/formatting"
        | "textDocument/rangeFormatting"
        | "textDocument/onTypeFormatting" => layout(params),
        _ => {}
    }
    Ok(())
}

/// The walk over all places.
struct Places<'a> {
    names: &'a Names,
    are_filled: bool,
}

impl Places<'_> {
    fn mend(&self, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.mend(item)),
            Value::Object(fields) => {
                for (key, value) in fields {
                    self.field(key, value);
                }
            }
            Value::Number(number) => integral(number),
            _ => {}
        }
    }

    fn field(&self, key: &str, value: &mut Value) {
        match (key, &mut *value) {
            ("settings" | "initializationOptions" | "data" | "experimental" | "text", _) => {}
            (key, Value::String(text)) if URI_FIELDS.contains(&key) => self.names.mend_uri(text),
            ("arguments", Value::Array(items)) => {
                for item in items {
                    match item {
                        Value::String(text) => self.names.mend_argument(text),
                        other => self.mend(other),
                    }
                }
            }
            ("line" | "character" | "tabSize", _) => numbers::clamp(value),
            ("processId", _) => {
                self.mend(value);
                if value.as_u64().is_none_or(|id| u32::try_from(id).is_err()) {
                    *value = Value::Null;
                }
            }
            ("start" | "end" | "position", Value::Object(fields)) => {
                self.fill(fields);
                self.mend(value);
            }
            ("positions", Value::Array(items)) => {
                for item in items {
                    if let Value::Object(fields) = item {
                        self.fill(fields);
                    }
                    self.mend(item);
                }
            }
            _ => self.mend(value),
        }
    }

    /// A line or a column that is not told is the first.
    fn fill(&self, fields: &mut Map<String, Value>) {
        for name in ["line", "character"] {
            if self.are_filled && fields.get(name).is_none_or(Value::is_null) {
                fields.insert(name.into(), 0.into());
            }
        }
    }
}

/// The diagnostics that a client shows at a place: one that cannot be read is left out.
fn context(params: &mut Value) {
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
    keep_sound::<Diagnostic>(Some(diagnostics));
}

/// Keeps the items of a list that can be read.
fn keep_sound<T: for<'de> Deserialize<'de>>(list: Option<&mut Value>) {
    if let Some(Value::Array(items)) = list {
        items.retain(|item| T::deserialize(item).is_ok());
    }
}

/// Options for a layout, which here has none.
fn layout(params: &mut Value) {
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
    // What a client adds of its own is not looked at.
    options.retain(|key, _| matches!(key.as_str(), "tabSize" | "insertSpaces"));
}
