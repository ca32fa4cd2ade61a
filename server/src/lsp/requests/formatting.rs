//! `textDocument/formatting`, `rangeFormatting` and `onTypeFormatting`.

use crate::lsp::state::View;
use crate::lsp::to_proto::edits;
use provable_ide::formatting::{format_all, format_on_type, format_range};
use tower_lsp_server::ls_types::{Position, Range, TextEdit};

/// Formats the file.
pub fn all(view: &View) -> Vec<TextEdit> {
    edits(format_all(view.snapshot()), &view.positions())
}

/// Formats the lines of a range.
pub fn range(view: &View, range: Range) -> Vec<TextEdit> {
    let positions = view.positions();
    edits(
        format_range(view.snapshot(), positions.span(range)),
        &positions,
    )
}

/// Formats the line that a line end was typed after.
pub fn on_type(view: &View, at: Position) -> Vec<TextEdit> {
    let positions = view.positions();
    edits(
        format_on_type(view.snapshot(), positions.offset(at)),
        &positions,
    )
}
