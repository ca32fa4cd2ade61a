//! `textDocument/diagnostic`, for clients that ask.

use crate::lsp::diagnostics;
use crate::lsp::documents::View;
use crate::lsp::session::Session;
use tower_lsp_server::ls_types::{
    DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport,
};

/// The diagnostics of a text.
pub fn answer(session: &Session, view: Option<&View>) -> DocumentDiagnosticReportResult {
    let items = view.map_or_else(Vec::new, |view| diagnostics::of(session, view));
    DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport {
            result_id: None,
            items,
        },
    })
    .into()
}
