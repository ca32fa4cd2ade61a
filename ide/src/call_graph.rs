//! The graph of calls: which routine each instruction belongs to, and what it calls.

use super::blocks::{bytes, section_lines};
use super::fixes::code::goes_on;
use super::snapshot::Snapshot;
use provable::lang::isa::{Op, OperandKind};
use provable::lang::modules::DefinitionKind;
use provable::lang::program::{RoutineId, SymbolKind};
use provable::lang::quote::shortened;
use provable::lang::syntax::Body;
use std::collections::HashMap;
use std::ops::Range;

/// A routine, or the program that calls routines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routine {
    /// The routine, or the label that is called; `(program)` for the start; `(instruction 4)` where there is no label.
    pub name: String,
    /// The file, as an index among the files of [`Snapshot::modules`]; 0 is the text. The places are in its text.
    pub file: usize,
    /// The lines from its beginning that belong to it without a gap.
    pub span: Range<usize>,
    /// The label's name, or the first instruction.
    pub selection: Range<usize>,
}

/// A routine and the CALLs that lead to it or are in it.
pub(super) type Calls = (Routine, Vec<Range<usize>>);

/// Where a routine begins; none if it has no instructions.
pub(super) fn callee(s: &Snapshot, id: RoutineId) -> Option<Callee> {
    if id.file != 0 {
        return Some(Callee::There(id));
    }
    let instructions = s.assembly.sections.get(id.section)?.instructions.clone();
    let start = usize::try_from(instructions.start).ok()?;
    (!instructions.is_empty()).then_some(Callee::Here(start))
}

/// A routine of another file.
pub(super) fn elsewhere(s: &Snapshot, id: RoutineId) -> Option<Routine> {
    let module = s.modules.files().get(id.file)?;
    let mut all = module.parsed.interface().definitions.iter();
    let (name, definition) =
        all.find(|(_, one)| one.kind == DefinitionKind::Routine(id.section))?;
    let rows = module.parsed.tree().lines();
    let (first, after) = rows.get(definition.line..)?.split_first()?;
    let length = after
        .iter()
        .take_while(|row| !row.body.begins_section())
        .count();
    let last = after.get(..length)?.last().unwrap_or(first);
    Some(Routine {
        name: name.clone(),
        file: id.file,
        span: first.span.to(last.span).range(),
        selection: definition.name.range(),
    })
}

/// What is called.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Callee {
    /// What begins at this instruction of the text.
    Here(usize),
    /// A routine of another file.
    There(RoutineId),
}

pub(super) struct Graph {
    /// CALLs and copies, and what they call, in order.
    pub(super) calls: Vec<(usize, Callee)>,
    /// For each label that is called, by its instruction, and for each section, by its first one: the first CALL.
    first_calls: HashMap<usize, Option<usize>>,
    /// For each instruction, the beginning of its routine.
    pub(super) owner: Vec<usize>,
}

impl Graph {
    pub(super) fn new(s: &Snapshot) -> Self {
        let count = s.assembly.instruction_count();
        let target = |node: usize| {
            let instruction = s.assembly.instruction(node)?;
            let is_jump = instruction.op.spec().operand == OperandKind::Target;
            let index = usize::try_from(instruction.operand?).ok()?;
            (is_jump && index < count).then_some((instruction.op, index))
        };
        let calls: Vec<(usize, Callee)> = (0..count)
            .filter_map(|node| {
                if let Some(id) = s.assembly.routine_of(node) {
                    return Some((node, callee(s, id)?));
                }
                match target(node)? {
                    (Op::Call, index) => Some((node, Callee::Here(index))),
                    _ => None,
                }
            })
            .collect();
        let mut first_calls = HashMap::new();
        for &(call, callee) in &calls {
            if let Callee::Here(start) = callee {
                first_calls.entry(start).or_insert(Some(call));
            }
        }
        for section in s.assembly.sections.iter().skip(1) {
            if let (Ok(start), false) = (
                usize::try_from(section.instructions.start),
                section.instructions.is_empty(),
            ) {
                first_calls.entry(start).or_insert(None);
            }
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
                if goes_on(s, node) {
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
    pub(super) fn routine(&self, index: usize) -> Option<usize> {
        let is_start = index == 0 || self.first_calls.contains_key(&index);
        (is_start && index < self.owner.len()).then_some(index)
    }

    /// The routine whose selection begins at an offset.
    pub(super) fn selected(&self, s: &Snapshot, selection_start: usize) -> Option<usize> {
        let line = s.assembly.tree.line_at(selection_start)?;
        let index = self.routine(s.first_instruction_from(line))?;
        (self.selection(s, index).1.start == selection_start).then_some(index)
    }

    /// The name of a routine and its place: that of its line, or the label in the first CALL of it.
    fn selection(&self, s: &Snapshot, start: usize) -> (String, Range<usize>) {
        if let Some(named) = section(s, start).and_then(|section| section_name(s, section)) {
            return named;
        }
        let first = s.assembly.span_of(start);
        let Some(&Some(call)) = self.first_calls.get(&start) else {
            return ("(program)".into(), first);
        };
        let operand = s.assembly.symbol_at(s.assembly.span_of(call).end);
        match operand.filter(|(symbol, _)| symbol.kind == SymbolKind::Label) {
            Some((symbol, _)) => (symbol.name.clone(), symbol.definition.range()),
            None => label(s, start).unwrap_or((format!("(instruction {start})"), first)),
        }
    }

    pub(super) fn describe(&self, s: &Snapshot, start: usize) -> Routine {
        let (name, selection) = self.selection(s, start);
        let rest = self.owner.get(start..).unwrap_or_default();
        let length = rest.iter().take_while(|&&owner| owner == start).count();
        let end = s.assembly.span_of((start + length).saturating_sub(1)).end;
        let lines = section(s, start).and_then(|section| section_lines(s, section));
        let whole = lines.and_then(|lines| bytes(s, &lines));
        Routine {
            name,
            file: 0,
            span: whole.unwrap_or(selection.start..end.max(selection.end)),
            selection,
        }
    }

    /// Who calls a routine, with the CALLs.
    pub(super) fn callers(&self, s: &Snapshot, routine: Callee) -> Vec<Calls> {
        let calls = self.calls.iter().filter(|(_, target)| *target == routine);
        let owners = calls.filter_map(|&(call, _)| {
            let owner = self.owner.get(call).copied()?;
            Some((Callee::Here(owner), call))
        });
        self.grouped(s, owners)
    }

    /// CALLs grouped by routine. Routines are in the order of their first CALL.
    pub(super) fn grouped(
        &self,
        s: &Snapshot,
        calls: impl Iterator<Item = (Callee, usize)>,
    ) -> Vec<Calls> {
        let mut groups: Vec<Calls> = Vec::new();
        let mut places: HashMap<Callee, usize> = HashMap::new();
        for (routine, call) in calls {
            let described = || match routine {
                Callee::Here(start) => Some(self.describe(s, start)),
                Callee::There(id) => elsewhere(s, id),
            };
            let place = match places.get(&routine) {
                Some(&place) => place,
                None => {
                    let Some(described) = described() else {
                        continue;
                    };
                    groups.push((described, Vec::new()));
                    places.insert(routine, groups.len() - 1);
                    groups.len() - 1
                }
            };
            if let Some((_, spans)) = groups.get_mut(place) {
                spans.push(s.assembly.span_of(call));
            }
        }
        groups
    }
}

/// The routine or test whose first instruction this is.
fn section(s: &Snapshot, start: usize) -> Option<usize> {
    let section = s.assembly.section_of(start);
    let first = s.assembly.sections.get(section)?.instructions.start;
    (section > 0 && usize::try_from(first) == Ok(start)).then_some(section)
}

/// The name of a routine or a test, and where it stands.
fn section_name(s: &Snapshot, section: usize) -> Option<(String, Range<usize>)> {
    let line = s.assembly.sections.get(section)?.lines.start;
    let (span, is_test) = match s.rows().get(line)?.body {
        Body::Routine { keyword, name, .. } => (name.unwrap_or(keyword), false),
        Body::Test { keyword, title, .. } => (title.unwrap_or(keyword), true),
        _ => return None,
    };
    let name = s.assembly.tree.slice(span);
    let name = match is_test {
        true => format!("(test) {}", shortened(name.trim_matches('"'))),
        false => name.to_owned(),
    };
    Some((name, span.range()))
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
