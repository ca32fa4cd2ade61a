//! The call hierarchy: which routines call which.
//!
//! A routine begins at the target of a CALL, and the program begins at its first instruction. Control is followed from
//! each of these beginnings up to the beginning of another; CALLs are stepped over. An instruction belongs to the first
//! routine that reaches it, so all of this takes one walk over the program.

use super::place::{Part, at};
use super::snapshot::Snapshot;
use provable::lang::isa::{Op, OperandKind};
use provable::lang::program::SymbolKind;
use provable::lang::syntax::Body;
use std::collections::HashMap;
use std::ops::Range;

/// A routine, or the program that calls routines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routine {
    /// The label that is called; `(program)` for the start; `(instruction 4)` where there is no label.
    pub name: String,
    /// The lines from its beginning that belong to it without a gap.
    pub span: Range<usize>,
    /// The label's name, or the first instruction.
    pub selection: Range<usize>,
}

/// A routine and the CALLs that lead to it or are in it.
type Calls = (Routine, Vec<Range<usize>>);

/// The routine that is called or defined at an offset; otherwise the routine whose code is there.
pub fn routine_at(s: &Snapshot, offset: usize) -> Option<Routine> {
    let graph = Graph::new(s);
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
    let calls = graph.calls.iter().filter(|(_, target)| *target == routine);
    graph.grouped(
        s,
        calls.map(|&(call, _)| (graph.owner.get(call).copied(), call)),
    )
}

/// The routines that the routine whose selection begins at an offset calls, with the CALLs, by place.
pub fn outgoing(s: &Snapshot, selection_start: usize) -> Vec<Calls> {
    let graph = Graph::new(s);
    let Some(routine) = graph.selected(s, selection_start) else {
        return Vec::new();
    };
    let is_inside = |call: usize| graph.owner.get(call) == Some(&routine);
    let calls = graph.calls.iter().filter(|(call, _)| is_inside(*call));
    graph.grouped(s, calls.map(|&(call, target)| (Some(target), call)))
}

/// The index that the label, or the operand of the jump or CALL, at an offset has as its value.
fn named(s: &Snapshot, offset: usize) -> Option<usize> {
    let place = at(s, offset)?;
    let index = match place.part {
        Part::Label => s.assembly.symbol_at(offset)?.0.value,
        Part::Operand(Some(op), _) if op.spec().operand == OperandKind::Target => {
            let node = s.assembly.instruction_on(place.line)?;
            s.assembly.instruction(node)?.operand
        }
        _ => None,
    };
    usize::try_from(index?).ok()
}

struct Graph {
    /// CALLs and their targets, in order.
    calls: Vec<(usize, usize)>,
    /// For each routine that is called, by its beginning: its first CALL.
    first_calls: HashMap<usize, usize>,
    /// For each instruction, the beginning of its routine.
    owner: Vec<usize>,
}

impl Graph {
    fn new(s: &Snapshot) -> Self {
        let count = s.assembly.instruction_count();
        let target = |node: usize| {
            let instruction = s.assembly.instruction(node)?;
            let is_jump = instruction.op.spec().operand == OperandKind::Target;
            let index = usize::try_from(instruction.operand?).ok()?;
            (is_jump && index < count).then_some((instruction.op, index))
        };
        let calls: Vec<(usize, usize)> = (0..count)
            .filter_map(|node| match target(node)? {
                (Op::Call, index) => Some((node, index)),
                _ => None,
            })
            .collect();
        let mut first_calls = HashMap::new();
        for &(call, target) in &calls {
            first_calls.entry(target).or_insert(call);
        }
        let mut starts: Vec<usize> = first_calls.keys().copied().chain([0]).collect();
        starts.sort_unstable();
        starts.dedup();
        let mut owners: Vec<Option<usize>> = vec![None; count];
        let mut queue = Vec::new();
        for &start in &starts {
            queue.push(start);
            while let Some(node) = queue.pop() {
                let is_other = node != start && starts.binary_search(&node).is_ok();
                match owners.get_mut(node) {
                    Some(owner @ None) if !is_other => *owner = Some(start),
                    _ => continue,
                }
                if let Some((op, index)) = target(node) {
                    queue.extend((op != Op::Call).then_some(index));
                }
                // If an instruction is not known, control is assumed to continue after it.
                if s.op(node).is_none_or(Op::goes_on) {
                    queue.push(node + 1);
                }
            }
        }
        // Code that no path reaches belongs to the routine written before it.
        let mut before = 0;
        let owner = owners.into_iter().map(|owner| {
            before = owner.unwrap_or(before);
            before
        });
        Graph {
            calls,
            first_calls,
            owner: owner.collect(),
        }
    }

    /// The routine that begins at an index, if there is one.
    fn routine(&self, index: usize) -> Option<usize> {
        let is_start = index == 0 || self.first_calls.contains_key(&index);
        (is_start && index < self.owner.len()).then_some(index)
    }

    /// The routine whose selection begins at an offset.
    fn selected(&self, s: &Snapshot, selection_start: usize) -> Option<usize> {
        let line = s.assembly.tree.line_at(selection_start)?;
        let index = self.routine(s.first_instruction_from(line))?;
        (self.selection(s, index).1.start == selection_start).then_some(index)
    }

    /// The name of a routine and its place: the label in the first CALL of it.
    fn selection(&self, s: &Snapshot, start: usize) -> (String, Range<usize>) {
        let first = s.assembly.span_of(start);
        let Some(&call) = self.first_calls.get(&start) else {
            return ("(program)".into(), first);
        };
        let operand = s.assembly.symbol_at(s.assembly.span_of(call).end);
        match operand.filter(|(symbol, _)| symbol.kind == SymbolKind::Label) {
            Some((symbol, _)) => (symbol.name.clone(), symbol.definition.range()),
            None => label(s, start).unwrap_or((format!("(instruction {start})"), first)),
        }
    }

    fn describe(&self, s: &Snapshot, start: usize) -> Routine {
        let (name, selection) = self.selection(s, start);
        let rest = self.owner.get(start..).unwrap_or_default();
        let length = rest.iter().take_while(|&&owner| owner == start).count();
        let end = s.assembly.span_of((start + length).saturating_sub(1)).end;
        Routine {
            name,
            span: selection.start..end.max(selection.end),
            selection,
        }
    }

    /// CALLs grouped by routine. Routines are in the order of their first CALL.
    fn grouped(
        &self,
        s: &Snapshot,
        calls: impl Iterator<Item = (Option<usize>, usize)>,
    ) -> Vec<Calls> {
        let mut groups: Vec<Calls> = Vec::new();
        let mut places: HashMap<usize, usize> = HashMap::new();
        for (routine, call) in calls {
            let Some(routine) = routine else { continue };
            let place = *places.entry(routine).or_insert_with(|| {
                groups.push((self.describe(s, routine), Vec::new()));
                groups.len() - 1
            });
            if let Some((_, spans)) = groups.get_mut(place) {
                spans.push(s.assembly.span_of(call));
            }
        }
        groups
    }
}

/// The label directly before an instruction.
fn label(s: &Snapshot, index: usize) -> Option<(String, Range<usize>)> {
    let line = s.assembly.line_of(index)?;
    let rows = s.rows().get(..=line)?.iter().rev();
    let mut above = rows.enumerate().take_while(|(distance, row)| {
        *distance == 0 || !matches!(row.body, Body::Instruction { .. })
    });
    let span = above.find_map(|(_, row)| row.label)?;
    Some((s.assembly.tree.slice(span).to_owned(), span.range()))
}
