//! Expressions over a state: those of the language, in which names stand for parts of the state too.

use provable::lang::expression::{Binary, ExpressionError as TextError, Unary};
use thiserror::Error;

/// An expression; names of the program stand in it as their values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// A number, or a name of the program.
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

/// Why a text is no expression, or an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct ExpressionError(String);

impl ExpressionError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        ExpressionError(message.into())
    }
}

/// The text of an expression is short, so its place in it need not be said.
impl From<TextError> for ExpressionError {
    fn from(error: TextError) -> Self {
        ExpressionError(error.message)
    }
}
