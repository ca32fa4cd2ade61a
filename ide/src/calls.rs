//! The call hierarchy: which routines call which.
//!
//! A routine begins at a `.routine` line or at the target of a CALL, a test at its line, and the program at its first
//! instruction. Control is followed from
//! each of these beginnings up to the beginning of another; CALLs are stepped over. An instruction belongs to the first
//! routine that reaches it, so all of this takes one walk over the program.

use super::call_graph::{Callee, Calls, Graph, callee, elsewhere};
use super::names::{self, Meaning};
use super::place::{Part, at};
use super::snapshot::Snapshot;
use provable::lang::isa::OperandKind;
use provable::lang::modules::{Definition, DefinitionKind};
use provable::lang::program::{RoutineId, SymbolKind};

pub use super::call_graph::Routine;

/// The routine that is called or defined at an offset; otherwise the routine whose code is there.
pub fn routine_at(s: &Snapshot, offset: usize) -> Option<Routine> {
    let graph = Graph::new(s);
    let id = match names::named(s, offset) {
        Some((Meaning::Member(found), _)) => routine_id(found.file, &found.definition),
        _ => None,
    };
    if let Some(id) = id.filter(|id| id.file != 0) {
        return elsewhere(s, id);
    }
    if let Some(start) = named(s, offset).and_then(|index| graph.routine(index)) {
        return Some(graph.describe(s, start));
    }
    let line = s.assembly.tree.line_at(offset).unwrap_or(0);
    let next = s.first_instruction_from(line);
    // The instruction on the line, or that of the label. On other lines, the instruction before.
    let row = s.rows().get(line);
    let is_head =
        s.assembly.line_of(next) == Some(line) || row.is_some_and(|row| row.label.is_some());
    let node = if is_head {
        next
    } else {
        next.saturating_sub(1)
    };
    let last = graph.owner.len().checked_sub(1)?;
    let owner = graph.owner.get(node.min(last)).copied()?;
    Some(graph.describe(s, owner))
}

/// The callers of the routine whose selection begins at an offset, with their CALLs, by place.
pub fn incoming(s: &Snapshot, selection_start: usize) -> Vec<Calls> {
    let graph = Graph::new(s);
    let Some(routine) = graph.selected(s, selection_start) else {
        return Vec::new();
    };
    graph.callers(s, Callee::Here(routine))
}

/// The callers in a text of a routine of another file: `id` is that file's id, `line` the line of the definition (from 0).
pub fn incoming_in(s: &Snapshot, id: &str, line: usize) -> Vec<Calls> {
    let mut files = s.modules.files().iter().enumerate();
    let Some((file, module)) = files.find(|(_, one)| one.id == id) else {
        return Vec::new();
    };
    let mut all = module.parsed.interface().definitions.values();
    let definition = all.find(|one| one.line == line);
    let Some(id) = definition.and_then(|one| routine_id(file, one)) else {
        return Vec::new();
    };
    let graph = Graph::new(s);
    match callee(s, id) {
        Some(callee) => graph.callers(s, callee),
        None => Vec::new(),
    }
}

/// The routines that the routine whose selection begins at an offset calls, with the CALLs, by place.
pub fn outgoing(s: &Snapshot, selection_start: usize) -> Vec<Calls> {
    let graph = Graph::new(s);
    let Some(routine) = graph.selected(s, selection_start) else {
        return Vec::new();
    };
    let is_inside = |call: usize| graph.owner.get(call) == Some(&routine);
    let calls = graph.calls.iter().filter(|(call, _)| is_inside(*call));
    graph.grouped(s, calls.map(|&(call, target)| (target, call)))
}

fn routine_id(file: usize, definition: &Definition) -> Option<RoutineId> {
    match definition.kind {
        DefinitionKind::Routine(section) => Some(RoutineId { file, section }),
        _ => None,
    }
}

/// The index that the label, or the operand of the jump or CALL, at an offset has as its value.
fn named(s: &Snapshot, offset: usize) -> Option<usize> {
    let place = at(s, offset)?;
    let index = match place.part {
        Part::Label | Part::Name | Part::Target => {
            let symbol = s.assembly.symbol_at(offset)?.0;
            let is_code = matches!(symbol.kind, SymbolKind::Label | SymbolKind::Routine);
            symbol.value.filter(|_| is_code)
        }
        Part::Operand(Some(op), _) if op.spec().operand == OperandKind::Target => {
            let node = s.assembly.instruction_on(place.line)?;
            match s.assembly.routine_of(node) {
                Some(id) if id.file == 0 => match callee(s, id)? {
                    Callee::Here(start) => u32::try_from(start).ok(),
                    Callee::There(_) => None,
                },
                Some(_) => None,
                None => s.assembly.instruction(node)?.operand,
            }
        }
        _ => None,
    };
    usize::try_from(index?).ok()
}
