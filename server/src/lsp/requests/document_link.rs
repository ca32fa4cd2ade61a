//! `textDocument/documentLink`: the files that `.use` lines name.

use crate::lsp::state::View;
use provable_ide::navigation::links;
use tower_lsp_server::ls_types::DocumentLink;

/// The paths of a text that lead to a file.
pub fn answer(view: &View) -> Vec<DocumentLink> {
    let positions = view.positions();
    let link = |(span, file)| {
        Some(DocumentLink {
            range: positions.range(span),
            target: Some(view.uri_of(file)?),
            tooltip: None,
            data: None,
        })
    };
    links(view.snapshot())
        .into_iter()
        .filter_map(link)
        .collect()
}
