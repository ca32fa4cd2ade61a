//! Completion: what may be typed at a place.

use super::snapshot::Snapshot;
use super::symbols::{matches, stands_for};
use provable::lang::diagnostics::{Code, Severity};
use provable::lang::isa::{Carry, Op, OperandKind, SPECS};
use provable::lang::program::Symbol;
use provable::lang::syntax::{Directive, TokenKind};
use std::fmt::Write;
use std::ops::Range;

/// The most names that are offered at once: those nearest to the cursor.
const NAMES: usize = 100;

/// The kind of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A mnemonic.
    Instruction,
    /// The name of a label.
    Label,
    /// The name of a constant.
    Constant,
    /// A directive, or the word `at` of one.
    Directive,
}

/// One completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The name of the item. What is typed is compared with it.
    pub label: String,
    /// Its kind.
    pub kind: ItemKind,
    /// A short description: the stack effect, or the value.
    pub detail: String,
    /// A longer description, in Markdown; may be empty.
    pub documentation: String,
    /// The text to insert.
    pub insert: String,
    /// Whether `insert` has placeholders, written `${1:name}`. A client that does not support them inserts `label`.
    pub is_snippet: bool,
    /// The sort key of the item.
    pub sort: String,
}

/// The completions at a place, and the range that they replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// The word to replace, on one line. Empty if no word is begun.
    pub replace: Range<usize>,
    /// What may be typed there.
    pub items: Vec<Item>,
    /// Whether items were left out that may appear after more typing.
    pub is_incomplete: bool,
}

/// The completions at an offset. There are none in numbers and where a name is defined. In comments, the codes that may
/// follow the word `allow`.
pub fn completions(s: &Snapshot, offset: usize) -> Completions {
    let offset = s.clamp(offset);
    let mut answer = Completions {
        replace: offset..offset,
        items: Vec::new(),
        is_incomplete: false,
    };
    if let Some(word) = allowed_word(s, offset) {
        answer.items = codes(s.text().get(word.start..offset).unwrap_or(""));
        answer.replace = word;
        return answer;
    }
    let Some(cursor) = Cursor::new(s, offset) else {
        return answer;
    };
    answer.replace = cursor.replace.clone();
    match cursor.words.as_slice() {
        [] => {
            answer.is_incomplete = !cursor.prefix.is_empty();
            instructions(&cursor, &mut answer.items);
        }
        words if takes_constant(words) => names(s, &cursor, false, &mut answer),
        [directive, _] if Directive::named(directive) == Some(Directive::Data) => {
            answer.items.extend(at(&cursor));
        }
        [mnemonic] => {
            let kind = Op::from_mnemonic(mnemonic).map(|op| op.spec().operand);
            match kind {
                Some(OperandKind::None) | None => {}
                Some(kind) => names(s, &cursor, kind == OperandKind::Target, &mut answer),
            }
        }
        _ => {}
    }
    answer
}

/// The word at an offset in a comment, if a code belongs there: after `allow` and other codes.
fn allowed_word(s: &Snapshot, offset: usize) -> Option<Range<usize>> {
    let tree = &s.assembly.tree;
    let comment = tree.lines().get(tree.line_at(offset)?)?.comment?;
    let before = s.text().get(comment.start as usize..offset)?;
    let said = before.trim_start_matches(['#', ';']).trim_start();
    let list = said
        .strip_prefix("allow")
        .filter(|list| list.starts_with([' ', '\t']))?;
    let between = |c: char| matches!(c, ' ' | '\t' | ',');
    let mut words = list.split(between).filter(|word| !word.is_empty()).rev();
    let begun = match list.ends_with(between) {
        true => "",
        false => words.next().unwrap_or(""),
    };
    let is_code = |word: &str| Code::named(word).is_some();
    if !words.all(is_code) || !begun.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let after = s.text().get(offset..comment.end as usize)?;
    let rest = after
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(after.len());
    Some(offset - begun.len()..offset + rest)
}

fn codes(typed: &str) -> Vec<Item> {
    let all = Code::ALL.iter().filter(|code| code.can_be_allowed());
    all.filter(|code| matches(typed, code.as_str()))
        .map(|code| Item {
            label: code.to_string(),
            kind: ItemKind::Constant,
            detail: match code.severity() {
                Severity::Hint => "hint",
                _ => "warning",
            }
            .to_owned(),
            documentation: code.summary().to_owned(),
            insert: code.to_string(),
            is_snippet: false,
            sort: code.to_string(),
        })
        .collect()
}

/// The text around the cursor.
struct Cursor<'a> {
    /// The line of the cursor.
    line: usize,
    /// The word that the cursor is in or at the end of, up to the cursor.
    prefix: &'a str,
    replace: Range<usize>,
    /// The words before it on the line, without a label.
    words: Vec<&'a str>,
    has_label: bool,
    /// Whether anything except a comment follows on the line.
    is_followed: bool,
}

impl<'a> Cursor<'a> {
    /// None in a comment or a literal.
    fn new(s: &'a Snapshot, offset: usize) -> Option<Self> {
        let tree = &s.assembly.tree;
        let text = s.text();
        let mut cursor = Cursor {
            line: s.lines.line_column(offset).line,
            prefix: "",
            replace: offset..offset,
            words: Vec::new(),
            has_label: false,
            is_followed: false,
        };
        // The empty range after the last line end is not a line of the tree.
        let Some(row) = tree.lines().get(cursor.line) else {
            return Some(cursor);
        };
        for token in tree.tokens(row) {
            let span = token.span.range();
            let holds_cursor = span.start < offset && offset <= span.end;
            match token.kind {
                TokenKind::Whitespace | TokenKind::LineEnd => {}
                TokenKind::Comment if span.start < offset => return None,
                TokenKind::Comment => {}
                TokenKind::Number | TokenKind::Character if holds_cursor => return None,
                TokenKind::Word if holds_cursor => {
                    cursor.prefix = text.get(span.start..offset).unwrap_or("");
                    cursor.replace = span;
                }
                TokenKind::Colon if span.end <= offset && !cursor.has_label => {
                    cursor.words.clear();
                    cursor.has_label = true;
                }
                // The word before it is the name of a label.
                TokenKind::Colon if cursor.words.is_empty() => return None,
                _ if span.end <= offset => cursor.words.push(text.get(span).unwrap_or("")),
                _ => cursor.is_followed = true,
            }
        }
        Some(cursor)
    }
}

fn instructions(cursor: &Cursor<'_>, items: &mut Vec<Item>) {
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
                is_snippet: false,
                sort: format!("{rank:02}"),
            }
        }));
    }
    let fitting = Directive::ALL.iter().zip(97..);
    let fitting = fitting
        .filter(|(one, _)| !cursor.has_label && matches(cursor.prefix, one.word()))
        .map(|(&one, rank): (_, u32)| directive(cursor, one, rank));
    items.extend(fitting);
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
        sort: rank.to_string(),
    }
}

/// The word between the name and the address of data.
fn at(cursor: &Cursor<'_>) -> Option<Item> {
    let item = Item {
        label: "at".into(),
        kind: ItemKind::Directive,
        detail: Directive::Data.usage().into(),
        documentation: "The address of the first word follows.".into(),
        insert: if cursor.is_followed { "at" } else { "at " }.into(),
        is_snippet: false,
        sort: "0".into(),
    };
    Some(item).filter(|_| matches(cursor.prefix, "at"))
}

/// Whether after these words of a line of data an address or a word follows, and so a constant may.
fn takes_constant(words: &[&str]) -> bool {
    let directive = words.first().and_then(|word| Directive::named(word));
    match (directive, words) {
        (Some(Directive::Data), [_, _, at]) => at.eq_ignore_ascii_case("at"),
        (Some(Directive::Data), [_, _, _, _]) | (Some(Directive::Words), [_]) => true,
        (Some(Directive::Data), [_, _, _, _, .., last])
        | (Some(Directive::Words), [_, .., last]) => *last == ",",
        _ => false,
    }
}

/// A mnemonic in the letter case of what is typed: lower case if all its letters are, otherwise capitals.
pub(super) fn like(typed: &str, mnemonic: &str) -> String {
    let is_small = typed.contains(|c: char| c.is_ascii_lowercase())
        && !typed.contains(|c: char| c.is_ascii_uppercase());
    if is_small {
        mnemonic.to_ascii_lowercase()
    } else {
        mnemonic.to_owned()
    }
}

fn names(s: &Snapshot, cursor: &Cursor<'_>, with_labels: bool, answer: &mut Completions) {
    let all = s.assembly.symbols.iter();
    let mut fitting: Vec<&Symbol> = all
        .filter(|symbol| with_labels || symbol.kind.is_number())
        .filter(|symbol| matches(cursor.prefix, &symbol.name))
        // If a name is also a mnemonic, its definition is an error, and each use would be one more.
        .filter(|symbol| Op::from_mnemonic(&symbol.name).is_none())
        .collect();
    // Most jumps go to a label nearby.
    fitting.sort_by_cached_key(|symbol| {
        let is_whole = symbol.name == cursor.prefix;
        let is_beginning = symbol.name.starts_with(cursor.prefix);
        let is_constant = symbol.kind.is_number();
        let distance = symbol.line.abs_diff(cursor.line);
        (!is_whole, !is_beginning, is_constant, distance)
    });
    answer.is_incomplete = fitting.len() > NAMES || !cursor.prefix.is_empty();
    let offered = fitting.iter().take(NAMES).enumerate();
    answer.items = offered
        .map(|(rank, symbol)| Item {
            label: symbol.name.clone(),
            kind: match symbol.kind.is_number() {
                true => ItemKind::Constant,
                false => ItemKind::Label,
            },
            detail: stands_for(symbol),
            documentation: definition(s, symbol.line),
            insert: symbol.name.clone(),
            is_snippet: false,
            sort: format!("{rank:03}"),
        })
        .collect();
}

/// The line that defines a name, as it is written.
fn definition(s: &Snapshot, line: usize) -> String {
    let row = s.assembly.tree.lines().get(line);
    let code = row.map_or("", |row| s.assembly.tree.slice(row.span).trim());
    format!("```provable\n{}\n```", code.replace('`', "'"))
}
