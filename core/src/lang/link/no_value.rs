//! The finding for what has no value.

use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::modules::Worth;
use crate::lang::syntax::Span;

/// Adds the finding for what has no value and is used at a place. Its reason is said where it is, and once. Should it not
/// have been said, it is here, so that nothing is linked.
pub(super) fn no_value(
    found: &mut Vec<(usize, Diagnostic)>,
    file: usize,
    worth: Worth,
    used: Span,
) {
    match worth {
        Worth::Nothing {
            span,
            message,
            is_known: false,
        } => found.push((file, Diagnostic::new(Code::NoValue, span, message))),
        _ if found.is_empty() => {
            let message = "what stands here has no value";
            found.push((file, Diagnostic::new(Code::NoValue, used, message)));
        }
        _ => {}
    }
}
