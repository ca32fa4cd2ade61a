//! Numbers for people: in every notation, and as places of the program.

use super::numbers::Forms;
use super::snapshot::Snapshot;
use provable::lang::quote::{plural, shortened};
use std::fmt::Write;

/// A distance between addresses has a sign.
pub(super) fn offset_list(number: u32) -> String {
    format!("offset {:+}: {}", number as i32, number_list(number))
}

/// A number in every notation.
pub(super) fn number_list(number: u32) -> String {
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
pub(super) fn target(s: &Snapshot, index: u32) -> String {
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
