//! Fixes that define and remove names.

use super::super::beside::{Beside, files_named};
use super::super::formatting::Edit;
use super::super::snapshot::Snapshot;
use super::code::{goes_on, halt};
use super::fix::Fix;
use super::lines::{first_code, insert_lines, use_line};
use provable::lang::diagnostics::{Code, Diagnostic};
use provable::lang::isa::{Op, OperandKind};
use provable::lang::modules::Parsed;
use provable::lang::std_library;
use provable::lang::syntax::{Body, is_name};
use std::sync::Arc;

/// Defines the missing name: a label at the end of the text, or a constant after the other constants.
pub(super) fn define(s: &Snapshot, diagnostic: &Diagnostic) -> Option<Fix> {
    let name = s
        .text()
        .get(diagnostic.span.clone())
        // A name with a dot belongs to a file, and is defined there.
        .filter(|name| is_name(name) && !name.contains('.'))?;
    let row = s
        .rows()
        .get(s.assembly.tree.line_at(diagnostic.span.start)?)?;
    let jump = match row.body {
        Body::Instruction { op, operand, .. } => {
            let is_operand = operand.is_some_and(|one| one.span.range() == diagnostic.span);
            let is_jump = |op: &Op| op.spec().operand == OperandKind::Target && is_operand;
            Some(op?).filter(is_jump)
        }
        Body::Inline { target, .. } | Body::Test { target, .. }
            if target.is_some_and(|target| target.range() == diagnostic.span) =>
        {
            Some(Op::Call)
        }
        Body::Push { .. } | Body::Traps { .. } | Body::Empty | Body::Malformed => return None,
        _ => None,
    };
    let has_modules = s.assembly.tree.has_modules();
    let (title, edit) = match jump {
        Some(Op::Call) if has_modules => (format!("Define the routine `{name}`"), routine(s, name)),
        Some(op) => (
            format!("Define the label `{name}`"),
            label(s, diagnostic.span.start, name, op),
        ),
        None => (
            format!("Define the constant `{name}`"),
            constant(s, name, "0"),
        ),
    };
    let fix = Fix::mending(diagnostic, title, vec![edit]);
    // If there is a similar name, that name is more likely.
    Some(match diagnostic.replacement {
        None => fix.preferred(),
        Some(_) => fix,
    })
}

/// A routine at the end of the text that does nothing.
fn routine(s: &Snapshot, name: &str) -> Edit {
    let text = format!("\n.routine {name} ( -- )\n    RET\n");
    insert_lines(s, s.rows().len(), &text)
}

/// A label at the end of the code with a minimal body. The code before it must not run into it.
fn label(s: &Snapshot, at: usize, name: &str, op: Op) -> Edit {
    let line = s.assembly.tree.line_at(at).unwrap_or(0);
    let section = s.assembly.sections.get(s.assembly.section_at(line));
    let code = section.map_or(0..0, |section| section.instructions.clone());
    let is_empty = code.is_empty();
    let last = usize::try_from(code.end).map_or(0, |end| end.saturating_sub(1));
    let halt = halt(s, last);
    let stop = if !is_empty && goes_on(s, last) {
        halt.as_str()
    } else {
        ""
    };
    let ret = halt.replace("HALT", "RET").replace("halt", "ret");
    let is_routine = section.is_some_and(|section| section.is_routine());
    let body = if op == Op::Call || is_routine {
        &ret
    } else {
        &halt
    };
    let is_whole = section.is_none_or(|section| section.lines.end >= s.rows().len());
    let end = match s.assembly.line_of(last) {
        Some(line) if !is_whole && !is_empty => line + 1,
        _ => s.rows().len(),
    };
    insert_lines(s, end, &format!("{stop}{name}:\n{body}"))
}

/// Uses a file that has the missing name: one around the text, or one of the standard library. The first is preferred.
pub(super) fn use_file(s: &Snapshot, diagnostic: &Diagnostic, beside: &dyn Beside) -> Vec<Fix> {
    let name = s.text().get(diagnostic.span.clone()).unwrap_or_default();
    let Some((alias, member)) = name.split_once('.') else {
        return Vec::new();
    };
    if member.starts_with('_') || !is_name(name) || s.assembly.symbols.get(alias).is_some() {
        return Vec::new();
    }
    let id = format!("std@{}/{alias}", std_library::NEWEST);
    let standard = std_library::parsed(&id).map(|parsed| (id, parsed));
    let files = files_named(alias, beside).into_iter().chain(standard);
    let having = files.filter(|(_, parsed)| parsed.interface().definitions.contains_key(member));
    let fix = |(place, (path, _)): (usize, (String, Arc<Parsed>))| {
        let title = format!("Use `{path}`");
        let fix = Fix::mending(diagnostic, title, vec![use_line(s, &path)]);
        match place {
            0 => fix.preferred(),
            _ => fix,
        }
    };
    having.enumerate().map(fix).collect()
}

/// Adds a constant on a line after the last constant; if there is none, before the first line of code.
pub(super) fn constant(s: &Snapshot, name: &str, value: &str) -> Edit {
    let is_constant = |body| matches!(body, Body::Constant { .. });
    let rows = s.rows();
    let last = rows.iter().rposition(|row| is_constant(row.body));
    let line = match last {
        Some(line) => line + 1,
        None => first_code(s),
    };
    insert_lines(s, line, &format!(".const {name} {value}\n"))
}

/// Renames a label or a constant whose name is a mnemonic, where it is defined and used.
pub(super) fn rename_mnemonic(s: &Snapshot, diagnostic: &Diagnostic) -> Option<Fix> {
    if !matches!(diagnostic.code, Code::BadName | Code::WrongOperand) {
        return None;
    }
    let name = s.text().get(diagnostic.span.clone())?;
    Op::from_mnemonic(name)?;
    let (symbol, _) = s.assembly.symbol_at(diagnostic.span.start)?;
    let new = free_name(s, &format!("{name}_"));
    let what = symbol.kind.word();
    let title = format!("Rename the {what} `{name}` to `{new}`");
    let places = std::iter::once(&symbol.definition).chain(&symbol.references);
    let edits = places.map(|span| Edit {
        span: span.range(),
        text: new.clone(),
    });
    Some(Fix::mending(diagnostic, title, edits.collect()).preferred())
}

/// A name similar to this one that is not yet in use.
pub(super) fn free_name(s: &Snapshot, wanted: &str) -> String {
    let numbered = (2..).map(|number: u64| format!("{wanted}_{number}"));
    let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
    let free = names.find(|name| s.assembly.symbols.iter().all(|one| one.name != *name));
    free.unwrap_or_else(|| wanted.to_owned())
}

/// Removes the definition of an unused name, and its line if nothing else is on it.
pub(super) fn remove(s: &Snapshot, diagnostic: &Diagnostic) -> Option<Fix> {
    let line = s.assembly.tree.line_at(diagnostic.span.start)?;
    let row = s.rows().get(line)?;
    let name = s.text().get(diagnostic.span.clone())?;
    let whole = row.span.range();
    let what = match row.body {
        Body::Constant { .. } => Some("constant"),
        Body::Variable { .. } => Some("variable"),
        Body::Use { .. } => Some("file"),
        // A routine has lines of its own, and a parameter is in each CALL.
        Body::Routine { .. } => return None,
        _ => None,
    };
    let (what, span) = match row.label {
        _ if what.is_some() => (what?, whole),
        Some(_) if row.body == Body::Empty && row.comment.is_none() => ("label", whole),
        Some(label) => {
            let after = s
                .text()
                .get(label.end as usize..whole.end)?
                .strip_prefix(':')?;
            let rest = after.trim_start_matches([' ', '\t']);
            ("label", label.start as usize..whole.end - rest.len())
        }
        None => return None,
    };
    let edit = Edit {
        span,
        text: String::new(),
    };
    let title = format!("Remove the unused {what} `{name}`");
    Some(Fix::mending(diagnostic, title, vec![edit]).preferred())
}
