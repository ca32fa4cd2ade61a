//! Paths of `.use` lines.

use super::cursor::Cursor;
use super::item::{Item, ItemKind};
use crate::symbols::matches;
use provable::lang::std_library;

/// The paths that fit what is typed.
pub(super) fn paths(cursor: &Cursor<'_>, items: &mut Vec<Item>) {
    let beside = |folder: &str| cursor.beside.names(folder);
    let typed = cursor.prefix;
    let folder = typed
        .rfind('/')
        .map_or("", |slash| typed.get(..=slash).unwrap_or(""));
    let is_relative = folder.starts_with("./") || folder.starts_with("../");
    let mut all: Vec<String> = Vec::new();
    if is_relative {
        all.extend(
            beside(folder)
                .into_iter()
                .map(|name| format!("{folder}{name}")),
        );
    } else if !folder.starts_with('.') {
        let newest = format!("std@{}/", std_library::NEWEST);
        let standard = std_library::names()
            .into_iter()
            .filter(|name| name.starts_with(&newest));
        all.extend(beside("./").into_iter().map(|name| format!("./{name}")));
        all.extend(standard.map(str::to_owned));
        all.push("../".to_owned());
    }
    let fitting = all.into_iter().filter(|path| matches(typed, path));
    items.extend(fitting.enumerate().map(|(rank, path)| {
        let is_folder = path.ends_with('/');
        let (before, after) = match (cursor.is_in_text, cursor.is_closed || is_folder) {
            (false, true) => ("\"", ""),
            (false, false) => ("\"", "\""),
            (true, false) => ("", "\""),
            (true, true) => ("", ""),
        };
        Item {
            kind: match is_folder {
                true => ItemKind::Folder,
                false => ItemKind::File,
            },
            insert: format!("{before}{path}{after}"),
            sort: format!("{rank:03}"),
            label: path,
            ..Item::default()
        }
    }));
}
