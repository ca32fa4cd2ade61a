//! Semantic tokens: the meaning of each word of a text, for highlighting.

use super::names::member_name;
use super::place::{Part, parts};
use super::snapshot::{Snapshot, touch};
use provable::lang::isa::{Op, OperandKind};
use provable::lang::modules::DefinitionKind;
use provable::lang::program::{Symbol, SymbolKind};
use provable::lang::syntax::{Line, Operand, Span, Value};
use std::ops::Range;

/// The names of the token types. They are standard names of the protocol. [`TokenType::index`] is an index into this
/// list.
pub const TYPES: &[&str] = &[
    "keyword",
    "label",
    "variable",
    "number",
    "string",
    "comment",
    "macro",
    "function",
    "parameter",
    "namespace",
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
    /// The name of a constant, of a variable or of data.
    Constant,
    /// A number.
    Number,
    /// A character literal, a text or a path.
    Character,
    /// A comment.
    Comment,
    /// A directive, or a word of one, such as `at`.
    Directive,
    /// The name of a routine.
    Routine,
    /// A parameter of a routine, or the name of a word on the stack.
    Parameter,
    /// The name of a file.
    File,
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
            TokenType::Routine => 7,
            TokenType::Parameter => 8,
            TokenType::File => 9,
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
        of_line(s, row, |part, span, kind| {
            if touch(&span.range(), &within) {
                let is_code = !matches!(part, Part::Label | Part::Comment);
                found.push(SemanticToken {
                    span: span.range(),
                    kind,
                    is_definition: matches!(part, Part::Label | Part::Name),
                    is_unreachable: is_unreachable && is_code,
                });
            }
        });
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

/// The tokens of a line, in order. The name of a file and that of its member are two.
fn of_line(s: &Snapshot, row: &Line, mut found: impl FnMut(Part, Span, TokenType)) {
    for (part, span) in parts(&s.assembly.tree, row) {
        let Some(kind) = kind(s, part, span) else {
            continue;
        };
        let is_member = s
            .assembly
            .member_at(span.start as usize)
            .is_some_and(|member| member.span == span);
        if is_member {
            let member = member_name(&s.assembly.tree, span);
            let alias = Span {
                end: member.start.saturating_sub(1),
                ..span
            };
            found(part, alias, TokenType::File);
            found(part, member, kind);
        } else {
            found(part, span, kind);
        }
    }
}

fn kind(s: &Snapshot, part: Part, span: Span) -> Option<TokenType> {
    let text = s.assembly.tree.slice(span);
    match part {
        Part::Label => Some(TokenType::Label),
        Part::Mnemonic(op) => Some(match op?.is_control_flow() {
            true => TokenType::ControlFlow,
            false => TokenType::Instruction,
        }),
        Part::Keyword(_) | Part::Word | Part::Kind => Some(TokenType::Directive),
        Part::Name => Some(name(s, span, TokenType::Constant)),
        Part::Comment => Some(TokenType::Comment),
        Part::Target => Some(name(s, span, TokenType::Routine)),
        Part::StackWord => Some(TokenType::Parameter),
        Part::Text | Part::Path => Some(TokenType::Character),
        Part::Change => Some(TokenType::Number),
        Part::Operator(_) => None,
        Part::Operand(op, Operand { value, .. }) => match (value, takes_label(op)) {
            (Value::Name, true) => Some(name(s, span, TokenType::Label)),
            (Value::Name, false) => Some(name(s, span, TokenType::Constant)),
            _ => literal(text),
        },
        Part::Value(operand) => match operand.value {
            Value::Name => Some(name(s, span, TokenType::Constant)),
            _ => literal(text),
        },
    }
}

/// The type of a name. One that is not defined has the type that belongs there.
fn name(s: &Snapshot, span: Span, expected: TokenType) -> TokenType {
    let assembly = &s.assembly;
    let text = assembly.tree.slice(span);
    let line = assembly.tree.line_at(span.start as usize).unwrap_or(0);
    if let Some(symbol) = assembly.symbols.get_in(assembly.section_at(line), text) {
        return of_symbol(symbol);
    }
    match s.modules.find(0, text).map(|found| found.definition.kind) {
        Ok(DefinitionKind::Routine(_)) => TokenType::Routine,
        Ok(_) => TokenType::Constant,
        Err(_) => expected,
    }
}

fn of_symbol(symbol: &Symbol) -> TokenType {
    match symbol.kind {
        SymbolKind::Label => TokenType::Label,
        SymbolKind::Routine => TokenType::Routine,
        SymbolKind::Parameter => TokenType::Parameter,
        SymbolKind::File => TokenType::File,
        SymbolKind::Constant | SymbolKind::Data | SymbolKind::Variable => TokenType::Constant,
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
