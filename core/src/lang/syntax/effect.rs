//! Effects: what stands in the brackets of `.routine` and `.test` lines.

use super::items::{Group, operand};
use super::operand::Operand;
use super::span::Span;
use super::token::{Token, TokenKind, tokens};

/// What is said of a `--` that a word touches.
pub(super) const CLOSE_SIGN: &str = "a space stands on both sides of `--`";

/// What a routine takes from the stack and leaves on it, as its line declares it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoutineEffect {
    /// Whether DUP may look below the inputs.
    pub looks_below: bool,
    /// The words that it takes, the top last.
    pub inputs: Vec<Span>,
    /// The words that it leaves, the top last.
    pub outputs: Vec<Span>,
    /// Whether it never comes back.
    pub is_never: bool,
}

impl RoutineEffect {
    /// The effect in brackets that a span holds. What is malformed is left out; there is a diagnostic for it.
    pub(super) fn of(text: &str, span: Span) -> RoutineEffect {
        let mut effect = RoutineEffect::default();
        let mut is_after = false;
        for token in inside(text, span) {
            let word = text.get(token.span.range()).unwrap_or_default();
            match word {
                "-" => is_after = true,
                "..." => effect.looks_below = true,
                "never" if is_after => effect.is_never = true,
                _ if is_after => effect.outputs.push(token.span),
                _ => effect.inputs.push(token.span),
            }
        }
        effect
    }
}

/// The tokens between the outer brackets that mean something.
pub(super) fn inside(text: &str, span: Span) -> impl Iterator<Item = Token> + '_ {
    let inner = Span {
        start: span.start.saturating_add(1).min(span.end),
        end: span
            .end
            .saturating_sub(1)
            .max(span.start.saturating_add(1).min(span.end)),
    };
    tokens(text, inner).filter(|token| token.kind != TokenKind::Whitespace)
}

/// The values before and after the two signs `--`. An expression stands in brackets.
pub(super) fn values(text: &str, span: Span) -> (Vec<Operand>, Vec<Operand>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut is_after = false;
    let mut depth = 0usize;
    let mut group: Option<Group> = None;
    for token in inside(text, span) {
        let grown = |group: Option<Group>| Group {
            first: group.map_or(token, |group| group.first),
            span: group.map_or(token.span, |group| group.span.to(token.span)),
            length: group.map_or(1, |group| group.length + 1),
        };
        match token.kind {
            TokenKind::Open => {
                depth += 1;
                group = Some(grown(group));
                continue;
            }
            TokenKind::Close => depth = depth.saturating_sub(1),
            TokenKind::Operator if depth == 0 => {
                is_after = true;
                continue;
            }
            _ => {}
        }
        let whole = grown(group);
        if depth > 0 {
            group = Some(whole);
            continue;
        }
        group = None;
        let list = if is_after { &mut after } else { &mut before };
        list.push(operand(text, whole));
    }
    (before, after)
}
