//! `textDocument/prepareCallHierarchy`, `callHierarchy/incomingCalls` and `outgoingCalls`.

use crate::lsp::position::Positions;
use crate::lsp::state::View;
use provable_ide::calls::{self, Routine, routine_at};
use tower_lsp_server::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, Position, SymbolKind,
};

fn item(view: &View, positions: &Positions<'_>, routine: Routine) -> CallHierarchyItem {
    CallHierarchyItem {
        name: routine.name,
        kind: SymbolKind::FUNCTION,
        tags: None,
        detail: None,
        uri: view.uri.clone(),
        range: positions.range(routine.span),
        selection_range: positions.range(routine.selection),
        data: None,
    }
}

/// The routine at a position.
pub fn prepare(view: &View, at: Position) -> Option<Vec<CallHierarchyItem>> {
    let positions = view.positions();
    let routine = routine_at(view.snapshot(), positions.offset(at))?;
    Some(vec![item(view, &positions, routine)])
}

/// The callers of a routine.
pub fn incoming(view: &View, of: &CallHierarchyItem) -> Vec<CallHierarchyIncomingCall> {
    let positions = view.positions();
    calls::incoming(view.snapshot(), positions.offset(of.selection_range.start))
        .into_iter()
        .map(|(routine, calls)| CallHierarchyIncomingCall {
            from: item(view, &positions, routine),
            from_ranges: calls
                .into_iter()
                .map(|span| positions.range(span))
                .collect(),
        })
        .collect()
}

/// The routines that a routine calls.
pub fn outgoing(view: &View, by: &CallHierarchyItem) -> Vec<CallHierarchyOutgoingCall> {
    let positions = view.positions();
    calls::outgoing(view.snapshot(), positions.offset(by.selection_range.start))
        .into_iter()
        .map(|(routine, calls)| CallHierarchyOutgoingCall {
            to: item(view, &positions, routine),
            from_ranges: calls
                .into_iter()
                .map(|span| positions.range(span))
                .collect(),
        })
        .collect()
}
