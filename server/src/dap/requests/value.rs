//! The value of an expression at the present position.

use crate::dap::expression::{ExpressionError, parse};
use crate::dap::protocol::Problem;
use crate::dap::session::Session;

/// The value of an expression here, in a frame.
pub fn value_of(session: &Session<'_>, text: &str, frame: Option<u64>) -> Result<u32, Problem> {
    let expression = parse(text, &session.scope(frame)).map_err(wrong)?;
    expression.value(session.view()).map_err(wrong)
}

/// A problem with an expression.
pub fn wrong(error: ExpressionError) -> Problem {
    Problem::new(error.to_string())
}
