//! `completions`: names and commands for the console.

use super::console::COMMANDS;
use crate::dap::expression::NAMES;
use crate::dap::protocol::inspect::{CompletionItem, Completions};
use crate::dap::protocol::{Answer, Request, body};
use crate::dap::session::Session;
use serde_json::json;

/// The most completions in one answer.
const MOST: usize = 200;

pub fn completions(session: &Session<'_>, request: &Request) -> Answer {
    let wanted: Completions = request.arguments()?;
    let first = i64::from(session.settings.client.columns_start_at_1);
    // Columns count UTF-16 units.
    let cursor = usize::try_from(wanted.column.saturating_sub(first)).unwrap_or(0);
    let units: Vec<u16> = wanted.text.encode_utf16().take(cursor).collect();
    let before = String::from_utf16_lossy(&units);
    let is_in = |one: char| one.is_ascii_alphanumeric() || matches!(one, '_' | '.');
    let start = before.rfind(|one| !is_in(one)).map_or(0, |at| at + 1);
    // After a character of several bytes this may be no boundary of characters; then there is nothing to complete.
    let prefix = before.get(start..).unwrap_or_default();
    let item = |label: &str, kind, detail: &str| CompletionItem {
        label: label.to_owned(),
        kind,
        start: units.len() as i64 - prefix.len() as i64 + first,
        length: prefix.len(),
        detail: json!(detail),
    };
    let is_first = before.trim_start().len() == prefix.len();
    let commands = COMMANDS
        .iter()
        .filter(|_| is_first)
        .filter_map(|(command, what)| {
            let word = command.split(' ').next()?;
            Some(item(word, "keyword", what))
        });
    let names = NAMES
        .iter()
        .map(|(name, _)| item(name, "variable", "the state"));
    let scope = session.scope(wanted.frame_id);
    let symbols = scope
        .names()
        .map(|(name, kind)| item(&name, "reference", kind));
    let all = commands.chain(names).chain(symbols);
    let fitting = all.filter(|item| item.label.starts_with(prefix));
    let targets: Vec<CompletionItem> = fitting.take(MOST).collect();
    Ok(json!({ "targets": body(targets)? }))
}
