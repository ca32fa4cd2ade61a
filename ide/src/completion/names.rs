//! Names: those of the text, of the files that it uses, and of the standard library.

use super::cursor::Cursor;
use super::item::{Completions, Item, ItemKind};
use crate::beside::files_named;
use crate::described::markdown;
use crate::fixes::lines::use_line;
use crate::names::{symbol_kind, tree, use_lines, visible};
use crate::snapshot::Snapshot;
use crate::symbols::{matches, stands_for};
use provable::lang::isa::Op;
use provable::lang::modules::{Definition, Interface, Parsed};
use provable::lang::program::{Symbol, SymbolKind};
use provable::lang::std_library;
use provable::lang::syntax::{Span, Tree, is_alias};
use std::sync::Arc;

/// The most names that are offered at once: those nearest to the cursor.
const NAMES: usize = 100;

/// What belongs to a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A number.
    Number,
    /// A number that does not depend on where in the text it stands.
    FileNumber,
    /// The target of a jump.
    Jump,
    /// The target of a CALL.
    Call,
    /// A routine.
    Routine,
    /// Data.
    Data,
    /// A label or a routine at which a test can trap.
    TrapPlace,
}

impl Wanted {
    fn takes(self, kind: SymbolKind, is_plain: bool) -> bool {
        use SymbolKind::*;
        match self {
            Wanted::Number | Wanted::FileNumber => kind.is_number(),
            Wanted::Jump => kind == Label || (is_plain && kind.is_number()),
            Wanted::Call => matches!(kind, Label | Routine) || (is_plain && kind.is_number()),
            Wanted::Routine => kind == Routine,
            Wanted::Data => kind == Data,
            Wanted::TrapPlace => matches!(kind, Label | Routine),
        }
    }
}

/// The names that fit a place.
pub(super) fn names(s: &Snapshot, cursor: &Cursor<'_>, wanted: Wanted, answer: &mut Completions) {
    let mut items = own(s, cursor, wanted);
    members(s, cursor, wanted, &mut items);
    if !cursor.prefix.is_empty() {
        around(s, cursor, wanted, &mut items);
        standard(s, cursor, wanted, &mut items);
    }
    answer.is_incomplete = items.len() > NAMES || !cursor.prefix.is_empty();
    items.truncate(NAMES);
    for (rank, item) in items.iter_mut().enumerate() {
        item.sort = format!("{rank:03}");
    }
    answer.items.extend(items);
}

fn own(s: &Snapshot, cursor: &Cursor<'_>, wanted: Wanted) -> Vec<Item> {
    let is_plain = !s.assembly.tree.has_modules();
    let is_known = |symbol: &Symbol| match symbol.kind {
        SymbolKind::Label if wanted == Wanted::TrapPlace => {
            symbol.scope == 0 || symbol.scope == cursor.section
        }
        SymbolKind::Label => symbol.scope == cursor.section,
        SymbolKind::Parameter if wanted == Wanted::FileNumber => false,
        // A constant is not defined through itself.
        SymbolKind::Constant if symbol.line == cursor.line => false,
        _ => symbol.scope == 0 || symbol.scope == cursor.section,
    };
    let all = s.assembly.symbols.iter();
    let mut fitting: Vec<&Symbol> = all
        .filter(|symbol| is_known(symbol) && wanted.takes(symbol.kind, is_plain))
        .filter(|symbol| matches(cursor.prefix, &symbol.name))
        // If a name is also a mnemonic, its definition is an error, and each use would be one more.
        .filter(|symbol| Op::from_mnemonic(&symbol.name).is_none())
        .collect();
    // Most jumps go to a label nearby.
    fitting.sort_by_cached_key(|symbol| {
        let is_whole = symbol.name == cursor.prefix;
        let is_beginning = symbol.name.starts_with(cursor.prefix);
        let is_constant = symbol.kind.is_number();
        let distance = symbol.line.abs_diff(cursor.line);
        (!is_whole, !is_beginning, is_constant, distance)
    });
    let offered = fitting.iter().take(NAMES + 1);
    let item = |symbol: &&Symbol| Item {
        label: symbol.name.clone(),
        kind: item_kind(symbol.kind),
        detail: stands_for(s, symbol),
        documentation: documentation(&s.assembly.tree, symbol.line),
        insert: symbol.name.clone(),
        ..Item::default()
    };
    offered.map(item).collect()
}

fn item_kind(kind: SymbolKind) -> ItemKind {
    match kind {
        SymbolKind::Routine => ItemKind::Routine,
        SymbolKind::Label => ItemKind::Label,
        SymbolKind::File => ItemKind::File,
        SymbolKind::Data | SymbolKind::Variable => ItemKind::Variable,
        SymbolKind::Constant | SymbolKind::Parameter => ItemKind::Constant,
    }
}

/// The members of the files that the text uses; before a dot is typed, those of few letters are the names of the files.
fn members(s: &Snapshot, cursor: &Cursor<'_>, wanted: Wanted, items: &mut Vec<Item>) {
    let is_wanted = |definition: &Definition| wanted.takes(symbol_kind(definition.kind), false);
    for (line, file) in use_lines(s) {
        let (Some((alias, _)), Some(file)) = (&line.alias, file) else {
            continue;
        };
        let Some(tree) = tree(s, file) else { continue };
        let mut all = visible(s, file);
        all.retain(|(_, definition)| is_wanted(definition));
        let is_begun = cursor
            .prefix
            .split_once('.')
            .is_some_and(|(begun, _)| begun == alias);
        if !is_begun
            && !cursor.prefix.contains('.')
            && !all.is_empty()
            && matches(cursor.prefix, alias)
        {
            items.push(Item {
                label: format!("{alias}."),
                kind: ItemKind::File,
                detail: line.path.clone(),
                insert: format!("{alias}."),
                ..Item::default()
            });
        }
        // Without a letter, the names of the files are enough.
        if cursor.prefix.is_empty() {
            continue;
        }
        let fitting = all.into_iter().filter_map(|(name, definition)| {
            let label = format!("{alias}.{name}");
            matches(cursor.prefix, &label).then(|| member(tree, label, definition))
        });
        items.extend(fitting);
    }
}

fn member(tree: &Tree, label: String, definition: Definition) -> Item {
    let row = tree.lines().get(definition.line);
    let end = row.map_or(definition.name.end, |row| {
        row.comment.map_or(row.span.end, |comment| comment.start)
    });
    let after_name = Span {
        start: definition.name.end,
        end,
    };
    let after_name = tree.slice(after_name).trim();
    Item {
        kind: item_kind(symbol_kind(definition.kind)),
        detail: after_name.to_owned(),
        documentation: documentation(tree, definition.line),
        insert: label.clone(),
        label,
        ..Item::default()
    }
}

/// The most files beside the text that are offered by their names.
const FILES: usize = 20;

/// Files around the text that it does not use yet. Before a dot is typed, the names of those beside it; after the dot, the
/// members. Each adds the `.use` line.
fn around(s: &Snapshot, cursor: &Cursor<'_>, wanted: Wanted, items: &mut Vec<Item>) {
    let is_used = |file: &Arc<Parsed>| {
        let mut used = use_lines(s).filter_map(|(_, file)| s.modules.files().get(file?));
        used.any(|module| Arc::ptr_eq(&module.parsed, file))
    };
    let is_free = |alias: &str| is_alias(alias) && s.assembly.symbols.get(alias).is_none();
    let is_wanted = |definition: &Definition| wanted.takes(symbol_kind(definition.kind), false);
    if let Some((alias, _)) = cursor.prefix.split_once('.') {
        if !is_free(alias) {
            return;
        }
        for (path, file) in files_named(alias, cursor.beside) {
            if is_used(&file) {
                continue;
            }
            let tree = file.tree();
            for (name, definition) in in_order(file.interface()) {
                let label = format!("{alias}.{name}");
                if is_wanted(&definition) && matches(cursor.prefix, &label) {
                    items.push(Item {
                        additional: vec![use_line(s, &path)],
                        ..member(tree, label, definition)
                    });
                }
            }
        }
        return;
    }
    let names = cursor.beside.names("./").into_iter();
    let fitting = names.filter(|name| is_free(name) && matches(cursor.prefix, name));
    for name in fitting.take(FILES) {
        let path = format!("./{name}");
        let Some(file) = cursor.beside.file(&path).filter(|file| !is_used(file)) else {
            continue;
        };
        let interface = file.interface();
        let mut all = in_order(interface).into_iter();
        if interface.main.is_none() && all.any(|(_, definition)| is_wanted(&definition)) {
            items.push(Item {
                label: format!("{name}."),
                kind: ItemKind::File,
                detail: path.clone(),
                insert: format!("{name}."),
                additional: vec![use_line(s, &path)],
                ..Item::default()
            });
        }
    }
}

/// The members of files of the standard library that the text does not use yet; each adds the `.use` line.
fn standard(s: &Snapshot, cursor: &Cursor<'_>, wanted: Wanted, items: &mut Vec<Item>) {
    let newest = format!("std@{}/", std_library::NEWEST);
    for id in std_library::names() {
        let Some(alias) = id.strip_prefix(&newest) else {
            continue;
        };
        let is_used = s.modules.files().iter().any(|module| module.id == id)
            && use_lines(s).any(|(line, _)| line.path == id);
        if is_used || s.assembly.symbols.get(alias).is_some() {
            continue;
        }
        let Some(parsed) = std_library::parsed(id) else {
            continue;
        };
        let tree = parsed.tree();
        for (name, definition) in in_order(parsed.interface()) {
            let label = format!("{alias}.{name}");
            let is_wanted = wanted.takes(symbol_kind(definition.kind), false);
            if is_wanted && matches(cursor.prefix, &label) {
                items.push(Item {
                    additional: vec![use_line(s, id)],
                    ..member(tree, label, definition)
                });
            }
        }
    }
}

fn in_order(interface: &Interface) -> Vec<(&String, Definition)> {
    let all = interface.definitions.iter();
    let mut all: Vec<_> = all
        .filter(|(name, _)| !name.starts_with('_'))
        .map(|(name, definition)| (name, *definition))
        .collect();
    all.sort_by_key(|(_, definition)| definition.name.start);
    all
}

/// The line that defines a name, as it is written, and its documents.
fn documentation(tree: &Tree, line: usize) -> String {
    let row = tree.lines().get(line);
    let code = row.map_or("", |row| tree.slice(row.span).trim());
    let documents = markdown(tree, line);
    let code = format!("```provable\n{}\n```", code.replace('`', "'"));
    match documents.is_empty() {
        true => code,
        false => format!("{code}\n\n{documents}"),
    }
}
