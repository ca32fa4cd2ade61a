//! What may begin a line.

use super::cursor::Cursor;
use super::item::{Item, ItemKind, like};
use crate::data;
use crate::snapshot::Snapshot;
use crate::symbols::matches;
use provable::lang::isa::{Carry, OperandKind, SPECS};
use provable::lang::syntax::Directive;
use std::fmt::Write;

/// The instructions and directives that may begin a line.
pub(super) fn instructions(s: &Snapshot, cursor: &Cursor<'_>, items: &mut Vec<Item>) {
    // Only a directive can follow a dot.
    if !cursor.prefix.starts_with('.') {
        let all = SPECS.iter().zip(0..);
        let fitting = all.filter(|(spec, _)| matches(cursor.prefix, spec.mnemonic));
        items.extend(fitting.map(|(spec, rank)| {
            let needs_operand = matches!(spec.operand, OperandKind::Word | OperandKind::Target);
            let mut insert = like(cursor.prefix, spec.mnemonic);
            let label = insert.clone();
            if needs_operand && !cursor.is_followed {
                insert.push(' ');
            }
            let mut documentation = spec.summary.to_owned();
            if spec.carry == Carry::Set {
                documentation.push_str(" Sets C.");
            }
            if !spec.traps.is_empty() {
                let _ = write!(documentation, "\n\nTraps if {}.", spec.traps);
            }
            Item {
                label,
                kind: ItemKind::Instruction,
                detail: spec.stack.to_owned(),
                documentation,
                insert,
                sort: format!("{rank:03}"),
                ..Item::default()
            }
        }));
    }
    let fitting = Directive::ALL.iter().zip(97..);
    let fitting = fitting
        .filter(|(one, _)| may_stand(s, cursor, **one) && matches(cursor.prefix, one.word()))
        .map(|(&one, rank): (_, u32)| directive(cursor, one, rank));
    items.extend(fitting);
}

/// Whether a directive has a meaning on the line of the cursor.
fn may_stand(s: &Snapshot, cursor: &Cursor<'_>, directive: Directive) -> bool {
    use Directive::*;
    let sections = &s.assembly.sections;
    let in_test = sections
        .get(cursor.section)
        .is_some_and(|section| section.is_test());
    match directive {
        Inline | Push => true,
        _ if cursor.has_label => false,
        Routine | Test | Loop => true,
        Words | Bytes => data::is_open(s, cursor.line),
        Use | Const | Var | Data => !in_test,
        Public | Secret | Output | Traps | Within => in_test,
    }
}

fn directive(cursor: &Cursor<'_>, directive: Directive, rank: u32) -> Item {
    let is_snippet = !cursor.is_followed;
    let values = match directive {
        _ if !is_snippet => "",
        Directive::Const => " ${1:NAME} ${2:0}",
        Directive::Data => " ${1:NAME} at ${2:0} ${3:0}",
        Directive::Words => " ${1:0}",
        Directive::Use => " \"./${1:path}\"",
        Directive::Var => " ${1:NAME}",
        Directive::Bytes => " \"${1:text}\"",
        Directive::Routine => " ${1:name} ( ${2:a} -- ${3:b} )",
        Directive::Inline => " ${1:routine}",
        Directive::Push => " ${1:DATA}",
        Directive::Loop => " +${1:1}, ${2:8}",
        Directive::Test => " ${1:routine} ( ${2:1} -- ${3:2} )",
        Directive::Public | Directive::Secret | Directive::Output => " ${1:1}",
        Directive::Traps => " ${1:ASSERT}",
        Directive::Within => " ${1:100}",
    };
    Item {
        label: directive.word().into(),
        kind: ItemKind::Directive,
        detail: directive.usage().into(),
        documentation: directive.summary().into(),
        insert: format!("{}{values}", directive.word()),
        is_snippet,
        sort: format!("{rank:03}"),
        ..Item::default()
    }
}
