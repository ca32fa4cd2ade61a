//! The formatter's view of one line: what stands on it, label and comment aside.

use super::body::Body;
use super::operand::Operand;
use super::span::Span;
use super::token::is_space;
use super::tree::{Line, Tree};
use std::borrow::Cow;

/// Columns before instructions, and before lines that belong to data or to a test.
pub(super) const INDENT: usize = 4;

/// A text with single spaces between its words. Texts in double quotes and character literals stay as they are.
pub(super) fn spaced(text: &str) -> Cow<'_, str> {
    let is_plain = !text.contains('\t') && !text.contains("  ");
    if is_plain || text.contains(['"', '\'']) {
        return Cow::Borrowed(text);
    }
    let words: Vec<&str> = text
        .split(is_space)
        .filter(|word| !word.is_empty())
        .collect();
    Cow::Owned(words.join(" "))
}

/// The instruction or the directive on a line without errors; none if there is neither.
pub(super) fn code(tree: &Tree, line: &Line) -> Option<String> {
    let body = &line.body;
    let words = match *body {
        Body::Instruction {
            mnemonic, operand, ..
        } => {
            let mnemonic = tree.slice(mnemonic).to_ascii_uppercase();
            // Of most lines there is no more to say.
            let mut code = " ".repeat(INDENT) + &mnemonic;
            if let Some(operand) = operand {
                code.push(' ');
                code.push_str(&spaced(tree.slice(operand.span)));
            }
            return Some(code + &list(tree, body.arguments()));
        }
        Body::Empty | Body::Malformed => return None,
        // Neighbouring constants are aligned together.
        Body::Constant { .. } => return None,
        Body::Use { path, alias, .. } => {
            let alias = alias.map(|alias| format!("as {}", tree.slice(alias)));
            vec![Some(slice(tree, path)), alias]
        }
        Body::Variable {
            name,
            size,
            address,
            ..
        } => vec![
            Some(slice(tree, name)),
            size.map(|size| operand(tree, size)),
            address.map(|address| format!("at {}", operand(tree, address))),
        ],
        Body::Data { name, address, .. } => vec![
            Some(slice(tree, name)),
            address.map(|address| format!("at {}", operand(tree, address))),
        ],
        Body::Words { .. } | Body::Tape { .. } => vec![],
        Body::Bytes { text, .. } => vec![Some(slice(tree, text))],
        Body::Routine { name, effect, .. } => {
            vec![
                Some(slice(tree, name)),
                effect.map(|effect| brackets(tree, effect)),
            ]
        }
        Body::Inline { target, .. } | Body::Push { target, .. } => vec![Some(slice(tree, target))],
        Body::Loop { change, times, .. } => {
            let change = slice(tree, change).replace([' ', '\t'], "");
            let comma = if times.is_some() { "," } else { "" };
            vec![
                Some(change + comma),
                times.map(|times| operand(tree, times)),
            ]
        }
        Body::Test {
            title,
            target,
            values,
            ..
        } => vec![
            title.map(|title| tree.slice(title).to_owned()),
            target.map(|target| tree.slice(target).to_owned()),
            values.map(|values| brackets(tree, values)),
        ],
        Body::Traps { kind, place, .. } => vec![
            kind.map(|kind| tree.slice(kind).to_ascii_uppercase()),
            place.map(|place| format!("at {}", tree.slice(place))),
        ],
        Body::Within { rows, .. } => vec![rows.map(|rows| operand(tree, rows))],
    };
    let directive = body.directive()?;
    let indent = if directive.is_indented() { INDENT } else { 0 };
    let mut code = " ".repeat(indent) + directive.word();
    for word in words.into_iter().flatten() {
        code.push(' ');
        code.push_str(&word);
    }
    let parameters = match *body {
        Body::Routine { parameters, .. } => parameters,
        _ => None,
    };
    Some(code + &list(tree, body.items().or(body.arguments()).or(parameters)))
}

fn slice(tree: &Tree, span: Option<Span>) -> String {
    span.map_or("", |span| tree.slice(span)).to_owned()
}

fn operand(tree: &Tree, operand: Operand) -> String {
    spaced(tree.slice(operand.span)).into_owned()
}

/// The entries between the commas of a span, with a space before the first one.
fn list(tree: &Tree, span: Option<Span>) -> String {
    let mut text = String::new();
    for (place, entry) in tree.listed(span).enumerate() {
        text.push_str(if place == 0 { " " } else { ", " });
        text.push_str(&spaced(tree.slice(entry.span)));
    }
    text
}

/// An effect or values, with a space inside either bracket.
fn brackets(tree: &Tree, span: Span) -> String {
    let text = tree.slice(span);
    let inner = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'));
    let inner = inner.unwrap_or(text).trim_matches(is_space);
    let spaced = spaced(inner);
    // The sign between the two sides needs no spaces around it.
    match spaced.as_ref() {
        "" => "( )".to_owned(),
        inner => format!("( {inner} )"),
    }
}
