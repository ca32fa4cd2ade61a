//! What the name at a place stands for: a name of this text, or one of a file that it uses.

use super::snapshot::Snapshot;
use provable::lang::modules::{Definition, DefinitionKind, Evaluator, Found, UseLine, Worth};
use provable::lang::program::{Symbol, SymbolKind};
use provable::lang::syntax::{Span, Tree};
use std::ops::Range;
use std::sync::Arc;

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meaning<'a> {
    /// A name of this text.
    Own(&'a Symbol),
    /// A name of another file.
    Member(Found),
}

/// A definition that other files can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shared {
    /// The file, as an index among the files of [`Snapshot::modules`].
    pub file: usize,
    /// The line of the definition there, from 0.
    pub line: usize,
}

/// What the name at an offset stands for, and where the name is. Of `alias.member`, each part is a name.
pub(super) fn named(s: &Snapshot, offset: usize) -> Option<(Meaning<'_>, Span)> {
    if let Some((symbol, span)) = s.assembly.symbol_at(offset) {
        return Some((Meaning::Own(symbol), span));
    }
    let member = s.assembly.member_at(offset)?;
    let found = s.modules.find(0, s.assembly.tree.slice(member.span)).ok()?;
    Some((
        Meaning::Member(found),
        member_name(&s.assembly.tree, member.span),
    ))
}

/// Of `alias.member`, the member.
pub(super) fn member_name(tree: &Tree, whole: Span) -> Span {
    let dot = tree.slice(whole).find('.');
    let skipped = dot.map_or(0, |dot| dot + 1);
    Span::new(whole.start as usize + skipped, whole.end as usize)
}

/// The definition of the name at an offset, if other files can name it.
pub fn shared_at(s: &Snapshot, offset: usize) -> Option<Shared> {
    match named(s, offset)?.0 {
        Meaning::Own(symbol) => is_shared(symbol).then_some(Shared {
            file: 0,
            line: symbol.line,
        }),
        Meaning::Member(found) => Some(Shared {
            file: found.file,
            line: found.definition.line,
        }),
    }
}

/// Whether other files can name a symbol, its first letter aside.
pub(super) fn is_shared(symbol: &Symbol) -> bool {
    symbol.scope == 0 && !matches!(symbol.kind, SymbolKind::Label | SymbolKind::File)
}

/// The kind of a definition as that of a symbol.
pub(super) fn symbol_kind(kind: DefinitionKind) -> SymbolKind {
    match kind {
        DefinitionKind::Constant => SymbolKind::Constant,
        DefinitionKind::Variable => SymbolKind::Variable,
        DefinitionKind::Data(_) => SymbolKind::Data,
        DefinitionKind::Routine(_) => SymbolKind::Routine,
    }
}

/// The names that a file makes known, in the order of its text.
pub(super) fn visible(s: &Snapshot, file: usize) -> Vec<(&str, Definition)> {
    let module = s.modules.files().get(file);
    let names = module.map(|module| &module.parsed.interface().definitions);
    let names = names.into_iter().flatten();
    let mut found: Vec<_> = names
        .map(|(name, definition)| (name.as_str(), *definition))
        .filter(|(name, _)| !name.starts_with('_'))
        .collect();
    found.sort_by_key(|(_, definition)| definition.name.start);
    found
}

/// The tree of a file. The first file is the text itself.
pub(super) fn tree(s: &Snapshot, file: usize) -> Option<&Arc<Tree>> {
    s.modules.tree(file)
}

/// The value of a constant, or the address of data or a variable, if it is known without the linker.
pub(super) fn value(s: &Snapshot, file: usize, line: usize) -> Option<u32> {
    word(Evaluator::new(&s.modules).definition(file, line))
}

/// The number of words of a variable.
pub(super) fn size(s: &Snapshot, file: usize, line: usize) -> Option<u32> {
    word(Evaluator::new(&s.modules).size(file, line))
}

pub(super) fn word(worth: Worth) -> Option<u32> {
    match worth {
        Worth::Number(number) => provable::lang::expression::word(number),
        _ => None,
    }
}

/// The `.use` lines that can be read, each with the index of its file if that can be used.
pub(super) fn use_lines(s: &Snapshot) -> impl Iterator<Item = (&UseLine, Option<usize>)> {
    let module = s.modules.files().first();
    let all = module.into_iter().flat_map(|module| {
        // Of a plain program they are not looked for.
        let lines = match module.uses.is_empty() {
            true => &[][..],
            false => &module.parsed.interface().uses,
        };
        lines.iter().zip(&module.uses)
    });
    all.map(|(line, used)| (line, used.file.as_ref().ok().copied()))
}

/// Whether the id of a file is one of the standard library, which nobody changes.
pub fn is_standard(id: &str) -> bool {
    provable::lang::std_library::text(id).is_some()
}

/// Where a definition stands in a text: `id` is the id of the file that defines it, `line` the line of the definition there
/// (from 0). Of `alias.member`, the place of the member. If the text itself has this id, the uses by the plain name too,
/// and the definition if that is asked for.
pub fn references_in(
    s: &Snapshot,
    id: &str,
    line: usize,
    with_definition: bool,
) -> Vec<Range<usize>> {
    let Some(file) = s.modules.files().iter().position(|one| one.id == id) else {
        return Vec::new();
    };
    let mut found = uses(s, Shared { file, line });
    if file == 0 && with_definition {
        let mut own = s.assembly.symbols.iter();
        let own = own.find(|symbol| symbol.line == line && is_shared(symbol));
        found.extend(own.map(|own| own.definition.range()));
        found.sort_by_key(|span| span.start);
    }
    found
}

/// The uses of a definition in the text, in its order.
pub(super) fn uses(s: &Snapshot, of: Shared) -> Vec<Range<usize>> {
    let members = s.assembly.members.iter();
    let mut found: Vec<Range<usize>> = members
        .filter(|member| (member.file, member.line) == (of.file, of.line))
        .map(|member| member_name(&s.assembly.tree, member.span).range())
        .collect();
    if of.file == 0 {
        let mut own = s.assembly.symbols.iter();
        let own = own.find(|symbol| symbol.line == of.line && is_shared(symbol));
        found.extend(
            own.iter()
                .flat_map(|own| &own.references)
                .map(|span| span.range()),
        );
        found.sort_by_key(|span| span.start);
        // A file that uses itself names what is its own by `alias.member`.
        found.dedup();
    }
    found
}
