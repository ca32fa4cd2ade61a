//! Fixes that add and remove instructions.

use super::super::completion::like;
use super::super::formatting::Edit;
use super::super::snapshot::{Snapshot, touch};
use super::fix::Fix;
use super::lines::{insert_lines, line_end};
use super::shift::shift;
use provable::lang::diagnostics::Diagnostic;
use provable::lang::isa::{Op, OperandKind};
use provable::lang::program::SymbolKind;
use provable::lang::syntax::{Body, Line};
use std::ops::Range;

/// The instruction `HALT` on a line of its own, in the letter case of another instruction.
pub(super) fn halt(s: &Snapshot, like_instruction: usize) -> String {
    let line = s.assembly.line_of(like_instruction);
    let row = line.and_then(|line| s.rows().get(line));
    let typed = match row.map(|row| row.body) {
        Some(Body::Instruction { mnemonic, .. }) => s.assembly.tree.slice(mnemonic),
        _ => "",
    };
    format!("    {}\n", like(typed, Op::Halt.spec().mnemonic))
}

/// Whether control continues after an instruction. If the instruction is not known, it is assumed to.
pub(crate) fn goes_on(s: &Snapshot, index: usize) -> bool {
    let node = s.assembly.node(index);
    match node.effect() {
        Some(_) => node.goes_on(),
        None => s.op(index).is_none_or(Op::goes_on),
    }
}

/// Adds HALT before the first routine into which control falls on its way to a RET.
pub(super) fn halt_before_routine(s: &Snapshot, diagnostic: &Diagnostic) -> Option<Fix> {
    let line = s.assembly.tree.line_at(diagnostic.span.start)?;
    let ret = s.assembly.instruction_on(line)?;
    let outside = outside_calls(s);
    let is_outside = |index: usize| outside.get(index).copied().unwrap_or(false);
    let mut called: Vec<usize> = calls(s).collect();
    called.sort_unstable();
    let routine = called.into_iter().find(|&routine| {
        let before = routine.checked_sub(1);
        routine <= ret && before.is_some_and(|before| is_outside(before) && goes_on(s, before))
    })?;
    let at = u32::try_from(routine).ok()?;
    let before = s.assembly.line_of(routine - 1)?;
    let moved = |index: u32| index.saturating_add(u32::from(index >= at));
    let mut edits = shift(s, &(0..0), moved)?;
    edits.push(insert_lines(s, before + 1, &halt(s, routine - 1)));
    let mut labels = s.assembly.symbols.iter();
    let label = labels.find(|symbol| symbol.kind == SymbolKind::Label && symbol.value == Some(at));
    let title = match label {
        Some(label) => format!("Insert HALT before `{}`", label.name),
        None => format!("Insert HALT before instruction {at}"),
    };
    Some(Fix::mending(diagnostic, title, edits).preferred())
}

/// The most words that are pushed where words are missing. If more are missing, the mistake is another.
const MISSING: u64 = 4;

/// Adds PUSH 0 for each word that an instruction lacks on every path, directly before it and after its label.
pub(super) fn push_missing(s: &Snapshot, diagnostic: &Diagnostic) -> Option<Fix> {
    let line = s.assembly.tree.line_at(diagnostic.span.start)?;
    let index = s.assembly.instruction_on(line)?;
    let instruction = s.assembly.instruction(index)?;
    let depth = s.analysis.depth_before.get(index).copied().flatten()?;
    // For DUP n and SWAP n, the number is probably wrong.
    if matches!(instruction.op, Op::Dup | Op::Swap) && instruction.operand != Some(0) {
        return None;
    }
    let needs = instruction.op.effect(instruction.operand).needs;
    let missing = needs
        .checked_sub(depth.max?)
        .filter(|&count| count <= MISSING)?;
    let row = s.rows().get(line)?;
    let code = s.assembly.tree.slice(row.span);
    let indent = match row.label {
        Some(_) => "    ",
        None => code.split(|c| c != ' ' && c != '\t').next().unwrap_or(""),
    };
    let typed = s.text().get(diagnostic.span.clone())?;
    let one = format!(
        "{} 0{}{indent}",
        like(typed, Op::Push.spec().mnemonic),
        line_end(s)
    );
    let (at, more) = (u32::try_from(index).ok()?, u32::try_from(missing).ok()?);
    let mut edits = shift(s, &(0..0), |index| {
        index.saturating_add(if index > at { more } else { 0 })
    })?;
    edits.push(Edit {
        span: diagnostic.span.start..diagnostic.span.start,
        text: one.repeat(usize::try_from(missing).ok()?),
    });
    let title = match missing {
        1 => "Push the missing word before it".to_owned(),
        count => format!("Push the {count} missing words before it"),
    };
    Some(Fix::mending(diagnostic, title, edits))
}

/// The targets of CALLs.
fn calls(s: &Snapshot) -> impl Iterator<Item = usize> + '_ {
    let all = (0..s.assembly.instruction_count()).filter_map(|index| s.assembly.instruction(index));
    let calls = all.filter(|instruction| instruction.op == Op::Call);
    calls.filter_map(|call| usize::try_from(call.operand?).ok())
}

/// For each instruction: whether a path from the start reaches it without an open CALL.
fn outside_calls(s: &Snapshot) -> Vec<bool> {
    let mut seen = vec![false; s.assembly.instruction_count()];
    let mut queue = vec![0];
    while let Some(index) = queue.pop() {
        match seen.get_mut(index) {
            Some(seen @ false) => *seen = true,
            _ => continue,
        }
        let Some(instruction) = s.assembly.instruction(index) else {
            continue;
        };
        let op = instruction.op;
        if op.spec().operand == OperandKind::Target && op != Op::Call {
            queue.extend(
                instruction
                    .operand
                    .and_then(|target| usize::try_from(target).ok()),
            );
        }
        if op.goes_on() {
            queue.push(index + 1);
        }
    }
    seen
}

/// Adds HALT after the last instruction of the main code, if control reaches the end of the program.
pub(super) fn halt_at_end(s: &Snapshot, range: &Range<usize>) -> Option<Fix> {
    let main = s.assembly.sections.first()?.instructions.clone();
    let last = usize::try_from(main.end.checked_sub(1)?).ok()?;
    let span = s.assembly.span_of(last);
    let line = s.assembly.line_of(last)?;
    // A label at the end, and a jump to it, mean the end after HALT too.
    if !touch(&span, range) || !goes_on(s, last) || s.assembly.has_errors() {
        return None;
    }
    let edit = insert_lines(s, line + 1, &halt(s, last));
    Some(Fix::refactoring(
        span,
        "End the program with HALT".into(),
        vec![edit],
    ))
}

/// Removes instructions that no path reaches, with the comments among them. Constants and data are kept, and so are labels that
/// are used from elsewhere.
pub(super) fn remove_unreachable(s: &Snapshot, diagnostic: &Diagnostic) -> Option<Fix> {
    let tree = &s.assembly.tree;
    let first_line = tree.line_at(diagnostic.span.start)?;
    let last_line = tree.line_at(diagnostic.span.end.checked_sub(1)?)?;
    let first = s.assembly.instruction_on(first_line)?;
    let end = s.assembly.instruction_on(last_line)? + 1;
    let (from, to) = (u32::try_from(first).ok()?, u32::try_from(end).ok()?);
    let rows = s.rows().get(first_line..=last_line)?;
    let whole = rows.first()?.span.to(rows.last()?.span).range();
    let mut edits = shift(s, &whole, |index| match index {
        _ if index >= to => index - (to - from),
        _ => index.min(from),
    })?;
    edits.extend(rows.iter().filter_map(|row| removal(s, row, &whole)));
    let title = match end - first {
        1 => "Remove the unreachable instruction".to_owned(),
        count => format!("Remove {count} unreachable instructions"),
    };
    Some(Fix::mending(diagnostic, title, edits).preferred())
}

fn removal(s: &Snapshot, row: &Line, whole: &Range<usize>) -> Option<Edit> {
    let is_kept = !row.body.is_code() && !matches!(row.body, Body::Loop { .. });
    if is_kept && row.body.directive().is_some() {
        return None;
    }
    let span = row.span.range();
    let symbol = row
        .label
        .and_then(|label| s.assembly.symbol_at(label.start as usize));
    let is_used_elsewhere = symbol.is_some_and(|(symbol, _)| {
        let mut uses = symbol.references.iter();
        uses.any(|span| !whole.contains(&(span.start as usize)))
    });
    let start = match (row.label, row.instruction_span()) {
        // The colon is kept too.
        (Some(label), Some(_)) if is_used_elsewhere => label.end as usize + 1,
        (Some(_), None) if is_used_elsewhere => return None,
        _ => {
            return Some(Edit {
                span,
                text: String::new(),
            });
        }
    };
    let code = s.text().get(span.clone())?;
    let end = start.max(span.start + code.trim_end_matches(['\n', '\r']).len());
    Some(Edit {
        span: start..end,
        text: String::new(),
    })
}
