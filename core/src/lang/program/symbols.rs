//! The symbols of a program: where each is defined, its value, and where it is used.

use crate::lang::syntax::Span;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// The kind of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    /// A label. Its value is the index of the next instruction.
    Label,
    /// A constant. Its value is a number.
    Constant,
    /// Data. The value is the address of the first word.
    Data,
    /// A variable. The value is the address of its first word.
    Variable,
    /// A routine. The value is the index of its first instruction.
    Routine,
    /// A parameter of a routine.
    Parameter,
    /// A file that the text uses.
    File,
}

impl SymbolKind {
    /// Whether it stands for a number, as a constant does.
    pub fn is_number(self) -> bool {
        matches!(
            self,
            SymbolKind::Constant | SymbolKind::Data | SymbolKind::Variable | SymbolKind::Parameter
        )
    }

    /// What messages call it.
    pub fn word(self) -> &'static str {
        match self {
            SymbolKind::Label => "label",
            SymbolKind::Constant => "constant",
            SymbolKind::Data => "data",
            SymbolKind::Variable => "variable",
            SymbolKind::Routine => "routine",
            SymbolKind::Parameter => "parameter",
            SymbolKind::File => "file",
        }
    }
}

/// A defined name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// The section that knows it, as an index among [`Assembly::sections`](super::Assembly::sections); 0 for what the
    /// whole text knows, and the labels of the main code.
    pub scope: usize,
    /// The name's span in its (first) definition.
    pub definition: Span,
    /// The line of its definition, from 0.
    pub line: usize,
    /// The value; none if it is not known, or only when the program is linked.
    pub value: Option<u32>,
    /// The uses, in the order of the text.
    pub references: Vec<Span>,
}

/// Every defined name, in the order of definition.
#[derive(Clone, Debug, Default)]
pub struct Symbols {
    list: Vec<Symbol>,
    /// Indices into the list, by the hash of the symbol's name.
    places: HashTable<usize>,
    hasher: DefaultHashBuilder,
}

impl Symbols {
    /// Every symbol, in the order of definition.
    pub fn iter(&self) -> std::slice::Iter<'_, Symbol> {
        self.list.iter()
    }

    /// The symbol that the whole text knows by this name.
    pub fn get(&self, name: &str) -> Option<&Symbol> {
        self.list.get(self.place(0, name)?)
    }

    /// Whether a name among the values of a test stands for a random word: it is that of no number.
    pub fn is_random(&self, name: &str) -> bool {
        let is_own = self.get(name).is_some_and(|own| own.kind.is_number());
        !is_own && !name.contains('.')
    }

    /// The symbol that a section knows by this name: one of its own, or of the whole text.
    pub fn get_in(&self, scope: usize, name: &str) -> Option<&Symbol> {
        self.list.get(self.place_in(scope, name)?)
    }

    fn place(&self, scope: usize, name: &str) -> Option<usize> {
        let is_it = |&place: &usize| {
            let one = self.list.get(place);
            one.is_some_and(|one| one.scope == scope && one.name == name)
        };
        let hash = self.hasher.hash_one((scope, name));
        self.places.find(hash, is_it).copied()
    }

    fn place_in(&self, scope: usize, name: &str) -> Option<usize> {
        let own = (scope != 0).then(|| self.place(scope, name)).flatten();
        own.or_else(|| self.place(0, name))
    }

    /// The symbol that a section knows by this name, if the span is its definition or a use of it.
    pub(super) fn standing_at(&self, scope: usize, name: &str, span: Span) -> Option<&Symbol> {
        // Uses are recorded in the order of the text.
        let stands = |symbol: &&Symbol| {
            symbol.definition == span || symbol.references.binary_search(&span).is_ok()
        };
        // A name of the whole text may be defined where a parameter hides it.
        let own = self.get_in(scope, name).filter(stands);
        own.or_else(|| self.get(name).filter(stands))
    }

    /// Defines a name. If the scope has the name already, returns its first definition.
    pub(super) fn define(&mut self, symbol: Symbol) -> Result<(), &Symbol> {
        if let Some(first) = self.place(symbol.scope, &symbol.name) {
            return self.list.get(first).map_or(Ok(()), Err);
        }
        let (list, hasher) = (&self.list, &self.hasher);
        let hash = hasher.hash_one((symbol.scope, symbol.name.as_str()));
        let hash_of = |&place: &usize| {
            list.get(place)
                .map_or(0, |one| hasher.hash_one((one.scope, one.name.as_str())))
        };
        self.places.insert_unique(hash, list.len(), hash_of);
        self.list.push(symbol);
        Ok(())
    }

    /// Every symbol, to give values to.
    pub(super) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Symbol> {
        self.list.iter_mut()
    }

    /// Every use in the order of the text. Uses are recorded a line at a time, but not always from left to right.
    pub(super) fn sort_references(&mut self) {
        for symbol in &mut self.list {
            if !symbol.references.is_sorted() {
                symbol.references.sort_unstable();
            }
        }
    }

    /// Records a use of a name in a section and returns its symbol.
    pub(super) fn refer(&mut self, scope: usize, name: &str, span: Span) -> Option<&Symbol> {
        let place = self.place_in(scope, name)?;
        let symbol = self.list.get_mut(place)?;
        symbol.references.push(span);
        Some(symbol)
    }
}

impl<'a> IntoIterator for &'a Symbols {
    type Item = &'a Symbol;
    type IntoIter = std::slice::Iter<'a, Symbol>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
