//! The syntax tree: what stands on each line, and where. Tokens are not stored. Cutting them again from the text is
//! cheaper than keeping them.

use super::is_name;
use super::number::parse_number;
use super::span::Span;
use super::token::{Token, TokenKind, tokens};
use crate::lang::diagnostics::Diagnostic;
use crate::lang::isa::Op;
use crate::lang::line_index::LineIndex;

/// The value of an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Number(u32),
    /// The name of a label or a constant, or a word in place of one.
    Name,
    /// A malformed value. There is a diagnostic for it.
    Bad,
}

/// An operand, or the value of a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operand {
    /// Where it is.
    pub span: Span,
    /// Its value.
    pub value: Value,
}

/// The value of a token that stands where an operand does, whether or not it may stand there.
pub(super) fn value_of(text: &str, kind: TokenKind) -> Value {
    match kind {
        TokenKind::Number | TokenKind::Character => {
            parse_number(text).map_or(Value::Bad, Value::Number)
        }
        _ if is_name(text) => Value::Name,
        _ => Value::Bad,
    }
}

/// What stands on a line, labels and comments aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// An instruction, or a word in place of one.
    Instruction {
        /// The mnemonic as written.
        mnemonic: Span,
        /// The operation, if there is one with this mnemonic.
        op: Option<Op>,
        /// The operand, if one is given.
        operand: Option<Operand>,
    },
    /// `.const NAME value`, or the part of it that is there.
    Constant {
        /// The word `.const`.
        keyword: Span,
        /// The name it defines.
        name: Option<Span>,
        /// Its value.
        value: Option<Operand>,
    },
    /// `.data NAME at ADDRESS word, ...`, or the part of it that is there.
    Data {
        /// The word `.data`.
        keyword: Span,
        /// The name it defines.
        name: Option<Span>,
        /// The word `at`.
        at: Option<Span>,
        /// The address of the first word.
        address: Option<Operand>,
        /// The words with the commas between them; [`Tree::items`] has each.
        items: Option<Span>,
    },
    /// `.words word, ...`, or the part of it that is there.
    Words {
        /// The word `.words`.
        keyword: Span,
        /// The words with the commas between them; [`Tree::items`] has each.
        items: Option<Span>,
    },
    /// Anything else. There is a diagnostic for it.
    Malformed,
}

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
    /// Mnemonic and operand of the instruction on the line.
    pub fn instruction_span(&self) -> Option<Span> {
        match self.body {
            Body::Instruction {
                mnemonic, operand, ..
            } => Some(operand.map_or(mnemonic, |operand| mnemonic.to(operand.span))),
            _ => None,
        }
    }
}

impl Body {
    /// The words that the line puts into the heap, with the commas between them.
    pub fn items(&self) -> Option<Span> {
        match *self {
            Body::Data { items, .. } | Body::Words { items, .. } => items,
            _ => None,
        }
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

    /// The words that a line puts into the heap, each a number or the name of a constant.
    pub fn items(&self, body: &Body) -> impl Iterator<Item = Operand> + '_ + use<'_> {
        let within = body.items().unwrap_or(Span::new(0, 0));
        tokens(&self.text, within).filter_map(|token| {
            let is_item = !matches!(
                token.kind,
                TokenKind::Whitespace | TokenKind::Comma | TokenKind::Unknown
            );
            is_item.then(|| Operand {
                span: token.span,
                value: value_of(self.slice(token.span), token.kind),
            })
        })
    }

    /// The diagnostics of the lines by themselves.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether the text was over the size limit.
    pub fn is_refused(&self) -> bool {
        self.is_refused
    }
}
