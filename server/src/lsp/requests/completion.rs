//! `textDocument/completion`.

use crate::lsp::state::View;
use crate::lsp::state::client_capabilities::ClientCapabilities;
use crate::lsp::to_proto::markdown;
use provable_ide::completion::{ItemKind, completions};
use tower_lsp_server::ls_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionResponse, CompletionTextEdit,
    Documentation, InsertReplaceEdit, InsertTextFormat, Position, Range, TextEdit,
};

/// What may stand at a place.
pub fn answer(view: &View, at: Position, client: ClientCapabilities) -> CompletionResponse {
    let positions = view.positions();
    let found = completions(view.snapshot(), positions.offset(at));
    let range = positions.range(found.replace);
    let snippets = client.snippets;
    let edit = |new_text: String| match client.inserts_or_replaces {
        true => CompletionTextEdit::InsertAndReplace(InsertReplaceEdit {
            new_text,
            // What is before the cursor, which is within the word.
            insert: Range::new(range.start, at.clamp(range.start, range.end)),
            replace: range,
        }),
        false => CompletionTextEdit::Edit(TextEdit { range, new_text }),
    };
    let item = |item: provable_ide::completion::Item| {
        let is_snippet = item.is_snippet && snippets;
        let new_text = match item.is_snippet && !snippets {
            true => item.label.clone(),
            false => item.insert,
        };
        CompletionItem {
            label: item.label,
            kind: Some(kind(item.kind)),
            detail: Some(item.detail).filter(|text| !text.is_empty()),
            documentation: Some(item.documentation)
                .filter(|text| !text.is_empty())
                .map(|text| Documentation::MarkupContent(markdown(text))),
            sort_text: Some(item.sort),
            insert_text_format: is_snippet.then_some(InsertTextFormat::SNIPPET),
            text_edit: Some(edit(new_text)),
            ..CompletionItem::default()
        }
    };
    CompletionResponse::List(CompletionList {
        is_incomplete: found.is_incomplete,
        items: found.items.into_iter().map(item).collect(),
    })
}

fn kind(kind: ItemKind) -> CompletionItemKind {
    match kind {
        ItemKind::Instruction => CompletionItemKind::KEYWORD,
        ItemKind::Label => CompletionItemKind::FUNCTION,
        ItemKind::Constant => CompletionItemKind::CONSTANT,
        ItemKind::Directive => CompletionItemKind::KEYWORD,
    }
}
