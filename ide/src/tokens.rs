//! Semantic tokens: the meaning of each word of a text, for highlighting.

use super::place::{Part, parts};
use super::snapshot::{Snapshot, touch};
use provable::lang::isa::{Op, OperandKind};
use provable::lang::syntax::{Operand, Span, Value};
use std::ops::Range;

/// The names of the token types. They are standard names of the protocol. [`TokenType::index`] is an index into this
/// list.
pub const TYPES: &[&str] = &[
    "keyword", "label", "variable", "number", "string", "comment", "macro",
];

/// The names of the modifiers. Bit i of [`SemanticToken::modifiers`] stands for the i-th. The last two are not in the
/// protocol: clients that do not know them ignore them.
pub const MODIFIERS: &[&str] = &["definition", "readonly", "controlFlow", "unreachable"];

/// The type of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenType {
    /// The mnemonic of an instruction after which control continues at the next one.
    Instruction,
    /// The mnemonic of an instruction that may continue elsewhere.
    ControlFlow,
    /// The name of a label.
    Label,
    /// The name of a constant.
    Constant,
    /// A number.
    Number,
    /// A character literal.
    Character,
    /// A comment.
    Comment,
    /// A directive, or the word `at` of one.
    Directive,
}

impl TokenType {
    /// The index of its name in [`TYPES`].
    pub fn index(self) -> u32 {
        match self {
            TokenType::Instruction | TokenType::ControlFlow => 0,
            TokenType::Label => 1,
            TokenType::Constant => 2,
            TokenType::Number => 3,
            TokenType::Character => 4,
            TokenType::Comment => 5,
            TokenType::Directive => 6,
        }
    }
}

/// A word and its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SemanticToken {
    /// Its bytes, on one line.
    pub span: Range<usize>,
    /// Its type.
    pub kind: TokenType,
    /// Whether it is the name in a definition.
    pub is_definition: bool,
    /// Whether it is part of an instruction that no path reaches.
    pub is_unreachable: bool,
}

impl SemanticToken {
    /// Its modifiers as bits, see [`MODIFIERS`].
    pub fn modifiers(&self) -> u32 {
        let bits = [
            self.is_definition,
            self.kind == TokenType::Constant,
            self.kind == TokenType::ControlFlow,
            self.is_unreachable,
        ];
        bits.iter()
            .zip(0..)
            .map(|(&bit, at)| u32::from(bit) << at)
            .sum()
    }
}

/// The tokens that touch a range, in order. Pass `0..usize::MAX` for all. Malformed text has no tokens.
pub fn tokens(s: &Snapshot, within: Range<usize>) -> Vec<SemanticToken> {
    let lines = s.lines_in(&within);
    let mut instruction = s.first_instruction_from(lines.start);
    let mut found = Vec::new();
    for row in s.rows().get(lines).unwrap_or_default() {
        let is_instruction = row.instruction_span().is_some();
        let is_unreachable = is_instruction && is_unreachable(s, instruction);
        instruction += usize::from(is_instruction);
        for (part, span) in parts(&s.assembly.tree, row) {
            let Some(kind) = kind(s, part, span) else {
                continue;
            };
            let is_code = matches!(part, Part::Mnemonic(_) | Part::Operand(..));
            if touch(&span.range(), &within) {
                found.push(SemanticToken {
                    span: span.range(),
                    kind,
                    is_definition: matches!(part, Part::Label | Part::ConstantName),
                    is_unreachable: is_unreachable && is_code,
                });
            }
        }
    }
    found
}

/// If the text has errors, not all control flow is known, and so it is not known which code is unreachable.
fn is_unreachable(s: &Snapshot, instruction: usize) -> bool {
    !s.assembly.has_errors()
        && s.analysis
            .depth_before
            .get(instruction)
            .is_some_and(Option::is_none)
}

fn kind(s: &Snapshot, part: Part, span: Span) -> Option<TokenType> {
    let tree = &s.assembly.tree;
    match part {
        Part::Label => Some(TokenType::Label),
        Part::Mnemonic(op) => Some(match op?.is_control_flow() {
            true => TokenType::ControlFlow,
            false => TokenType::Instruction,
        }),
        Part::Keyword(_) | Part::At => Some(TokenType::Directive),
        Part::ConstantName => Some(TokenType::Constant),
        Part::Comment => Some(TokenType::Comment),
        Part::ConstantValue(Operand { value, .. }) => match value {
            Value::Name => Some(name(s, span, false)),
            Value::Number(_) | Value::Expression | Value::Text | Value::Bad => {
                literal(tree.slice(span))
            }
        },
        Part::Operand(op, Operand { value, .. }) => match value {
            Value::Name => Some(name(s, span, takes_label(op))),
            Value::Number(_) | Value::Expression | Value::Text | Value::Bad => {
                literal(tree.slice(span))
            }
        },
    }
}

/// The type of a name that is used. One that is not defined has the type that belongs there.
fn name(s: &Snapshot, span: Span, takes_label: bool) -> TokenType {
    match s.assembly.symbols.get(s.assembly.tree.slice(span)) {
        Some(symbol) if symbol.kind.is_number() => TokenType::Constant,
        Some(_) => TokenType::Label,
        None if takes_label => TokenType::Label,
        None => TokenType::Constant,
    }
}

fn takes_label(op: Option<Op>) -> bool {
    op.is_some_and(|op| op.spec().operand == OperandKind::Target)
}

/// The type of a number or a character literal, by its beginning; none for anything else.
fn literal(text: &str) -> Option<TokenType> {
    let body = text.strip_prefix('-').unwrap_or(text);
    match body.chars().next()? {
        '\'' => Some(TokenType::Character),
        '0'..='9' => Some(TokenType::Number),
        _ => None,
    }
}
