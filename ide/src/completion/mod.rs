//! Completion: what may be typed at a place.

mod allow;
mod cursor;
mod item;
mod names;
mod paths;
mod statements;

use super::beside::{Beside, Nowhere};
use super::snapshot::Snapshot;
use super::symbols::matches;
use super::traps;
pub(crate) use item::like;
pub use item::{Completions, Item, ItemKind};

use cursor::{Cursor, Word, depth, takes_value};
use names::{Wanted, names};
use provable::lang::isa::{Op, OperandKind};
use provable::lang::modules::DefinitionKind;
use provable::lang::syntax::{Directive, TokenKind};

/// The completions at an offset. There are none in numbers and where a name is defined. In comments, the codes that may
/// follow the word `allow`. Files beside the text are not known.
pub fn completions(s: &Snapshot, offset: usize) -> Completions {
    completions_among(s, offset, &Nowhere)
}

/// The completions at an offset, those of files around the text among them.
pub fn completions_among(s: &Snapshot, offset: usize, beside: &dyn Beside) -> Completions {
    let offset = s.clamp(offset);
    let mut answer = Completions {
        replace: offset..offset,
        items: Vec::new(),
        is_incomplete: false,
    };
    if let Some(word) = allow::allowed_word(s, offset) {
        answer.items = allow::codes(s.text().get(word.start..offset).unwrap_or(""));
        answer.replace = word;
        return answer;
    }
    let Some(cursor) = Cursor::new(s, offset, beside) else {
        return answer;
    };
    answer.replace = cursor.replace.clone();
    let Some((first, rest)) = cursor.words.split_first() else {
        if !cursor.is_in_text {
            answer.is_incomplete = !cursor.prefix.is_empty();
            statements::instructions(s, &cursor, &mut answer.items);
        }
        return answer;
    };
    let directive = Directive::named(first.text);
    if directive == Some(Directive::Use) {
        if rest.is_empty() {
            paths::paths(&cursor, &mut answer.items);
            answer.is_incomplete = true;
        } else if !cursor.is_in_text && rest.len() == 1 {
            answer
                .items
                .extend(word(&cursor, "as", "The name of the file here follows."));
        }
    } else if !cursor.is_in_text {
        match directive {
            Some(directive) => of_directive(s, &cursor, directive, rest, &mut answer),
            None => of_instruction(s, &cursor, first.text, rest, &mut answer),
        }
    }
    answer
}

fn of_instruction(
    s: &Snapshot,
    cursor: &Cursor<'_>,
    mnemonic: &str,
    rest: &[Word<'_>],
    answer: &mut Completions,
) {
    let Some(op) = Op::from_mnemonic(mnemonic) else {
        return;
    };
    match (op.spec().operand, rest) {
        (OperandKind::None, _) => {}
        (OperandKind::Target, []) => {
            let wanted = match op {
                Op::Call => Wanted::Call,
                _ => Wanted::Jump,
            };
            names(s, cursor, wanted, answer);
        }
        (OperandKind::Target, [target, arguments @ ..]) => {
            let found = s.modules.find(0, target.text);
            let is_routine = found
                .is_ok_and(|found| matches!(found.definition.kind, DefinitionKind::Routine(_)));
            if op == Op::Call && is_routine && takes_value(arguments) {
                names(s, cursor, Wanted::Number, answer);
            }
        }
        (_, words) if takes_value(words) => names(s, cursor, Wanted::Number, answer),
        _ => {}
    }
}

fn of_directive(
    s: &Snapshot,
    cursor: &Cursor<'_>,
    directive: Directive,
    rest: &[Word<'_>],
    answer: &mut Completions,
) {
    use Directive::*;
    match (directive, rest) {
        (Const, [_, value @ ..]) if takes_value(value) => {
            names(s, cursor, Wanted::FileNumber, answer);
        }
        (Var | Data, [_, values @ ..]) => placed(s, cursor, directive, values, answer),
        (Words, words) if takes_value(words) => names(s, cursor, Wanted::FileNumber, answer),
        (Public | Secret | Output | Within, words) if takes_value(words) => {
            names(s, cursor, Wanted::Number, answer);
        }
        (Inline, []) => names(s, cursor, Wanted::Routine, answer),
        (Inline, [_, arguments @ ..]) if takes_value(arguments) => {
            names(s, cursor, Wanted::Number, answer);
        }
        (Push, []) => names(s, cursor, Wanted::Data, answer),
        (Loop, words)
            if words.iter().any(|word| word.kind == TokenKind::Comma) && takes_value(words) =>
        {
            names(s, cursor, Wanted::Number, answer);
        }
        (Test, words) => test(s, cursor, words, answer),
        (Traps, []) => answer.items.extend(kinds(cursor)),
        (Traps, [_]) => answer.items.extend(word(
            cursor,
            "at",
            "The label or the routine of the trap follows.",
        )),
        (Traps, [_, _]) => names(s, cursor, Wanted::TrapPlace, answer),
        _ => {}
    }
}

/// After the name of data or of a variable: the word `at`, an address, a size or words.
fn placed(
    s: &Snapshot,
    cursor: &Cursor<'_>,
    directive: Directive,
    values: &[Word<'_>],
    answer: &mut Completions,
) {
    let place = values
        .iter()
        .position(|word| word.text.eq_ignore_ascii_case("at"));
    let begins =
        |values: &[Word<'_>]| values.is_empty() || (depth(values) > 0 || takes_value(values));
    let takes = match (place, values) {
        (None, values) => begins(values),
        (Some(place), values) => {
            let after = values.get(place + 1..).unwrap_or_default();
            // After the address the words of data follow without a sign between them.
            begins(after) || (directive == Directive::Data && after.len() == 1)
        }
    };
    let may_place = place.is_none()
        && match directive {
            Directive::Data => values.is_empty(),
            _ => !takes || values.is_empty(),
        };
    if may_place {
        let about = "The address of the first word follows.";
        answer.items.extend(word(cursor, "at", about));
    }
    if takes {
        names(s, cursor, Wanted::FileNumber, answer);
    }
}

/// After `.test`: a routine, values in brackets, and arguments.
fn test(s: &Snapshot, cursor: &Cursor<'_>, words: &[Word<'_>], answer: &mut Completions) {
    let words = match words {
        [title, rest @ ..] if title.kind == TokenKind::Text => rest,
        _ => words,
    };
    match words {
        [] => names(s, cursor, Wanted::Routine, answer),
        words if depth(words) > 0 => names(s, cursor, Wanted::Number, answer),
        [_, rest @ ..] => {
            let close = rest.iter().rposition(|word| word.kind == TokenKind::Close);
            let arguments = close.and_then(|close| rest.get(close + 1..));
            if arguments.is_some_and(takes_value) {
                names(s, cursor, Wanted::Number, answer);
            }
        }
    }
}

fn kinds(cursor: &Cursor<'_>) -> Vec<Item> {
    let all = traps::KINDS.iter().enumerate();
    let fitting = all.filter(|(_, (kind, _))| matches(cursor.prefix, kind));
    let item = |(rank, (kind, meaning)): (usize, &(&str, &str))| Item {
        label: (*kind).to_owned(),
        kind: ItemKind::Constant,
        documentation: (*meaning).to_owned(),
        insert: (*kind).to_owned(),
        sort: format!("{rank:03}"),
        ..Item::default()
    };
    fitting.map(item).collect()
}

/// A word of a directive.
fn word(cursor: &Cursor<'_>, word: &str, about: &str) -> Option<Item> {
    let item = Item {
        label: word.to_owned(),
        kind: ItemKind::Directive,
        documentation: about.to_owned(),
        insert: format!("{word}{}", if cursor.is_followed { "" } else { " " }),
        sort: "0".into(),
        ..Item::default()
    };
    Some(item).filter(|_| matches(cursor.prefix, word))
}
