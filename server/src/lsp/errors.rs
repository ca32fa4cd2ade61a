//! Errors that answer requests.

use tower_lsp_server::jsonrpc::{Error, ErrorCode};

/// An error that the client shows to its user.
pub fn request_failed(message: impl Into<String>) -> Error {
    Error {
        // `RequestFailed`: the request is valid and cannot be fulfilled.
        code: ErrorCode::ServerError(-32803),
        message: message.into().into(),
        data: None,
    }
}
