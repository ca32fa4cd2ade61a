//! From plain values to the protocol's.

use super::documents::View;
use super::position::Places;
use super::reference::Reference;
use provable::lang::diagnostics::Severity;
use provable_ide::diagnostics::Finding;
use provable_ide::formatting::Edit;
use std::ops::Range;
use tower_lsp_server::ls_types::{self as lsp, Uri};

/// The name that diagnostics carry.
pub const SOURCE: &str = "provable";

/// How much a finding matters.
pub fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Hint => lsp::DiagnosticSeverity::HINT,
        Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        Severity::Error => lsp::DiagnosticSeverity::ERROR,
    }
}

/// A finding, with its way out as part of the message: few clients show anything else.
pub fn diagnostic(
    finding: &Finding<'_>,
    view: &View,
    places: &Places<'_>,
    reference: &Reference,
) -> lsp::Diagnostic {
    let one = finding.diagnostic;
    let message = match &one.help {
        Some(help) => format!("{}\n{help}", one.message),
        None => one.message.clone(),
    };
    let related = one
        .related
        .iter()
        .map(|(span, message)| lsp::DiagnosticRelatedInformation {
            location: location(&view.uri, places, span.clone()),
            message: message.clone(),
        });
    let tags = finding
        .unnecessary
        .then(|| vec![lsp::DiagnosticTag::UNNECESSARY]);
    let link = reference.link(one.code.as_str());
    lsp::Diagnostic {
        range: places.range(one.span.clone()),
        severity: Some(severity(one.severity)),
        code: Some(lsp::NumberOrString::String(one.code.to_string())),
        code_description: link.map(|href| lsp::CodeDescription { href }),
        source: Some(SOURCE.into()),
        message,
        related_information: Some(related.collect()).filter(|list: &Vec<_>| !list.is_empty()),
        tags,
        data: None,
    }
}

/// A stretch of a text.
pub fn location(uri: &Uri, places: &Places<'_>, span: Range<usize>) -> lsp::Location {
    lsp::Location {
        uri: uri.clone(),
        range: places.range(span),
    }
}

/// Edits of one text.
pub fn edits(edits: Vec<Edit>, places: &Places<'_>) -> Vec<lsp::TextEdit> {
    let edit = |edit: Edit| lsp::TextEdit {
        range: places.range(edit.span),
        new_text: edit.text,
    };
    edits.into_iter().map(edit).collect()
}

/// Edits of one text; bound to the version they were made for, if the client takes that.
pub fn workspace_edit(
    view: &View,
    edits: Vec<lsp::TextEdit>,
    versioned: bool,
) -> lsp::WorkspaceEdit {
    if !versioned {
        return lsp::WorkspaceEdit {
            changes: Some([(view.uri.clone(), edits)].into()),
            ..lsp::WorkspaceEdit::default()
        };
    }
    let edit = lsp::TextDocumentEdit {
        text_document: lsp::OptionalVersionedTextDocumentIdentifier {
            uri: view.uri.clone(),
            version: Some(view.version),
        },
        edits: edits.into_iter().map(lsp::OneOf::Left).collect(),
    };
    lsp::WorkspaceEdit {
        document_changes: Some(lsp::DocumentChanges::Edits(vec![edit])),
        ..lsp::WorkspaceEdit::default()
    }
}

/// Text for people, in Markdown.
pub fn markdown(value: String) -> lsp::MarkupContent {
    lsp::MarkupContent {
        kind: lsp::MarkupKind::Markdown,
        value,
    }
}
