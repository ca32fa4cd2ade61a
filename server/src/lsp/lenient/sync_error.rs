//! The error of a message that sets or changes a text.

use serde_json::Value;

/// Why a message that sets or changes a text cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub struct SyncError {
    /// The URI of the document, if the message names one.
    pub uri: Option<String>,
    /// What is wrong, for a person.
    pub message: String,
}

impl SyncError {
    /// The error for parameters that cannot be parsed. `what` is what they hold.
    pub fn of(params: &Value, what: &str, error: &serde_json::Error) -> SyncError {
        let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
        SyncError {
            uri: uri.map(str::to_owned),
            message: format!("{what} that the client sent cannot be read: {error}"),
        }
    }
}
