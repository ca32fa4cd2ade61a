//! `textDocument/completion`.

use super::files_beside::FilesBeside;
use crate::lsp::state::{Session, View};
use crate::lsp::to_proto::{edits, markdown};
use provable_ide::completion::{ItemKind, completions_among};
use tower_lsp_server::ls_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionResponse, CompletionTextEdit,
    Documentation, InsertReplaceEdit, InsertTextFormat, Position, Range, TextEdit,
};

/// What may stand at a place.
pub fn answer(session: &Session, view: &View, at: Position) -> CompletionResponse {
    let client = session.client_capabilities();
    let positions = view.positions();
    let beside = FilesBeside { session, view };
    let found = completions_among(view.snapshot(), positions.offset(at), &beside);
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
            additional_text_edits: Some(edits(item.additional, &positions))
                .filter(|edits| !edits.is_empty()),
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
        ItemKind::Variable => CompletionItemKind::VARIABLE,
        ItemKind::Routine => CompletionItemKind::FUNCTION,
        ItemKind::File => CompletionItemKind::FILE,
        ItemKind::Folder => CompletionItemKind::FOLDER,
        ItemKind::Directive => CompletionItemKind::KEYWORD,
    }
}
