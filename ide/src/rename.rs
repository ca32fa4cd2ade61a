//! Renaming.

use super::formatting::Edit;
use super::names::{self, Meaning, named};
use super::navigation::references;
use super::snapshot::Snapshot;
use provable::lang::isa::Op;
use provable::lang::program::{Assembly, Symbol, SymbolKind, assemble_file};
use provable::lang::quote::quoted;
use provable::lang::syntax::{Body, is_alias, is_name};
use std::borrow::Cow;
use std::ops::Range;

/// The name at an offset, if it can be changed. Names of the standard library cannot.
pub fn prepare(s: &Snapshot, offset: usize) -> Option<(Range<usize>, String)> {
    let (meaning, span) = named(s, offset)?;
    if let Meaning::Member(found) = meaning
        && is_standard(s, found.file)
    {
        return None;
    }
    Some((span.range(), s.assembly.tree.slice(span).to_owned()))
}

fn is_standard(s: &Snapshot, file: usize) -> bool {
    let module = s.modules.files().get(file);
    module.is_some_and(|module| names::is_standard(&module.id))
}

/// The edits of this text that give the name at an offset a new one, in the order of the text. If other files know the
/// name ([`shared_at`](names::shared_at)), [`references_in`](names::references_in) says where it stands in each of them.
///
/// # Errors
/// Why the new name is not allowed, and what to do instead.
pub fn rename(s: &Snapshot, offset: usize, new: &str) -> Result<Vec<Edit>, String> {
    let Some((meaning, _)) = named(s, offset) else {
        return Err(
            "there is no name to change here; put the cursor on a label or a constant that is defined".into(),
        );
    };
    let file = match meaning {
        Meaning::Own(_) => 0,
        Meaning::Member(found) => found.file,
    };
    if is_standard(s, file) {
        return Err(
            "the standard library does not change; define a routine of your own that calls this one".into(),
        );
    }
    // The names of the file that defines it: of another file, they are found out here.
    let assembly = match file {
        0 => Cow::Borrowed(s.assembly.as_ref()),
        _ => Cow::Owned(assemble_file(&s.modules, file)),
    };
    let symbol = match meaning {
        Meaning::Own(symbol) => Some(symbol),
        Meaning::Member(found) => {
            let mut all = assembly.symbols.iter();
            all.find(|one| one.definition == found.definition.name)
        }
    };
    let Some(symbol) = symbol else {
        return Err("the file of this name was changed; try again".into());
    };
    check(&assembly, symbol, new)?;
    let is_member = matches!(meaning, Meaning::Member(_));
    if is_member && file != 0 && new.starts_with('_') {
        return Err(format!(
            "`{}` would be known only in its own file, and it is used in this one; choose a name without `_` before it",
            quoted(new)
        ));
    }
    let places = references(s, offset, true).into_iter();
    let mut edits: Vec<Edit> = places
        .map(|span| Edit {
            span,
            text: new.to_owned(),
        })
        .collect();
    if symbol.kind == SymbolKind::File {
        name_file(s, symbol, new, &mut edits);
    }
    Ok(edits)
}

/// A file that has its name from its path gets one of its own: the path stays.
fn name_file(s: &Snapshot, symbol: &Symbol, new: &str, edits: &mut [Edit]) {
    let row = s.rows().get(symbol.line);
    let Some(Body::Use {
        path: Some(path),
        alias: None,
        ..
    }) = row.map(|row| row.body)
    else {
        return;
    };
    let definition = symbol.definition.range();
    if let Some(edit) = edits.iter_mut().find(|edit| edit.span == definition) {
        edit.span = path.end as usize..path.end as usize;
        edit.text = format!(" as {new}");
    }
}

/// Whether a symbol may get a name.
fn check(assembly: &Assembly, symbol: &Symbol, new: &str) -> Result<(), String> {
    let shown = quoted(new);
    if !is_name(new) {
        return Err(format!(
            "`{shown}` cannot be a name; use ASCII letters, digits, `_` and `.`, with a letter or `_` first"
        ));
    }
    if let Some(op) = Op::from_mnemonic(new) {
        return Err(format!(
            "`{shown}` is the instruction {}; choose another name, for instance `{shown}_`",
            op.spec().mnemonic
        ));
    }
    if symbol.kind == SymbolKind::File && !is_alias(new) {
        return Err(format!(
            "`{shown}` cannot name a file; use a name without a dot"
        ));
    }
    let file = new
        .split_once('.')
        .and_then(|(alias, _)| assembly.symbols.get(alias));
    if file.is_some_and(|file| file.kind == SymbolKind::File) {
        return Err(format!(
            "`{shown}` would be a name of the file that is used here; choose another name"
        ));
    }
    if let Some(other) = assembly
        .symbols
        .iter()
        .find(|one| clashes(symbol, one, new))
    {
        let what = other.kind.word();
        return Err(format!(
            "there is a {what} `{shown}` already, on line {}; choose another name, or rename that one first",
            other.line + 1
        ));
    }
    Ok(())
}

/// Whether a symbol cannot have a name because of another.
fn clashes(symbol: &Symbol, other: &Symbol, new: &str) -> bool {
    if other == symbol
        || (other.scope, other.line, other.definition)
            == (symbol.scope, symbol.line, symbol.definition)
    {
        return false;
    }
    // To the names of a file belong those before a dot.
    let is_member = symbol.kind == SymbolKind::File
        && other
            .name
            .split_once('.')
            .is_some_and(|(alias, _)| alias == new);
    let is_named = other.name == new;
    // Labels of the main code and names of a routine do not know each other.
    let is_main_label = |one: &Symbol| one.scope == 0 && one.kind == SymbolKind::Label;
    let is_apart = match (symbol.scope, other.scope) {
        (mine, theirs) if mine == theirs => false,
        (0, _) => is_main_label(symbol),
        (_, 0) => is_main_label(other),
        _ => true,
    };
    is_member || (is_named && !is_apart)
}
