//! Expressions as trees.

use thiserror::Error;

/// The longest text of an expression, in bytes.
pub(super) const LONGEST: usize = 1024;

/// A parsed expression; names of the program stand in it as their values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// A number, or a label or constant of the program.
    Number(u32),
    /// A part of the state.
    Part(Part),
    /// An entry of a list.
    Entry(List, Box<Expression>),
    /// An operator before its operand.
    Unary(Unary, Box<Expression>),
    /// An operator between its operands.
    Binary(Binary, Box<Expression>, Box<Expression>),
}

/// A part of the state that is one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The top of the stack.
    Top,
    /// Words on the stack.
    Depth,
    /// Steps taken, modulo 2^32.
    Step,
    /// The index of the next instruction.
    Pc,
    /// The carry flag.
    Carry,
    /// The flags as a byte.
    Flags,
}

/// A part of the state that is a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The operand stack, from the top.
    Stack,
    /// The heap, by address.
    Heap,
    /// Return addresses of the open calls, from the latest.
    Calls,
    /// The public input.
    Public,
    /// The secret input.
    Secret,
    /// The public output.
    Output,
}

/// An operator with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    /// `-`, two's complement.
    Negate,
    /// `~`, every bit.
    Invert,
    /// `!`: 1 for 0, else 0.
    Not,
}

/// An operator with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// `||`
    Or,
    /// `&&`
    And,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
    /// `&`
    BitAnd,
    /// `<<`
    ShiftLeft,
    /// `>>`
    ShiftRight,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
}

/// Why a text is no expression, or an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct ExpressionError(String);

impl ExpressionError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        ExpressionError(message.into())
    }
}
