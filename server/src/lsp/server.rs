//! The routing place: each request to its file. What changes the session does so before the first `await`; what reads
//! takes a view and computes on a thread of its own, so that reading the next message never waits.

use super::capabilities;
use super::client_capabilities::ClientCapabilities;
use super::commands;
use super::documents::View;
use super::identity::Role;
use super::lost;
use super::requests::{
    action, calls, completion, diagnostic, file_names, folding, formatting, hints, hover, lens,
    navigation, rename, selection, signature, symbols, tokens,
};
use super::session::Session;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tower_lsp_server::LanguageServer;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::*;

/// The server as the framework calls it.
pub struct Backend {
    /// What it knows.
    pub session: Arc<Session>,
}

impl Backend {
    /// Answers from the present state of a program's text; none if it is not open, or no program's.
    async fn read<T: Send + 'static>(
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

    /// As [`Self::read`], about what can be done with a program: a copy of one is only read.
    async fn offer<T: Default + Send + 'static>(
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

    async fn compute<T: Send + 'static>(
        &self,
        answer: impl FnOnce(&Session) -> T + Send + 'static,
    ) -> Result<T> {
        let session = Arc::clone(&self.session);
        let span = tracing::Span::current();
        tokio::task::spawn_blocking(move || span.in_scope(|| answer(&session)))
            .await
            .map_err(|_| Error::internal_error())
    }

    /// `window/workDoneProgress/cancel`: stops the job that is shown under a token.
    pub async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        let pending = self.session.pending();
        let shown = pending.iter().find(|(_, job)| job.token == params.token);
        if let Some((job, _)) = shown {
            self.session.jobs.cancel(*job);
        }
    }

    /// A frame that made no sense, told to whoever reads the log.
    pub async fn malformed(&self, params: Value) {
        let what = params.get("message").and_then(Value::as_str).unwrap_or("");
        self.session
            .client
            .log_message(MessageType::WARNING, what)
            .await;
    }

    /// Has everything worked out that depends on a text which was opened, edited or closed.
    fn changed(&self, view: &View) {
        match view.role {
            Role::Program => self.session.dirty.mark(&view.uri),
            // A program's inputs may be a link to a file of any name.
            Role::Inputs | Role::Other => {
                self.session.companions_changed(vec![view.uri.clone()]);
            }
            Role::Copy => {}
        }
    }

    /// Takes back that a text is lost: it was sent anew, or closed.
    fn was_lost(&self, uri: &Uri) {
        if let Some(told) = self.session.lost.remove(uri) {
            self.session.dirty.mark(&told);
        }
    }

    /// A message that says what a text is, and that cannot be used.
    pub async fn out_of_step(&self, params: Value) {
        lost::lose(&self.session, params).await;
    }

    /// Asks the client for its settings, if it can be asked. No handler waits for the answer: a client that never
    /// gives one would keep the server from ending.
    fn fetch_configuration(&self) {
        let is_ending = self.session.is_shut_down.load(Ordering::Relaxed);
        if is_ending || !self.session.client_capabilities().has_configuration {
            return;
        }
        let session = Arc::clone(&self.session);
        tokio::spawn(async move {
            let item = ConfigurationItem {
                scope_uri: None,
                section: Some("provable".into()),
            };
            if let Ok(values) = session.client.configuration(vec![item]).await {
                session.set_configuration(values.first().unwrap_or(&Value::Null));
            }
        });
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        if let Some(id) = params.process_id {
            self.session.parent.watch(id);
        }
        let client = ClientCapabilities::new(&params.capabilities);
        self.session.learn(client);
        if let Some(options) = &params.initialization_options {
            self.session.set_configuration(options);
        }
        let folders = params.workspace_folders.unwrap_or_default();
        let mut roots: Vec<Uri> = folders.into_iter().map(|folder| folder.uri).collect();
        #[allow(deprecated)] // what clients from before workspace folders send
        if let (true, Some(root)) = (roots.is_empty(), params.root_uri) {
            roots.push(root);
        }
        self.session.folders.change(&roots, &[]);
        Ok(InitializeResult {
            capabilities: capabilities::offer(client),
            server_info: Some(ServerInfo {
                name: "provable".into(),
                version: Some(env!("CARGO_PKG_VERSION").into()),
            }),
            offset_encoding: None,
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        let wanted = capabilities::watch(self.session.client_capabilities());
        if !wanted.is_empty() {
            let client = self.session.client.clone();
            // A client that refuses does without: files are read again when they are needed.
            tokio::spawn(async move { client.register_capability(wanted).await });
        }
        self.fetch_configuration();
    }

    async fn shutdown(&self) -> Result<()> {
        self.session.is_shut_down.store(true, Ordering::Relaxed);
        self.session.jobs.shut_down().await;
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let TextDocumentItem {
            uri,
            language_id,
            version,
            text,
        } = params.text_document;
        let encoding = self.session.client_capabilities().encoding;
        self.was_lost(&uri);
        let documents = &self.session.documents;
        let view = documents.open(uri, &language_id, version, encoding, &text);
        self.changed(&view);
        if view.role == Role::Program {
            self.session.dirty.mark_inputs_of(&view.uri);
            self.session.refresh();
        }
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        let changes = lost::find(&self.session, &uri, version, params.content_changes);
        let documents = &self.session.documents;
        if let Some(view) = documents.change(&uri, version, changes) {
            self.changed(&view);
        }
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        self.was_lost(&uri);
        if let Some(view) = self.session.documents.close(&uri) {
            self.changed(&view);
            if view.role == Role::Program {
                self.session.dirty.mark_inputs_of(&view.uri);
            }
            self.session.closed(&view.uri);
        }
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if self.session.client_capabilities().has_configuration {
            self.fetch_configuration();
        } else {
            self.session.set_configuration(&params.settings);
        }
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let uris = |folders: Vec<WorkspaceFolder>| -> Vec<Uri> {
            folders.into_iter().map(|folder| folder.uri).collect()
        };
        let WorkspaceFoldersChangeEvent { added, removed } = params.event;
        self.session.folders.change(&uris(added), &uris(removed));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let changed = params.changes.into_iter().map(|change| change.uri);
        self.session.companions_changed(changed.collect());
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        self.compute(move |_| file_names::companions(&params.files))
            .await
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        file_names::renamed(&self.session, &params.files);
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        commands::execute(&self.session, params).await
    }

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        let uri = params.text_document.uri;
        let view = self.session.documents.view(&uri);
        let previous = params.previous_result_id;
        self.compute(move |session| {
            diagnostic::answer(session, &uri, view.as_deref(), previous.as_deref())
        })
        .await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position_params;
        let found = self.read(&text_document.uri, move |_, view| {
            hover::answer(view, position)
        });
        Ok(found.await?.flatten())
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position;
        self.read(&text_document.uri, move |session, view| {
            completion::answer(view, position, session.client_capabilities())
        })
        .await
    }

    async fn signature_help(&self, params: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position_params;
        let found = self.read(&text_document.uri, move |_, view| {
            signature::answer(view, position)
        });
        Ok(found.await?.flatten())
    }

    async fn goto_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position_params;
        let found = self.read(&text_document.uri, move |_, view| {
            navigation::defined(view, position)
        });
        Ok(found.await?.flatten())
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position;
        let with_definition = params.context.include_declaration;
        self.read(&text_document.uri, move |_, view| {
            navigation::used(view, position, with_definition)
        })
        .await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position_params;
        self.read(&text_document.uri, move |_, view| {
            navigation::highlighted(view, position)
        })
        .await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        let at = params.position;
        let found = self.read(&params.text_document.uri, move |_, view| {
            rename::prepare(view, at)
        });
        Ok(found.await?.flatten())
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position;
        let new = params.new_name;
        let found = self.read(&text_document.uri, move |session, view| {
            rename::answer(
                view,
                position,
                &new,
                session.client_capabilities().versioned_edits,
            )
        });
        found.await?.unwrap_or(Ok(None))
    }

    async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        self.read(&params.text_document.uri, |session, view| {
            symbols::of_document(view, session.client_capabilities().nested_symbols)
        })
        .await
    }

    async fn symbol(
        &self,
        params: WorkspaceSymbolParams,
    ) -> Result<Option<WorkspaceSymbolResponse>> {
        let found = symbols::of_workspace(&self.session, params.query).await;
        let found = found.ok_or_else(Error::internal_error)?;
        Ok(Some(WorkspaceSymbolResponse::Flat(found)))
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position_params;
        let found = self.read(&text_document.uri, move |_, view| {
            calls::prepare(view, position)
        });
        Ok(found.await?.flatten())
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        let item = params.item;
        let uri = item.uri.clone();
        self.read(&uri, move |_, view| calls::callers(view, &item))
            .await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        let item = params.item;
        let uri = item.uri.clone();
        self.read(&uri, move |_, view| calls::called(view, &item))
            .await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.read(&params.text_document.uri, |_, view| folding::answer(view))
            .await
    }

    async fn selection_range(
        &self,
        params: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        let positions = params.positions;
        self.read(&params.text_document.uri, move |_, view| {
            selection::answer(view, &positions)
        })
        .await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        let found = self.read(&params.text_document.uri, tokens::full).await?;
        Ok(found.map(SemanticTokensResult::Tokens))
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let previous = params.previous_result_id;
        self.read(&params.text_document.uri, move |session, view| {
            tokens::delta(session, view, &previous)
        })
        .await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let range = params.range;
        let found = self
            .read(&params.text_document.uri, move |_, view| {
                tokens::range(view, range)
            })
            .await?;
        Ok(found.map(SemanticTokensRangeResult::Tokens))
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.read(&params.text_document.uri, |_, view| formatting::all(view))
            .await
    }

    async fn range_formatting(
        &self,
        params: DocumentRangeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let range = params.range;
        self.read(&params.text_document.uri, move |_, view| {
            formatting::range(view, range)
        })
        .await
    }

    async fn on_type_formatting(
        &self,
        params: DocumentOnTypeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position;
        self.read(&text_document.uri, move |_, view| {
            formatting::on_type(view, position)
        })
        .await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let (range, context) = (params.range, params.context);
        self.offer(&params.text_document.uri, move |session, view| {
            action::answer(session, view, range, &context)
        })
        .await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.offer(&params.text_document.uri, lens::answer).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let range = params.range;
        self.read(&params.text_document.uri, move |session, view| {
            hints::answer(session, view, range)
        })
        .await
    }
}
