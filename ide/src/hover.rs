//! Hover: information about the thing under the cursor.

use super::blocks::is_comment;
use super::data;
use super::numbers::Forms;
use super::place::{Part, Place, at};
use super::snapshot::Snapshot;
use provable::circuit::cost::{Table, table};
use provable::circuit::encoding::rows;
use provable::lang::analysis::{Depth, allowances};
use provable::lang::diagnostics::Severity;
use provable::lang::isa::{Carry, Op, OperandKind, Spec};
use provable::lang::program::{Symbol, SymbolKind};
use provable::lang::quote::plural;
use provable::lang::quote::shortened;
use provable::lang::syntax::{Body, Line, Span, Value};
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
    let markdown = match place.part {
        Part::Mnemonic(op) => instruction(s, op?, &place),
        Part::Keyword(directive) => {
            format!("`{}`\n\n{}\n", directive.usage(), directive.summary())
        }
        Part::Operand(Some(op), operand) => match operand.value {
            Value::Number(number) => match op.spec().operand {
                OperandKind::Target => target(s, number),
                OperandKind::OptionalOffset => offset_list(number),
                _ => number_list(number),
            },
            Value::Name => symbol(s, s.assembly.symbol_at(offset)?.0),
            Value::Expression | Value::Text | Value::Bad => return None,
        },
        Part::ConstantValue(operand) => match operand.value {
            Value::Number(number) => number_list(number),
            Value::Name => symbol(s, s.assembly.symbol_at(offset)?.0),
            Value::Expression | Value::Text | Value::Bad => return None,
        },
        Part::Label | Part::ConstantName => symbol(s, s.assembly.symbol_at(offset)?.0),
        Part::Operand(None, _) | Part::At | Part::Comment => return None,
    };
    Some(Hover {
        span: place.span.range(),
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
    let needs = op.effect(operand).needs;
    if needs > 0 {
        let _ = writeln!(
            out,
            "- needs {} on the stack",
            plural(usize::try_from(needs).unwrap_or(usize::MAX), "word")
        );
    }
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
    let _ = writeln!(out, "- cost: {}", cost(op));
    let _ = writeln!(out, "- instruction {index}");
    out
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

/// A distance between addresses has a sign.
fn offset_list(number: u32) -> String {
    format!("offset {:+}: {}", number as i32, number_list(number))
}

fn number_list(number: u32) -> String {
    let forms = Forms::new(number);
    let mut out = format!("`{}`\n\n", forms.decimal);
    let _ = writeln!(out, "- hexadecimal `{}`", forms.hexadecimal);
    let _ = writeln!(out, "- binary `{}`", forms.binary);
    if let Some(negative) = forms.negative {
        let _ = writeln!(out, "- two's complement of `{negative}`");
    }
    match forms.character {
        // A backtick ends a code span, unless two backticks begin it.
        Some(character) if character.contains('`') => {
            let _ = writeln!(out, "- character `` {character} ``");
        }
        Some(character) => {
            let _ = writeln!(out, "- character `{character}`");
        }
        None => {}
    }
    out
}

/// A place in the program, by its index: its line and the depth there.
fn target(s: &Snapshot, index: u32) -> String {
    let end = s.assembly.instruction_count();
    let at = index as usize;
    match s.assembly.line_of(at) {
        Some(line) => {
            let code = shortened(s.text().get(s.assembly.span_of(at)).unwrap_or(""));
            let line = line + 1;
            let mut out = format!("instruction {index}, on line {line}: `{code}`\n\n");
            depth_there(s, at, &mut out);
            out
        }
        None if at == end => format!("index {index}, the end of the program\n\n"),
        None => {
            let has = plural(end, "instruction");
            format!("index {index}, outside the program, which has {has}\n\n")
        }
    }
}

fn depth_there(s: &Snapshot, index: usize, out: &mut String) {
    let _ = match s.analysis.depth_before.get(index) {
        Some(Some(depth)) => writeln!(out, "- depth there: {depth}"),
        Some(None) => writeln!(out, "- depth there: no path comes there"),
        None => Ok(()),
    };
}

fn symbol(s: &Snapshot, symbol: &Symbol) -> String {
    let uses = match symbol.references.len() {
        0 => "never used".to_owned(),
        uses => format!("used {}", plural(uses, "time")),
    };
    let name = shortened(&symbol.name);
    let data = data::lines(s, symbol.line).filter(|_| symbol.kind == SymbolKind::Data);
    let mut out = match (symbol.kind, symbol.value, data) {
        (SymbolKind::Label, Some(index), _) => {
            format!("label `{name}`: {}", target(s, index))
        }
        (_, value, Some(lines)) => {
            let (count, words) = data::words(s, lines);
            let place = match value {
                Some(address) => format!("address {}", number_list(address)),
                None => "an address that is not known\n\n".to_owned(),
            };
            // A word may be a character literal, and so a backtick.
            let words = words.replace('`', "'");
            format!("data `{name}`: {count} at {place}- words: `{words}`\n")
        }
        (kind, Some(value), None) => {
            format!("{} `{name}` = {}", kind.word(), number_list(value))
        }
        (kind, None, None) => format!("{} `{name}`, whose value is no number\n\n", kind.word()),
    };
    let _ = writeln!(out, "- {uses}");
    let said = comments(s, symbol.line);
    if !said.is_empty() {
        let _ = write!(out, "\n{said}");
    }
    out
}

/// The author's comment on a definition: the comment beside it, or the comment lines directly above it.
fn comments(s: &Snapshot, line: usize) -> String {
    const LINES: usize = 20;
    let rows = s.rows();
    let said = |row: &Line| {
        let comment = row.comment.map_or("", |span| s.assembly.tree.slice(span));
        // In a code block the comment is shown as it is written, provided that it does not end the block.
        comment.trim_start_matches(['#', ';']).replace('`', "'")
    };
    // A comment after an instruction is about the instruction.
    let is_beside =
        |row: &&Line| row.comment.is_some() && !matches!(row.body, Body::Instruction { .. });
    let mut lines: Vec<String> = match rows.get(line).filter(is_beside) {
        Some(row) => vec![said(row)],
        None => {
            let above = rows.get(..line).unwrap_or_default().iter().rev();
            let block = above.take_while(|row| is_comment(row)).take(LINES);
            block.map(said).collect()
        }
    };
    if lines.is_empty() {
        return String::new();
    }
    lines.reverse();
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    format!("```text\n{}\n```\n", lines.join("\n"))
}
