//! Fixes that define and remove names.

use super::super::formatting::Edit;
use super::super::snapshot::Snapshot;
use super::code::{goes_on, halt};
use super::fix::Fix;
use super::lines::{first_code, insert_lines};
use provable::lang::diagnostics::{Code, Diagnostic};
use provable::lang::isa::{Op, OperandKind};
use provable::lang::syntax::{Body, is_name};

/// Defines the missing name: a label at the end of the text, or a constant after the other constants.
pub(super) fn define(s: &Snapshot, diagnostic: &Diagnostic) -> Option<Fix> {
    let name = s
        .text()
        .get(diagnostic.span.clone())
        .filter(|name| is_name(name))?;
    let row = s
        .rows()
        .get(s.assembly.tree.line_at(diagnostic.span.start)?)?;
    let jump = match row.body {
        Body::Instruction { op, .. } => {
            op.map(|op| Some(op).filter(|op| op.spec().operand == OperandKind::Target))?
        }
        Body::Data { .. } | Body::Words { .. } => None,
        _ => return None,
    };
    let (title, edit) = match jump {
        Some(op) => (format!("Define the label `{name}`"), label(s, name, op)),
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

/// A label at the end with a minimal body. The code before it must not run into it.
fn label(s: &Snapshot, name: &str, op: Op) -> Edit {
    let count = s.assembly.instruction_count();
    let last = count.saturating_sub(1);
    let halt = halt(s, last);
    let stop = if count > 0 && goes_on(s, last) {
        halt.as_str()
    } else {
        ""
    };
    let ret = halt.replace("HALT", "RET").replace("halt", "ret");
    let body = if op == Op::Call { &ret } else { &halt };
    insert_lines(s, s.rows().len(), &format!("{stop}{name}:\n{body}"))
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
    let free = names.find(|name| s.assembly.symbols.get(name).is_none());
    free.unwrap_or_else(|| wanted.to_owned())
}

/// Removes the definition of an unused name, and its line if nothing else is on it.
pub(super) fn remove(s: &Snapshot, diagnostic: &Diagnostic) -> Option<Fix> {
    let line = s.assembly.tree.line_at(diagnostic.span.start)?;
    let row = s.rows().get(line)?;
    let name = s.text().get(diagnostic.span.clone())?;
    let whole = row.span.range();
    let is_constant = matches!(row.body, Body::Constant { .. });
    let (what, span) = match row.label {
        _ if is_constant => ("constant", whole),
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
