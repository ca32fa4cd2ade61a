//! The routing of messages: each request and notification to its file. What changes the session does so before the first
//! `await`.

use super::backend::{Backend, check_editable, editable};
use super::notifications::{configuration, text_document, workspace};
use super::requests::{
    call_hierarchy, code_action, code_lens, completion, definition, diagnostic, document_highlight,
    document_link, document_symbol, execute_command, folding_range, formatting, hover, initialize,
    inlay_hint, references, rename, rename_files, selection_range, semantic_tokens, signature_help,
    workspace_symbol,
};
use std::sync::atomic::Ordering;
use tower_lsp_server::LanguageServer;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::*;

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        Ok(initialize::initialize(&self.session, params))
    }

    async fn initialized(&self, _: InitializedParams) {
        initialize::initialized(&self.session);
    }

    async fn shutdown(&self) -> Result<()> {
        self.session.is_shut_down.store(true, Ordering::Relaxed);
        self.session.jobs.shut_down().await;
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        text_document::did_open(&self.session, params);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        text_document::did_change(&self.session, params);
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        text_document::did_close(&self.session, &params);
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        configuration::did_change(&self.session, &params);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        workspace::did_change_folders(&self.session, params);
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        workspace::did_change_watched_files(&self.session, params);
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        Ok(rename_files::will_rename(&self.session, params.files).await)
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        rename_files::did_rename(&self.session, &params.files);
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        execute_command::execute(&self.session, params).await
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

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        self.compute(move |session| diagnostic::of_workspace(session, &params.previous_result_ids))
            .await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let params = params.text_document_position_params;
        let found = self.read_at(params, |_, view, at| hover::answer(view, at));
        Ok(found.await?.flatten())
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.read_at(params.text_document_position, |session, view, at| {
            completion::answer(session, view, at)
        })
        .await
    }

    async fn signature_help(&self, params: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        let params = params.text_document_position_params;
        let found = self.read_at(params, |_, view, at| signature_help::answer(view, at));
        Ok(found.await?.flatten())
    }

    async fn goto_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        let params = params.text_document_position_params;
        let found = self.read_at(params, |_, view, at| definition::answer(view, at));
        Ok(found.await?.flatten())
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let with_definition = params.context.include_declaration;
        let index = self.programs().await;
        self.read_at(params.text_document_position, move |session, view, at| {
            references::answer(session, &index, view, at, with_definition)
        })
        .await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.read(&params.text_document.uri, |_, view| {
            document_link::answer(view)
        })
        .await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        self.read_at(params.text_document_position_params, |_, view, at| {
            document_highlight::answer(view, at)
        })
        .await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        let found = self.read_at(params, |_, view, at| rename::prepare(editable(view)?, at));
        Ok(found.await?.flatten())
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let new = params.new_name;
        let index = self.programs().await;
        let found = self.read_at(params.text_document_position, move |session, view, at| {
            check_editable(view)?;
            rename::answer(session, &index, view, at, &new)
        });
        found.await?.unwrap_or(Ok(None))
    }

    async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        self.read(&params.text_document.uri, |session, view| {
            document_symbol::answer(view, session.client_capabilities().nested_symbols)
        })
        .await
    }

    async fn symbol(
        &self,
        params: WorkspaceSymbolParams,
    ) -> Result<Option<WorkspaceSymbolResponse>> {
        let found = workspace_symbol::answer(&self.session, params.query).await;
        let found = found.ok_or_else(Error::internal_error)?;
        Ok(Some(WorkspaceSymbolResponse::Flat(found)))
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        let params = params.text_document_position_params;
        let found = self.read_at(params, |_, view, at| call_hierarchy::prepare(view, at));
        Ok(found.await?.flatten())
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        let item = params.item;
        let uri = item.uri.clone();
        let index = self.programs().await;
        self.read(&uri, move |session, view| {
            call_hierarchy::incoming(session, &index, view, &item)
        })
        .await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        let item = params.item;
        let uri = item.uri.clone();
        self.read(&uri, move |_, view| call_hierarchy::outgoing(view, &item))
            .await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.read(&params.text_document.uri, |_, view| {
            folding_range::answer(view)
        })
        .await
    }

    async fn selection_range(
        &self,
        params: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        let positions = params.positions;
        self.read(&params.text_document.uri, move |_, view| {
            selection_range::answer(view, &positions)
        })
        .await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        let found = self.read(&params.text_document.uri, semantic_tokens::full);
        Ok(found.await?.map(SemanticTokensResult::Tokens))
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let previous = params.previous_result_id;
        self.read(&params.text_document.uri, move |session, view| {
            semantic_tokens::delta(session, view, &previous)
        })
        .await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let range = params.range;
        let found = self.read(&params.text_document.uri, move |_, view| {
            semantic_tokens::range(view, range)
        });
        Ok(found.await?.map(SemanticTokensRangeResult::Tokens))
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.read(&params.text_document.uri, |_, view| {
            editable(view).map_or_else(Vec::new, formatting::all)
        })
        .await
    }

    async fn range_formatting(
        &self,
        params: DocumentRangeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let range = params.range;
        self.read(&params.text_document.uri, move |_, view| {
            editable(view).map_or_else(Vec::new, |view| formatting::range(view, range))
        })
        .await
    }

    async fn on_type_formatting(
        &self,
        params: DocumentOnTypeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        self.read_at(params.text_document_position, |_, view, at| {
            editable(view).map_or_else(Vec::new, |view| formatting::on_type(view, at))
        })
        .await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let (range, context) = (params.range, params.context);
        self.offer(&params.text_document.uri, move |session, view| {
            code_action::answer(session, view, range, &context)
        })
        .await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.offer(&params.text_document.uri, code_lens::answer)
            .await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let range = params.range;
        self.read(&params.text_document.uri, move |session, view| {
            inlay_hint::answer(session, view, range)
        })
        .await
    }
}
