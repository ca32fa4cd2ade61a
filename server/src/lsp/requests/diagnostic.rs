//! `textDocument/diagnostic`, for clients that ask.

use crate::lsp::diagnostics;
use crate::lsp::documents::View;
use crate::lsp::session::Session;
use sha2::{Digest, Sha256};
use tower_lsp_server::ls_types::{
    Diagnostic, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Uri,
};

/// The diagnostics of a text, or that they are those that the client has under this name from before.
pub fn answer(
    session: &Session,
    uri: &Uri,
    view: Option<&View>,
    previous: Option<&str>,
) -> DocumentDiagnosticReportResult {
    let items = match view {
        Some(view) => diagnostics::of(session, view),
        None => session.lost.diagnostics(uri),
    };
    let result_id = name(&items);
    if result_id.as_deref().is_some_and(|id| previous == Some(id)) {
        return unchanged(result_id.unwrap_or_default());
    }
    DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id, items },
    })
    .into()
}

fn unchanged(result_id: String) -> DocumentDiagnosticReportResult {
    DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
        related_documents: None,
        unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
    })
    .into()
}

/// What names them: a digest of what they are, so that equal ones have one name however they came about.
fn name(items: &[Diagnostic]) -> Option<String> {
    let bytes = serde_json::to_vec(items).ok()?;
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    digest.first_chunk::<8>().map(hex::encode)
}
