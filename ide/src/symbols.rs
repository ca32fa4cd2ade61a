//! The symbols of a program, for an outline and for search.

use super::blocks::{Block, blocks, bytes, section_lines};
use super::data;
use super::snapshot::Snapshot;
use provable::lang::program::{self, Symbol};
use provable::lang::quote::shortened;
use provable::lang::syntax::{Body, Span};
use std::ops::Range;

/// The kind of a symbol in the outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    /// A name that the text defines.
    Name(program::SymbolKind),
    /// A test.
    Test,
}

/// A symbol in the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SymbolEntry {
    /// The name; of a test, its title, or what it tests.
    pub name: String,
    /// Its kind.
    pub kind: SymbolKind,
    /// A short description: its value, or what it takes and leaves.
    pub detail: String,
    /// For a label: its lines, up to the next label and the comment above that. For a constant: its line. For
    /// data: their lines. For a routine and a test: their lines up to the next of them.
    pub span: Range<usize>,
    /// The span of the name in its definition.
    pub selection: Range<usize>,
}

/// A symbol with those that are defined among its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEntry {
    /// The symbol.
    pub symbol: SymbolEntry,
    /// What is defined among the lines of a routine or a test.
    pub children: Vec<SymbolEntry>,
}

/// The names that the text defines, without parameters, and its tests; in the order of the text. A name that is defined
/// twice occurs once.
pub fn document_symbols(s: &Snapshot) -> Vec<SymbolEntry> {
    let mut blocks = blocks(s).peekable();
    let symbols = s.assembly.symbols.iter();
    let is_parameter = |symbol: &&Symbol| symbol.kind == program::SymbolKind::Parameter;
    let mut all: Vec<SymbolEntry> = symbols
        .filter(|symbol| !is_parameter(symbol))
        .map(|symbol| {
            let is_before = |block: &Block| block.label.start < symbol.definition.start;
            while blocks.next_if(is_before).is_some() {}
            let block = blocks.next_if(|block| block.label == symbol.definition);
            SymbolEntry {
                name: symbol.name.clone(),
                kind: SymbolKind::Name(symbol.kind),
                detail: stands_for(s, symbol),
                span: block.map_or_else(|| lines(s, symbol), |block| block.span(s)),
                selection: symbol.definition.range(),
            }
        })
        .collect();
    let tests = (0..s.assembly.sections.len()).filter_map(|section| test(s, section));
    all.extend(tests);
    all.sort_by_key(|entry| entry.selection.start);
    all
}

/// The symbols of the text, those among the lines of a routine or a test below it.
pub fn outline(s: &Snapshot) -> Vec<OutlineEntry> {
    let mut outline: Vec<OutlineEntry> = Vec::new();
    for symbol in document_symbols(s) {
        let parent = outline.last_mut().filter(|last| {
            let begins_section = matches!(
                last.symbol.kind,
                SymbolKind::Test | SymbolKind::Name(program::SymbolKind::Routine)
            );
            let last = &last.symbol.span;
            begins_section && last.start <= symbol.span.start && symbol.span.end <= last.end
        });
        match parent {
            Some(parent) => parent.children.push(symbol),
            None => outline.push(OutlineEntry {
                symbol,
                children: Vec::new(),
            }),
        }
    }
    outline
}

/// The bytes of the lines of a definition that is no label.
fn lines(s: &Snapshot, symbol: &Symbol) -> Range<usize> {
    let lines = match symbol.kind {
        program::SymbolKind::Routine => section_lines(s, s.assembly.section_at(symbol.line)),
        _ => data::lines(s, symbol.line),
    };
    let lines = lines.unwrap_or(symbol.line..symbol.line + 1);
    bytes(s, &lines).unwrap_or(symbol.definition.range())
}

/// The test that a section is.
fn test(s: &Snapshot, section: usize) -> Option<SymbolEntry> {
    let lines = section_lines(s, section)?;
    let row = s.rows().get(lines.start)?;
    let Body::Test {
        keyword,
        title,
        target,
        values,
        arguments,
    } = row.body
    else {
        return None;
    };
    let tree = &s.assembly.tree;
    let case = target.map(|target| target.to(arguments.or(values).unwrap_or(target)));
    let inside = |title: Span| tree.slice(title).trim_matches('"');
    let (name, detail) = match (title.map(inside), case.map(|case| tree.slice(case))) {
        (Some(title), case) if !title.is_empty() => (title, case.unwrap_or_default()),
        (_, case) => (case.unwrap_or_else(|| tree.slice(keyword)), ""),
    };
    Some(SymbolEntry {
        name: shortened(name).into_owned(),
        kind: SymbolKind::Test,
        detail: shortened(detail).into_owned(),
        span: bytes(s, &lines)?,
        selection: title.or(target).unwrap_or(keyword).range(),
    })
}

/// A short description of a symbol: its value, or what it takes and leaves.
pub(super) fn stands_for(s: &Snapshot, symbol: &Symbol) -> String {
    use program::SymbolKind::{File, Label, Routine};
    let body = s.rows().get(symbol.line).map(|row| row.body);
    let written = |span: Option<Span>| span.map_or("", |span| s.assembly.tree.slice(span));
    match (symbol.kind, symbol.value, body) {
        (Label, Some(index), _) => format!("instruction {index}"),
        (Routine, _, Some(Body::Routine { effect, .. })) => shortened(written(effect)).into_owned(),
        (File, _, Some(Body::Use { path, .. })) => {
            shortened(written(path).trim_matches('"')).into_owned()
        }
        (kind, Some(value), _) if kind.is_number() => format!("= {value}"),
        _ => String::new(),
    }
}

/// Whether the characters of a query occur in a name, in their order, without regard to letter case.
pub fn matches(query: &str, name: &str) -> bool {
    let mut rest = name.chars();
    query
        .chars()
        .all(|wanted| rest.any(|c| c.eq_ignore_ascii_case(&wanted)))
}
