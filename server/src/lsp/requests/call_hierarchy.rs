//! `textDocument/prepareCallHierarchy`, `callHierarchy/incomingCalls` and `outgoingCalls`.

use super::program_files::everywhere;
use crate::lsp::state::workspace_folders::SymbolIndex;
use crate::lsp::state::{Session, View};
use provable_ide::calls::{self, Routine, routine_at};
use provable_ide::shared_at;
use std::ops::Range;
use tower_lsp_server::ls_types::{
    self as lsp, CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, Position,
    SymbolKind,
};

/// None if its file has no URI.
fn item(view: &View, routine: Routine) -> Option<CallHierarchyItem> {
    let positions = view.positions_of(routine.file)?;
    Some(CallHierarchyItem {
        name: routine.name,
        kind: SymbolKind::FUNCTION,
        tags: None,
        detail: None,
        uri: view.uri_of(routine.file)?,
        range: positions.range(routine.span),
        selection_range: positions.range(routine.selection),
        data: None,
    })
}

fn ranges(view: &View, calls: Vec<Range<usize>>) -> Vec<lsp::Range> {
    let positions = view.positions();
    calls
        .into_iter()
        .map(|span| positions.range(span))
        .collect()
}

/// The routine at a position.
pub fn prepare(view: &View, at: Position) -> Option<Vec<CallHierarchyItem>> {
    let routine = routine_at(view.snapshot(), view.positions().offset(at))?;
    Some(vec![item(view, routine)?])
}

/// The callers of a routine, in its text and in the other programs of the workspace.
pub fn incoming(
    session: &Session,
    index: &SymbolIndex,
    view: &View,
    of: &CallHierarchyItem,
) -> Vec<CallHierarchyIncomingCall> {
    let start = view.positions().offset(of.selection_range.start);
    let call = |view: &View, routine: Routine, calls| {
        Some(CallHierarchyIncomingCall {
            from: item(view, routine)?,
            from_ranges: ranges(view, calls),
        })
    };
    let own = calls::incoming(view.snapshot(), start).into_iter();
    let mut found: Vec<_> = own
        .filter_map(|(routine, calls)| call(view, routine, calls))
        .collect();
    let shared = shared_at(view.snapshot(), start);
    let all = shared.and_then(|shared| everywhere(session, index, view, shared));
    if let Some(all) = all {
        for other in &all.others {
            let there = calls::incoming_in(other.snapshot(), &all.id, all.line).into_iter();
            found.extend(there.filter_map(|(routine, calls)| call(other, routine, calls)));
        }
    }
    found
}

/// The routines that a routine calls.
pub fn outgoing(view: &View, by: &CallHierarchyItem) -> Vec<CallHierarchyOutgoingCall> {
    let start = view.positions().offset(by.selection_range.start);
    calls::outgoing(view.snapshot(), start)
        .into_iter()
        .filter_map(|(routine, calls)| {
            Some(CallHierarchyOutgoingCall {
                to: item(view, routine)?,
                from_ranges: ranges(view, calls),
            })
        })
        .collect()
}
