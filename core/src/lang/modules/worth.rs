//! What something in a text is worth.

use crate::lang::syntax::Span;

/// What something is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Worth {
    /// A number.
    Number(i128),
    /// A number that is known when the program is linked: it depends on an address that the linker chooses, or on a
    /// parameter.
    Later,
    /// None, because of what stands at this place. The flag says whether the place already has a diagnostic, or gets one
    /// where it is defined.
    Nothing {
        /// The place, in the text of the file that was asked about.
        span: Span,
        /// One sentence without a full stop.
        message: String,
        /// Whether the reason is found at another place.
        is_known: bool,
    },
}

impl Worth {
    pub(super) fn known(span: Span) -> Worth {
        Worth::Nothing {
            span,
            message: String::new(),
            is_known: true,
        }
    }

    pub(super) fn nothing(span: Span, message: impl Into<String>) -> Worth {
        Worth::Nothing {
            span,
            message: message.into(),
            is_known: false,
        }
    }
}
