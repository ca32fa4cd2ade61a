//! `textDocument/references`.

use super::program_files::everywhere;
use crate::lsp::state::workspace_folders::SymbolIndex;
use crate::lsp::state::{Session, View};
use crate::lsp::to_proto::location;
use provable_ide::navigation::{definition, references};
use provable_ide::{is_standard, references_in, shared_at};
use tower_lsp_server::ls_types::{Location, Position};

/// The uses of the name at a position, in this text and in the other programs of the workspace.
pub fn answer(
    session: &Session,
    index: &SymbolIndex,
    view: &View,
    at: Position,
    with_definition: bool,
) -> Vec<Location> {
    let positions = view.positions();
    let (snapshot, offset) = (view.snapshot(), positions.offset(at));
    let mut found: Vec<Location> = references(snapshot, offset, with_definition)
        .into_iter()
        .map(|span| location(&view.uri, &positions, span))
        .collect();
    let shared = shared_at(snapshot, offset);
    let Some(all) = shared.and_then(|shared| everywhere(session, index, view, shared)) else {
        return found;
    };
    for other in &all.others {
        let positions = other.positions();
        let spans = references_in(other.snapshot(), &all.id, all.line, with_definition);
        found.extend(
            spans
                .into_iter()
                .map(|span| location(&other.uri, &positions, span)),
        );
    }
    // A file of the standard library is none of the workspace.
    if with_definition
        && is_standard(&all.id)
        && let Some(there) = definition(snapshot, offset).filter(|there| there.file != 0)
        && let (Some(uri), Some(positions)) =
            (view.uri_of(there.file), view.positions_of(there.file))
    {
        found.push(location(&uri, &positions, there.target));
    }
    found
}
