//! What is wrong with an expression.

use crate::lang::syntax::Span;
use thiserror::Error;

/// Why a text is no expression, or an expression has no value, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct ExpressionError {
    /// The place.
    pub span: Span,
    /// One sentence without a full stop.
    pub message: String,
}

impl ExpressionError {
    /// An error at a place.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        ExpressionError {
            span,
            message: message.into(),
        }
    }
}
