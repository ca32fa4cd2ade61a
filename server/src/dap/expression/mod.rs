//! Expressions over a state: `top == 3 && heap[n] < 10`. Their values are words and their operators the machine's:
//! arithmetic is modulo 2^32, comparisons are unsigned and give 0 or 1. The parser is the language's.
//!
//! Every evaluation ends: the parser bounds the length of a text, and so the tree that it becomes.

mod ast;
mod condition;
mod evaluate;
mod parse;

pub use ast::{Expression, ExpressionError, List, Part};
pub use condition::{HitCondition, Template};
pub use evaluate::View;
pub use parse::{NAMES, list, parse};

#[cfg(test)]
mod tests;
