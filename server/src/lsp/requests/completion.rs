//! `textDocument/completion`.

use crate::lsp::state::View;
use crate::lsp::state::client_capabilities::ClientCapabilities;
use crate::lsp::to_proto::{edits, markdown};
use crate::program_state::DocumentId;
use provable_ide::completion::{ItemKind, completions_among};
use std::path::Path;
use tower_lsp_server::ls_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionResponse, CompletionTextEdit,
    Documentation, InsertReplaceEdit, InsertTextFormat, Position, Range, TextEdit,
};

/// What may stand at a place.
pub fn answer(view: &View, at: Position, client: ClientCapabilities) -> CompletionResponse {
    let positions = view.positions();
    let found = completions_among(view.snapshot(), positions.offset(at), &|folder| {
        beside(view, folder)
    });
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

/// The most names of a folder that are looked at.
const MAX_ENTRIES: usize = 2_000;

/// The programs and folders in a folder, which is written as in a `.use` line of the text. Hidden ones are left out.
fn beside(view: &View, folder: &str) -> Vec<String> {
    let DocumentId::File(path) = &view.file else {
        return Vec::new();
    };
    let folder = path.parent().map(|parent| parent.join(folder));
    let entries = folder.and_then(|folder| std::fs::read_dir(folder).ok());
    let entries = entries.into_iter().flatten().flatten().take(MAX_ENTRIES);
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path() != *path)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_folder = entry.path().is_dir();
            match Path::new(&name).extension() {
                _ if name.starts_with('.') => None,
                _ if is_folder => Some(format!("{name}/")),
                Some(ending) if ending == "prov" => name.strip_suffix(".prov").map(str::to_owned),
                _ => None,
            }
        })
        .collect();
    names.sort();
    names
}
