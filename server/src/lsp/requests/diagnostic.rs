//! `textDocument/diagnostic` and `workspace/diagnostic`, for clients that pull diagnostics.

use crate::lsp::diagnostics;
use crate::lsp::state::{Session, View};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use tower_lsp_server::ls_types::{
    Diagnostic, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, PreviousResultId, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Uri,
    WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceUnchangedDocumentDiagnosticReport,
};

/// The diagnostics of a document, or that they are the same as those with the previous result identifier.
pub fn answer(
    session: &Session,
    uri: &Uri,
    view: Option<&View>,
    previous: Option<&str>,
) -> DocumentDiagnosticReportResult {
    let items = diagnostics::of_document(session, uri, view).diagnostics;
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

/// The diagnostics of all open programs, without those that the client has already.
pub fn of_workspace(
    session: &Session,
    previous: &[PreviousResultId],
) -> WorkspaceDiagnosticReportResult {
    let mut views = session.documents.programs();
    views.sort_by(|a, b| a.uri.cmp(&b.uri));
    let report = |view: &Arc<View>| {
        let items = diagnostics::of_document(session, &view.uri, Some(view)).diagnostics;
        let result_id = result_id_of(&items);
        let known = previous.iter().find(|one| one.uri == view.uri);
        let version = Some(i64::from(view.version));
        let uri = view.uri.clone();
        match result_id {
            Some(result_id) if known.is_some_and(|one| one.value == result_id) => {
                WorkspaceDocumentDiagnosticReport::Unchanged(
                    WorkspaceUnchangedDocumentDiagnosticReport {
                        uri,
                        version,
                        unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                            result_id,
                        },
                    },
                )
            }
            result_id => {
                WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
                    uri,
                    version,
                    full_document_diagnostic_report: FullDocumentDiagnosticReport {
                        result_id,
                        items,
                    },
                })
            }
        }
    };
    WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport {
        items: views.iter().map(report).collect(),
    })
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
