//! Inlay hints as the protocol has them.

use tower_lsp_server::ls_types::{
    InlayHint, InlayHintKind, InlayHintLabel, InlayHintTooltip, Position,
};

/// A hint at a place.
pub fn one(at: Position, label: String, tooltip: String, kind: Option<InlayHintKind>) -> InlayHint {
    InlayHint {
        position: at,
        label: InlayHintLabel::String(label),
        kind,
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String(tooltip)),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}
