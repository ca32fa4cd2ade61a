//! Hover: information about the thing under the cursor.

use super::described::{expression, file, name, text};
use super::names::named;
use super::navigation::definition;
use super::place::{Part, Place, at};
use super::snapshot::Snapshot;
use super::traps;
use super::values::{number_list, offset_list, target};
use provable::circuit::cost::{Table, table};
use provable::circuit::encoding::rows;
use provable::lang::analysis::{Depth, allowances};
use provable::lang::diagnostics::Severity;
use provable::lang::isa::{Carry, Op, OperandKind, Spec};
use provable::lang::quote::plural;
use provable::lang::syntax::{Span, Value};
use std::fmt::Write;
use std::ops::Range;

/// The text of a hover, and the range that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The thing it is about.
    pub span: Range<usize>,
    /// The information, in Markdown.
    pub markdown: String,
}

/// Information about the mnemonic, name or number at an offset.
pub fn hover(s: &Snapshot, offset: usize) -> Option<Hover> {
    let place = at(s, offset)?;
    if let Part::Comment = place.part {
        return allowance(s, place.span, offset);
    }
    let mut span = place.span;
    let markdown = match place.part {
        Part::Mnemonic(op) => instruction(s, op?, &place),
        Part::Keyword(directive) => {
            let mut out = format!("`{}`\n\n{}\n", directive.usage(), directive.summary());
            if let Some(index) = s.assembly.instruction_on(place.line) {
                out.push('\n');
                place_lines(s, index, None, &mut out);
            }
            out
        }
        Part::Operand(Some(op), operand) => match operand.value {
            Value::Number(number) => match op.spec().operand {
                OperandKind::Target => target(s, number),
                OperandKind::OptionalOffset => offset_list(number),
                _ => number_list(number),
            },
            _ => name(s, named(s, offset)?.0, place.line),
        },
        Part::Value(operand) => match operand.value {
            Value::Number(number) => number_list(number),
            _ => name(s, named(s, offset)?.0, place.line),
        },
        Part::Label | Part::Name | Part::Target => name(s, named(s, offset)?.0, place.line),
        Part::Operator(whole) => {
            span = whole.span;
            expression(s, whole)?
        }
        Part::Path => file(s, definition(s, offset)?.file),
        Part::Text => text(s, place.span, place.line)?,
        Part::Kind => traps::kind(s.assembly.tree.slice(place.span))?,
        Part::Operand(None, _) | Part::Word | Part::StackWord | Part::Change | Part::Comment => {
            return None;
        }
    };
    Some(Hover {
        span: span.range(),
        markdown,
    })
}

/// Information about a code that a comment allows.
fn allowance(s: &Snapshot, comment: Span, offset: usize) -> Option<Hover> {
    let mut codes = allowances(&s.assembly.tree, comment);
    let allowance = codes.find(|one| one.span.touches(offset))?;
    let code = allowance.code?;
    let severity = match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    Some(Hover {
        span: allowance.span.range(),
        markdown: format!("{severity} `{code}`\n\n{}\n", code.summary()),
    })
}

/// The text ends in a list, so that lines may be added to it. Writing to a string cannot fail.
fn instruction(s: &Snapshot, op: Op, place: &Place) -> String {
    let spec = op.spec();
    let mut out = description(spec);
    let Some(index) = s.assembly.instruction_on(place.line) else {
        return out;
    };
    let known = s.assembly.instruction(index);
    let operand = known.and_then(|instruction| instruction.operand);
    let effect = s.assembly.node(index).effect();
    let needs = effect.unwrap_or(op.effect(operand)).needs;
    if needs > 0 {
        let _ = writeln!(
            out,
            "- needs {} on the stack",
            plural(usize::try_from(needs).unwrap_or(usize::MAX), "word")
        );
    }
    place_lines(s, index, Some(op), &mut out);
    out
}

/// The depth of the stack at an instruction, its cost, and its number.
fn place_lines(s: &Snapshot, index: usize, op: Option<Op>, out: &mut String) {
    let depth = |depths: &[Option<Depth>]| depths.get(index).copied().flatten();
    let (before, after) = (
        depth(&s.analysis.depth_before),
        depth(&s.analysis.depth_after),
    );
    let _ = match (before, after) {
        (None, _) => writeln!(out, "- depth here: no path comes here"),
        (Some(before), Some(after)) => writeln!(out, "- depth here: {before} → {after}"),
        (Some(before), None) => {
            writeln!(out, "- depth here: {before}, and the CALL never comes back")
        }
    };
    if let Some(op) = op {
        let _ = writeln!(out, "- cost: {}", cost(op));
    }
    // Instructions of a text with routines are numbered when it is linked.
    if !s.assembly.tree.has_modules() {
        let _ = writeln!(out, "- instruction {index}");
    }
}

/// What an instruction does, independent of its place.
pub(super) fn description(spec: &Spec) -> String {
    let operand = operand_name(spec.operand);
    let space = if operand.is_empty() { "" } else { " " };
    let mut out = format!("`{}{space}{operand}`", spec.mnemonic);
    let _ = writeln!(out, " · `{}`\n\n{}\n", spec.stack, spec.summary);
    let carry = match spec.carry {
        Carry::Set => "set",
        Carry::Kept => "kept",
    };
    let _ = writeln!(out, "- carry: {carry}");
    if spec.operand == OperandKind::OptionalWord {
        let _ = writeln!(
            out,
            "- with an operand, that is the second word, and the first is on top"
        );
    }
    if !spec.traps.is_empty() {
        let _ = writeln!(out, "- traps if {}", spec.traps);
    }
    out
}

/// The name of an operand in a signature.
pub(super) fn operand_name(kind: OperandKind) -> &'static str {
    match kind {
        OperandKind::None => "",
        OperandKind::Word => "word",
        OperandKind::Target => "target",
        OperandKind::OptionalWord => "[word]",
        OperandKind::OptionalOffset => "[offset]",
        OperandKind::OptionalAddress => "[address]",
        OperandKind::OptionalDepth(_) => "[n]",
    }
}

/// The cost in a proof of an instruction that stands alone: rows of the step table, and rows of another table. A row of
/// the other table is taken once for each distinct operation on a pair of words, or for each distinct address, of the
/// run.
fn cost(op: Op) -> String {
    let rows = match (rows(op, None), rows(op, Some(0))) {
        (1, _) => "1 row".to_owned(),
        (without, 1) => format!("1 row ({without} without an operand)"),
        (without, _) => format!("{without} rows"),
    };
    let other = match table(op) {
        None => "",
        Some(Table::Arithmetic) => ", and one of the arithmetic table for each new pair of words",
        Some(Table::Bitwise) => ", and one of the bitwise table for each new pair of words",
        Some(Table::Compare) => ", and one of the comparisons' table for each new pair of words",
        Some(Table::Heap) => ", and one of the heap table for each new address",
        Some(Table::Sha256) => ", and one of the table of SHA-256",
    };
    format!("{rows}{other}")
}
