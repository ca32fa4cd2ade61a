//! The syntax tree: what stands on each line, and where. Tokens are not stored. Cutting them again from the text is
//! cheaper than keeping them.

use super::body::Body;
use super::effect::{RoutineEffect, values};
use super::is_name;
use super::items::entries;
use super::operand::{Operand, Value};
use super::span::Span;
use super::text::{TextPart, text_parts};
use super::token::{Token, TokenKind, tokens};
use crate::lang::diagnostics::Diagnostic;
use crate::lang::expression::{Expression, ExpressionError, parse as parse_expression};
use crate::lang::line_index::LineIndex;

/// One line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The whole line, including its line end.
    pub span: Span,
    /// The name of the label it defines, without the colon.
    pub label: Option<Span>,
    /// What stands on it.
    pub body: Body,
    /// The comment, including its sign.
    pub comment: Option<Span>,
    /// Whether the line by itself has no error. (Names are resolved later.)
    pub is_well_formed: bool,
}

impl Line {
    /// What makes instructions on the line: mnemonic or directive, with what belongs to it.
    pub fn instruction_span(&self) -> Option<Span> {
        let (first, rest) = match self.body {
            Body::Instruction {
                mnemonic,
                operand,
                arguments,
                ..
            } => (mnemonic, arguments.or(operand.map(|operand| operand.span))),
            Body::Inline {
                keyword,
                target,
                arguments,
            } => (keyword, arguments.or(target)),
            Body::Push { keyword, target } => (keyword, target),
            _ => return None,
        };
        Some(rest.map_or(first, |rest| first.to(rest)))
    }
}

/// A parsed text.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    pub(super) text: String,
    pub(super) lines: Vec<Line>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) is_refused: bool,
}

impl Tree {
    /// The text that was parsed. Empty if the text was over the size limit.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The lines, in order. They cover the text without a gap.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The line (from 0) that contains an offset.
    pub fn line_at(&self, offset: usize) -> Option<usize> {
        let after = self
            .lines
            .partition_point(|line| line.span.start as usize <= offset);
        after.checked_sub(1)
    }

    /// The index of the lines.
    pub fn line_index(&self) -> LineIndex {
        let starts = self.lines.iter().map(|line| line.span.start as usize);
        LineIndex::of_lines(starts, &self.text)
    }

    /// The text of a span, or nothing if the span is outside this tree.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The tokens of a line. The tokens of all lines, one after the other, are the text.
    pub fn tokens(&self, line: &Line) -> impl Iterator<Item = Token> + '_ + use<'_> {
        tokens(&self.text, line.span)
    }

    /// The places on a line where names may stand, in order; also some where none do.
    pub fn names(&self, line: &Line) -> impl Iterator<Item = Span> + '_ + use<'_> {
        self.tokens(line).map(|token| Span {
            // `-NAME` is one token.
            start: token.span.start + u32::from(self.is_negated_name(token)),
            ..token.span
        })
    }

    fn is_negated_name(&self, token: Token) -> bool {
        let name = self.slice(token.span).strip_prefix('-');
        token.kind == TokenKind::Number && name.is_some_and(is_name)
    }

    /// The words that a line of data puts into the heap, or a line of a test onto a tape.
    pub fn items(&self, body: &Body) -> impl Iterator<Item = Operand> + '_ + use<'_> {
        self.listed(body.items())
    }

    /// The arguments that a CALL, an `.inline` or a `.test` gives to its routine.
    pub fn arguments(&self, body: &Body) -> impl Iterator<Item = Operand> + '_ + use<'_> {
        self.listed(body.arguments())
    }

    /// The entries between the commas of a span.
    pub fn listed(&self, within: Option<Span>) -> impl Iterator<Item = Operand> + '_ + use<'_> {
        let within = within.unwrap_or(Span::new(0, 0));
        entries(&self.text, tokens(&self.text, within))
    }

    /// The effect in the brackets of a `.routine` line.
    pub fn effect(&self, span: Span) -> RoutineEffect {
        RoutineEffect::of(&self.text, span)
    }

    /// The values in the brackets of a `.test` line: those before, and those after.
    pub fn values(&self, span: Span) -> (Vec<Operand>, Vec<Operand>) {
        values(&self.text, span)
    }

    /// The characters of a text in double quotes.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn text_of(&self, span: Span) -> Result<Vec<TextPart>, ExpressionError> {
        text_parts(self.slice(span), span.start as usize)
    }

    /// The names in an operand, in the order of the text, and whether each stands in `len(name)`.
    pub fn names_in(&self, operand: Operand) -> Vec<(Span, bool)> {
        match operand.value {
            Value::Name => vec![(operand.span, false)],
            Value::Expression => self
                .expression(operand)
                .map_or(Vec::new(), |expression| expression.names()),
            Value::Number(_) | Value::Text | Value::Bad => Vec::new(),
        }
    }

    /// The expression that an operand is.
    ///
    /// # Errors
    /// If the operand is none.
    pub fn expression(&self, operand: Operand) -> Result<Expression, ExpressionError> {
        parse_expression(self.slice(operand.span), operand.span.start as usize)
    }

    /// The diagnostics of the lines by themselves.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether a line uses another file or begins a section. Other texts are plain: their lines are the program.
    pub fn has_modules(&self) -> bool {
        let mut bodies = self.lines.iter().map(|line| line.body);
        bodies.any(|body| body.begins_section() || matches!(body, Body::Use { .. }))
    }

    /// Whether the text was over the size limit.
    pub fn is_refused(&self) -> bool {
        self.is_refused
    }
}
