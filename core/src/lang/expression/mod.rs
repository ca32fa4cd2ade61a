//! Expressions: of constants in programs, and of the debugger, which also has the state of a run in them.

mod ast;
mod error;
mod parse;
mod token;
mod value;

pub use ast::{Binary, Expression, Unary};
pub use error::ExpressionError;
pub use parse::{LONGEST, parse, parse_first};
pub use value::{Named, NoValue, word};
