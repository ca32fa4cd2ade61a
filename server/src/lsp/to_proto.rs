//! Conversions from the values of the editor features to those of the protocol.

use super::position::Positions;
use super::state::View;
use super::state::reference::Reference;
use provable::lang::diagnostics::Severity;
use provable::lang::program::SymbolKind as NameKind;
use provable_ide::diagnostics::Finding;
use provable_ide::formatting::Edit;
use provable_ide::symbols::{SymbolEntry, SymbolKind};
use std::ops::Range;
use tower_lsp_server::ls_types::{self as lsp, Uri};

/// The source of all diagnostics.
pub const SOURCE: &str = "provable";

/// The severity of a finding.
pub fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Hint => lsp::DiagnosticSeverity::HINT,
        Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        Severity::Error => lsp::DiagnosticSeverity::ERROR,
    }
}

/// A finding. Its help is a part of the message: few clients show anything else.
pub fn diagnostic(
    finding: &Finding<'_>,
    view: &View,
    positions: &Positions<'_>,
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
            location: location(&view.uri, positions, span.clone()),
            message: message.clone(),
        });
    let tags = finding
        .unnecessary
        .then(|| vec![lsp::DiagnosticTag::UNNECESSARY]);
    let link = reference.link(one.code.as_str());
    lsp::Diagnostic {
        range: positions.range(one.span.clone()),
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

/// The location of a span of a text.
pub fn location(uri: &Uri, positions: &Positions<'_>, span: Range<usize>) -> lsp::Location {
    lsp::Location {
        uri: uri.clone(),
        range: positions.range(span),
    }
}

/// Edits of one text.
pub fn edits(edits: Vec<Edit>, positions: &Positions<'_>) -> Vec<lsp::TextEdit> {
    let edit = |edit: Edit| lsp::TextEdit {
        range: positions.range(edit.span),
        new_text: edit.text,
    };
    edits.into_iter().map(edit).collect()
}

/// Edits of one text, for the version of the view if the client supports versions.
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

/// The kind of a symbol.
pub fn symbol_kind(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::Test => lsp::SymbolKind::METHOD,
        SymbolKind::Name(kind) => match kind {
            NameKind::Label | NameKind::Routine => lsp::SymbolKind::FUNCTION,
            NameKind::Constant | NameKind::Parameter => lsp::SymbolKind::CONSTANT,
            NameKind::Data => lsp::SymbolKind::ARRAY,
            NameKind::Variable => lsp::SymbolKind::VARIABLE,
            NameKind::File => lsp::SymbolKind::MODULE,
        },
    }
}

/// A symbol at a location.
pub fn symbol_information(
    name: String,
    kind: SymbolKind,
    location: lsp::Location,
) -> lsp::SymbolInformation {
    #[allow(deprecated)] // the field must be given
    lsp::SymbolInformation {
        name,
        kind: symbol_kind(kind),
        tags: None,
        deprecated: None,
        location,
        container_name: None,
    }
}

/// A symbol that a text defines.
pub fn symbol_of_view(view: &View, entry: SymbolEntry) -> lsp::SymbolInformation {
    let location = location(&view.uri, &view.positions(), entry.selection);
    symbol_information(entry.name, entry.kind, location)
}
