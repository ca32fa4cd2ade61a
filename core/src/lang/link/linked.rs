//! The result of linking.

use super::addresses::choose;
use super::data::words_of;
use super::emit::Emitter;
use super::entry::Entry;
use super::reach::Reached;
use crate::lang::diagnostics::{Code, Diagnostic, Severity};
use crate::lang::modules::{Evaluator, Modules};
use crate::lang::program::{Assembly, Program, RoutineId, assemble_file};
use crate::lang::syntax::Span;
use crate::log;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use tracing::debug_span;

/// Where an instruction comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file, as an index among [`Modules::files`].
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

/// Links the main file.
pub fn link(modules: &Modules) -> Linked {
    link_entry(modules, assemblies(modules), Entry::Main)
}

fn assemblies(modules: &Modules) -> Vec<Arc<Assembly>> {
    let files = 0..modules.files().len();
    files
        .map(|file| Arc::new(assemble_file(modules, file)))
        .collect()
}

/// Links a program that begins elsewhere, of files that are assembled already.
pub fn link_entry(modules: &Modules, assemblies: Vec<Arc<Assembly>>, entry: Entry) -> Linked {
    let _span = debug_span!(target: log::LOAD, "link", files = assemblies.len()).entered();
    let mut linked = Linked {
        assemblies,
        ..Linked::default()
    };
    linked.diagnostics = errors_in_files(modules, &linked.assemblies);
    if linked.assemblies.iter().any(|one| one.has_errors()) {
        return linked;
    }
    let plain = linked.assemblies.first().map(|main| &main.program);
    if let (Entry::Main, Some(Some(program))) = (entry, plain) {
        let program = program.clone();
        plain_places(&mut linked, &program);
        linked.program = Some(program);
        return linked;
    }
    let reached = Reached::from(modules, &linked.assemblies, entry);
    let mut found = Vec::new();
    let placed = choose(modules, &reached, &mut found);
    let evaluator = Evaluator::linked(modules, &placed.addresses);
    let mut emitter = Emitter::new(modules, &linked.assemblies, evaluator, &reached.order);
    let emitted = emitter.program(entry);
    let mut evaluator = emitter.finish(&mut found);
    let data = words_of(modules, &placed, &mut evaluator, &mut found);
    let is_clean = !found.iter().any(|(_, one)| one.severity == Severity::Error);
    linked.diagnostics.extend(found);
    if !is_clean {
        return linked;
    }
    let lines = emitted.places.iter().map(|place| {
        // Lines of a program count from 1.
        u32::try_from(place.line + 1).unwrap_or(u32::MAX)
    });
    let code = emitted.code.iter().copied().zip(lines);
    let words = data.iter().flat_map(|data| {
        let words = data.words.iter().flatten().copied();
        (data.address..=u32::MAX).zip(words)
    });
    linked.program = Some(Program::new(code).with_data(words));
    linked.places = emitted.places;
    linked.copies = emitted.copies;
    linked.parts = emitted.parts;
    linked.labels = emitted.labels;
    linked.data = data;
    linked
}

/// Errors in the files that a file uses, at its `.use` lines.
fn errors_in_files(modules: &Modules, assemblies: &[Arc<Assembly>]) -> Vec<(usize, Diagnostic)> {
    let mut found = Vec::new();
    for (file, module) in modules.files().iter().enumerate() {
        let lines = module.uses.iter().zip(&module.parsed.interface().uses);
        for (used, line) in lines {
            let Ok(other) = used.file else { continue };
            let errors = assemblies.get(other).filter(|one| one.has_errors());
            let first = errors.and_then(|one| {
                let mut all = one.diagnostics.iter();
                let first = all.find(|one| one.severity == Severity::Error)?.clone();
                Some((one.tree.line_at(first.span.start).unwrap_or(0) + 1, first))
            });
            if let Some((number, first)) = first.filter(|_| other != file) {
                let message = format!(
                    "the file has errors; the first is in line {number}: {}",
                    first.message
                );
                found.push((
                    file,
                    Diagnostic::new(Code::UnusableFile, line.span, message),
                ));
            }
        }
    }
    found
}

/// The places of a program that is one text.
fn plain_places(linked: &mut Linked, program: &Program) {
    let Some(assembly) = linked.assemblies.first() else {
        return;
    };
    let lines = (0..program.instructions().len()).map(|index| assembly.line_of(index).unwrap_or(0));
    let places = lines.map(|line| Place {
        file: 0,
        line,
        copy: None,
    });
    linked.places = places.collect();
    linked.parts = vec![Part {
        instructions: 0..u32::try_from(program.instructions().len()).unwrap_or(u32::MAX),
        name: String::new(),
        routine: Some(RoutineId {
            file: 0,
            section: 0,
        }),
        values: Values::new(),
    }];
}
