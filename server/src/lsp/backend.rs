//! The server as the framework calls it, and the ways in which a request is computed.

use super::document_role::Role;
use super::errors::request_failed;
use super::notifications::{out_of_sync, workspace};
use super::state::workspace_folders::SymbolIndex;
use super::state::{Session, View};
use crate::task;
use serde_json::Value;
use std::sync::Arc;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{
    MessageType, Position, TextDocumentPositionParams, Uri, WorkDoneProgressCancelParams,
};

/// The server.
pub struct Backend {
    /// Its state.
    pub session: Arc<Session>,
}

impl Backend {
    /// Computes on a thread of its own, so that the server goes on reading messages.
    pub async fn compute<T: Send + 'static>(
        &self,
        answer: impl FnOnce(&Session) -> T + Send + 'static,
    ) -> Result<T> {
        let session = Arc::clone(&self.session);
        let span = tracing::Span::current();
        task::blocking(move || span.in_scope(|| answer(&session)))
            .await
            .map_err(|_| Error::internal_error())
    }

    /// The programs of the workspace, as far as they are files.
    pub async fn programs(&self) -> Arc<SymbolIndex> {
        let encoding = self.session.client_capabilities().encoding;
        self.session.folders.index(encoding).await
    }

    /// Answers from the present version of a program's text. None if it is not open, or no program.
    pub async fn read<T: Send + 'static>(
        &self,
        uri: &Uri,
        answer: impl FnOnce(&Session, &View) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let view = self.session.documents.view(uri);
        let Some(view) = view.filter(|view| view.role.is_program_text()) else {
            return Ok(None);
        };
        self.compute(move |session| Some(answer(session, &view)))
            .await
    }

    /// As [`Self::read`], about a position.
    pub async fn read_at<T: Send + 'static>(
        &self,
        params: TextDocumentPositionParams,
        answer: impl FnOnce(&Session, &View, Position) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let position = params.position;
        self.read(&params.text_document.uri, move |session, view| {
            answer(session, view, position)
        })
        .await
    }

    /// As [`Self::read`], about what can be done with a program. With a copy of a program nothing can be done.
    pub async fn offer<T: Default + Send + 'static>(
        &self,
        uri: &Uri,
        answer: impl FnOnce(&Session, &View) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        self.read(uri, |session, view| match view.role {
            Role::Program => answer(session, view),
            _ => T::default(),
        })
        .await
    }

    /// `window/workDoneProgress/cancel`.
    pub async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        workspace::cancel_progress(&self.session, &params);
    }

    /// [`MALFORMED`](super::frames::MALFORMED): writes what is wrong with a message to the log of the client.
    pub async fn malformed(&self, params: Value) {
        let what = params.get("message").and_then(Value::as_str).unwrap_or("");
        self.session
            .client
            .log_message(MessageType::WARNING, what)
            .await;
    }

    /// [`OUT_OF_SYNC`](super::lenient::OUT_OF_SYNC).
    pub async fn out_of_sync(&self, params: Value) {
        out_of_sync::lost(&self.session, params).await;
    }
}

/// A text, if it can be edited: files of the standard library cannot.
pub fn editable(view: &View) -> Option<&View> {
    (!view.is_library_file()).then_some(view)
}

/// Refuses to edit a file of the standard library.
///
/// # Errors
/// When the text is one.
pub fn check_editable(view: &View) -> Result<()> {
    let name = &view.id;
    match editable(view) {
        Some(_) => Ok(()),
        None => Err(request_failed(format!(
            "{name} is a file of the standard library, which nobody edits: copy what you need into a file of your own"
        ))),
    }
}
