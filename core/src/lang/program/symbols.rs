//! The symbols of a program: where each is defined, its value, and where it is used.

use crate::lang::syntax::Span;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// The kind of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    /// A label. Its value is the index of the next instruction.
    Label,
    /// A constant, or the name of data. Its value is a number; that of data is the address of the first word.
    Constant,
}

/// A defined name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// The name's span in its (first) definition.
    pub definition: Span,
    /// The line of its definition, from 0.
    pub line: usize,
    /// The value; none for a constant whose value is not a number, and for data whose address is not known.
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

    /// The symbol with this name.
    pub fn get(&self, name: &str) -> Option<&Symbol> {
        self.list.get(self.place(name)?)
    }

    fn place(&self, name: &str) -> Option<usize> {
        let is_it = |&place: &usize| self.list.get(place).is_some_and(|one| one.name == name);
        self.places.find(self.hasher.hash_one(name), is_it).copied()
    }

    /// The symbol with this name, if the span is its definition or a use of it.
    pub(super) fn standing_at(&self, name: &str, span: Span) -> Option<&Symbol> {
        let symbol = self.get(name)?;
        // Uses are recorded in the order of the text.
        let is_use = || symbol.references.binary_search(&span).is_ok();
        (symbol.definition == span || is_use()).then_some(symbol)
    }

    /// Defines a name. If the name is defined already, returns its first definition.
    pub(super) fn define(&mut self, symbol: Symbol) -> Result<(), &Symbol> {
        if let Some(first) = self.place(&symbol.name) {
            return self.list.get(first).map_or(Ok(()), Err);
        }
        let (list, hasher) = (&self.list, &self.hasher);
        let hash = hasher.hash_one(symbol.name.as_str());
        let hash_of = |&place: &usize| {
            list.get(place)
                .map_or(0, |one| hasher.hash_one(one.name.as_str()))
        };
        self.places.insert_unique(hash, list.len(), hash_of);
        self.list.push(symbol);
        Ok(())
    }

    /// Gives a value to the symbol that is defined at a span, if there is one.
    pub(super) fn set_value(&mut self, name: &str, definition: Span, value: Option<u32>) {
        let symbol = self.place(name).and_then(|place| self.list.get_mut(place));
        if let Some(symbol) = symbol.filter(|symbol| symbol.definition == definition) {
            symbol.value = value;
        }
    }

    /// Records a use of a name and returns its symbol.
    pub(super) fn refer(&mut self, name: &str, span: Span) -> Option<&Symbol> {
        let place = self.place(name)?;
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
