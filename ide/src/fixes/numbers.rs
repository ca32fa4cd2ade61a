//! Refactorings of numbers: a name for a number, or another notation.

use super::super::formatting::Edit;
use super::super::navigation::index;
use super::super::numbers::Forms;
use super::super::place::{Part, at};
use super::super::snapshot::Snapshot;
use super::fix::Fix;
use super::lines::insert_lines;
use super::names::{constant, free_name};
use provable::lang::program::SymbolKind;
use provable::lang::syntax::Value;
use std::ops::Range;

/// The most constants of the same value that are offered for a number.
const CONSTANTS: usize = 3;

/// The refactorings of the number at an offset.
pub(super) fn refactorings(s: &Snapshot, offset: usize) -> Vec<Fix> {
    let Some(place) = at(s, offset) else {
        return Vec::new();
    };
    let (Part::Operand(_, operand) | Part::Value(operand)) = place.part else {
        return Vec::new();
    };
    let is_negative = s.assembly.tree.slice(place.span).starts_with('-');
    if is_negative && matches!(place.part, Part::Value(_)) {
        // Expressions compute with more than a word, so that -1 is not 0xFFFF_FFFF there.
        return Vec::new();
    }
    let Value::Number(number) = operand.value else {
        return Vec::new();
    };
    let span = place.span.range();
    let mut fixes = Vec::new();
    if let Some(target) = index(&place.part) {
        fixes.extend(label(s, &span, target));
    } else if matches!(place.part, Part::Operand(..)) {
        named(s, &span, number, &mut fixes);
    }
    let old = s.assembly.tree.slice(place.span);
    let forms = Forms::new(number);
    // Notations are compared by their prefixes, so that `0xFF` and `0xff` count as one notation.
    let is_hexadecimal = old.starts_with("0x") || old.starts_with("0X");
    let is_decimal = !is_hexadecimal && old.chars().all(|c| c.is_ascii_digit() || c == '_');
    for (is_so, form) in [
        (is_hexadecimal, forms.hexadecimal),
        (is_decimal, forms.decimal),
    ] {
        if !is_so {
            let title = format!("Write as {form}");
            fixes.push(Fix::refactoring(
                span.clone(),
                title,
                vec![replaced(s, &span, form)],
            ));
        }
    }
    fixes
}

/// Replaces a number. A sign or a quote may directly follow the word before it; any other beginning would merge with
/// that word, so a space is added.
fn replaced(s: &Snapshot, span: &Range<usize>, text: String) -> Edit {
    let before = s.text().get(..span.start).unwrap_or_default();
    let is_apart = before.chars().next_back().is_none_or(char::is_whitespace);
    Edit {
        span: span.clone(),
        text: if is_apart { text } else { format!(" {text}") },
    }
}

/// Constants that have the number's value, and a new one.
fn named(s: &Snapshot, span: &Range<usize>, number: u32, fixes: &mut Vec<Fix>) {
    let constants = s
        .assembly
        .symbols
        .iter()
        .filter(|symbol| symbol.kind == SymbolKind::Constant && symbol.value == Some(number));
    for symbol in constants.take(CONSTANTS) {
        let title = format!("Use the constant `{}`", symbol.name);
        let edits = vec![replaced(s, span, symbol.name.clone())];
        fixes.push(Fix::refactoring(span.clone(), title, edits));
    }
    let name = free_name(s, &format!("N_{number}"));
    let old = s.text().get(span.clone()).unwrap_or("0");
    let title = format!("Name {old} as the constant `{name}`");
    let edits = vec![constant(s, &name, old), replaced(s, span, name)];
    fixes.push(Fix::refactoring(span.clone(), title, edits));
}

/// A label in place of an index: the existing one or a new one.
fn label(s: &Snapshot, span: &Range<usize>, target: usize) -> Option<Fix> {
    let there = s.assembly.symbols.iter().find(|symbol| {
        symbol.kind == SymbolKind::Label && symbol.value.is_some_and(|at| at as usize == target)
    });
    if let Some(symbol) = there {
        let title = format!("Jump to the label `{}`", symbol.name);
        let edits = vec![replaced(s, span, symbol.name.clone())];
        return Some(Fix::refactoring(span.clone(), title, edits));
    }
    let line = match s.assembly.line_of(target) {
        Some(line) => line,
        None if target == s.assembly.instruction_count() => s.rows().len(),
        None => return None,
    };
    let name = free_name(s, &format!("label_{target}"));
    let title = format!("Jump to a new label `{name}`");
    let edits = vec![
        insert_lines(s, line, &format!("{name}:\n")),
        replaced(s, span, name),
    ];
    Some(Fix::refactoring(span.clone(), title, edits))
}
