//! `textDocument/diagnostic`, for clients that pull diagnostics.

use crate::lsp::diagnostics;
use crate::lsp::state::{Session, View};
use sha2::{Digest, Sha256};
use tower_lsp_server::ls_types::{
    Diagnostic, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Uri,
};

/// The diagnostics of a document, or that they are the same as those with the previous result identifier.
pub fn answer(
    session: &Session,
    uri: &Uri,
    view: Option<&View>,
    previous: Option<&str>,
) -> DocumentDiagnosticReportResult {
    let items = diagnostics::of_document(session, uri, view);
    let result_id = result_id_of(&items);
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

/// The result identifier: a digest of the diagnostics, so that equal diagnostics have one identifier.
fn result_id_of(items: &[Diagnostic]) -> Option<String> {
    let bytes = serde_json::to_vec(items).ok()?;
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    digest.first_chunk::<8>().map(hex::encode)
}
