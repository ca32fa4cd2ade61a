//! `textDocument/prepareCallHierarchy`, `callHierarchy/incomingCalls` and `outgoingCalls`.

use crate::lsp::documents::View;
use crate::lsp::position::Places;
use provable_ide::calls::{Routine, incoming, outgoing, routine_at};
use tower_lsp_server::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, Position, SymbolKind,
};

fn item(view: &View, places: &Places<'_>, routine: Routine) -> CallHierarchyItem {
    CallHierarchyItem {
        name: routine.name,
        kind: SymbolKind::FUNCTION,
        tags: None,
        detail: None,
        uri: view.uri.clone(),
        range: places.range(routine.span),
        selection_range: places.range(routine.selection),
        data: None,
    }
}

/// The routine at a place.
pub fn prepare(view: &View, at: Position) -> Option<Vec<CallHierarchyItem>> {
    let places = view.places();
    let routine = routine_at(view.snapshot(), places.offset(at))?;
    Some(vec![item(view, &places, routine)])
}

/// Who calls a routine.
pub fn callers(view: &View, of: &CallHierarchyItem) -> Vec<CallHierarchyIncomingCall> {
    let places = view.places();
    incoming(view.snapshot(), places.offset(of.selection_range.start))
        .into_iter()
        .map(|(routine, calls)| CallHierarchyIncomingCall {
            from: item(view, &places, routine),
            from_ranges: calls.into_iter().map(|span| places.range(span)).collect(),
        })
        .collect()
}

/// Whom a routine calls.
pub fn called(view: &View, by: &CallHierarchyItem) -> Vec<CallHierarchyOutgoingCall> {
    let places = view.places();
    outgoing(view.snapshot(), places.offset(by.selection_range.start))
        .into_iter()
        .map(|(routine, calls)| CallHierarchyOutgoingCall {
            to: item(view, &places, routine),
            from_ranges: calls.into_iter().map(|span| places.range(span)).collect(),
        })
        .collect()
}
