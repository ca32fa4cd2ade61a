//! The result of linking.

use crate::lang::diagnostics::Diagnostic;
use crate::lang::program::{Assembly, Program, RoutineId};
use crate::lang::syntax::Span;
use hashbrown::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Where an instruction comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file, as an index among [`Modules::files`](crate::lang::modules::Modules::files).
    pub file: usize,
    /// The line, from 0.
    pub line: usize,
    /// The copy that it belongs to, as an index among [`Linked::copies`]; none outside copies.
    pub copy: Option<usize>,
}

/// The values of a routine's parameters, by name.
pub type Values = HashMap<String, i128>;

/// A copy of a routine that `.inline` made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The `.inline` line.
    pub place: Place,
    /// The routine.
    pub routine: RoutineId,
    /// The values of its parameters.
    pub values: Values,
}

/// A part of the linked program that begins with its own label: a routine with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its instructions.
    pub instructions: Range<u32>,
    /// The name in linked text, such as `math.mul64`; empty for the code with which the program begins.
    pub name: String,
    /// The section that it comes from; none for the CALL of a test.
    pub routine: Option<RoutineId>,
    /// The values of its parameters.
    pub values: Values,
}

/// A label of linked text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The index of the instruction that follows.
    pub index: u32,
    /// The name.
    pub name: String,
}

/// Data or a variable at the address that the program has for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedData {
    /// The file of the definition.
    pub file: usize,
    /// The line of the definition, from 0.
    pub line: usize,
    /// Where the name stands.
    pub name: Span,
    /// The first address.
    pub address: u32,
    /// The words that are there when a run starts; none for a variable.
    pub words: Option<Vec<u32>>,
    /// How many words.
    pub length: u64,
}

/// A program, and where its parts come from.
#[derive(Clone, Debug, Default)]
pub struct Linked {
    /// The program; none if a file has an error.
    pub program: Option<Program>,
    /// The files, assembled.
    pub assemblies: Vec<Arc<Assembly>>,
    /// What was found when the program was linked, each with its file.
    pub diagnostics: Vec<(usize, Diagnostic)>,
    /// Where each instruction comes from.
    pub places: Vec<Place>,
    /// The copies that `.inline` made.
    pub copies: Vec<Copy>,
    /// The parts, in the order of the program.
    pub parts: Vec<Part>,
    /// The labels at which jumps arrive and parts begin, by index.
    pub labels: Vec<Label>,
    /// The data and variables, by address.
    pub data: Vec<PlacedData>,
}

impl Linked {
    /// Where an instruction comes from; for the program's end, where the last one does.
    pub fn place(&self, index: u32) -> Option<Place> {
        let place = self.places.get(index as usize);
        place.or(self.places.last()).copied()
    }

    /// The `.inline` lines that led to a place, the outermost last.
    pub fn chain(&self, place: Place) -> Vec<Place> {
        let mut chain = Vec::new();
        let mut copy = place.copy;
        while let Some(one) = copy.and_then(|copy| self.copies.get(copy)) {
            chain.push(one.place);
            copy = one.place.copy;
        }
        chain
    }

    /// The part that an instruction belongs to.
    pub fn part(&self, index: u32) -> Option<&Part> {
        let after = self
            .parts
            .partition_point(|part| part.instructions.start <= index);
        self.parts.get(after.checked_sub(1)?)
    }

    /// The instructions that come from a line of a file, in order.
    pub fn instructions_on(&self, file: usize, line: usize) -> Vec<u32> {
        let places = (0u32..).zip(&self.places);
        let found = places.filter(|(_, place)| place.file == file && place.line == line);
        found.map(|(index, _)| index).collect()
    }

    /// Every finding in the text of a file that keeps it from being assembled or linked, or that warns.
    pub fn diagnostics_of(&self, file: usize) -> Vec<Diagnostic> {
        let own = self.assemblies.get(file).map(|one| one.diagnostics.clone());
        let mut all = own.unwrap_or_default();
        let linked = self.diagnostics.iter().filter(|(at, _)| *at == file);
        all.extend(linked.map(|(_, diagnostic)| diagnostic.clone()));
        all.sort_by_key(|one| (one.span.start, one.span.end));
        all
    }
}
