//! `textDocument/definition`, `references` and `documentHighlight`.

use crate::lsp::documents::View;
use crate::lsp::to_proto::location;
use provable_ide::navigation::{Access, definition, highlights, references};
use tower_lsp_server::ls_types::{
    DocumentHighlight, DocumentHighlightKind, GotoDefinitionResponse, Location, Position,
};

/// Where the name at a place is defined.
pub fn defined(view: &View, at: Position) -> Option<GotoDefinitionResponse> {
    let places = view.places();
    let (_, target) = definition(view.snapshot(), places.offset(at))?;
    let found = location(&view.uri, &places, target);
    Some(GotoDefinitionResponse::Scalar(found))
}

/// Where it is used.
pub fn used(view: &View, at: Position, with_definition: bool) -> Vec<Location> {
    let places = view.places();
    references(view.snapshot(), places.offset(at), with_definition)
        .into_iter()
        .map(|span| location(&view.uri, &places, span))
        .collect()
}

/// Both, to be marked in the text.
pub fn highlighted(view: &View, at: Position) -> Vec<DocumentHighlight> {
    let places = view.places();
    let highlight = |(span, access)| DocumentHighlight {
        range: places.range(span),
        kind: Some(match access {
            Access::Definition => DocumentHighlightKind::WRITE,
            Access::Use => DocumentHighlightKind::READ,
        }),
    };
    highlights(view.snapshot(), places.offset(at))
        .into_iter()
        .map(highlight)
        .collect()
}
