//! The places of a program with the files that it uses.

use super::places::{InlineSite, MAIN, Place, Places};
use crate::program_files::LinkedProgram;
use provable::lang::isa::Op;
use provable::lang::line_index::LineIndex;
use provable::lang::link;
use provable::lang::program::{RoutineId, SectionKind, SymbolKind};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The places of a program with the files that it uses. A routine begins at its `.routine` line. Where a CALL leads to a
/// label, one begins there too, up to the next.
pub struct LinkedPlaces<'a> {
    program: &'a LinkedProgram,
    /// The name of each routine, by its first instruction.
    routines: BTreeMap<u32, String>,
    /// The name of the routine of each inlined copy.
    copies: Vec<String>,
    /// The lines of each file.
    lines: Vec<LineIndex>,
}

impl<'a> LinkedPlaces<'a> {
    /// The places of this program.
    pub fn new(program: &'a LinkedProgram) -> LinkedPlaces<'a> {
        let mut names = Names {
            program,
            known: HashMap::new(),
            taken: HashSet::new(),
        };
        let mut routines = BTreeMap::new();
        for part in &program.linked.parts {
            let name = part.routine.map(|routine| names.of(routine).to_owned());
            routines.insert(part.instructions.start, name.unwrap_or(MAIN.to_owned()));
        }
        let labels = labels(program);
        for instruction in program.program.instructions() {
            if let (Op::Call, Some(entry)) = (instruction.op, instruction.operand) {
                // The main code has a name of its own where a CALL leads to its first instruction.
                let is_named = routines.get(&entry).is_some_and(|name| name != MAIN);
                if !is_named {
                    routines.insert(entry, label(program, &labels, entry));
                }
            }
        }
        let copies = program.linked.copies.iter();
        let copies = copies.map(|copy| names.of(copy.routine).to_owned());
        let lines = program.sources.iter();
        LinkedPlaces {
            copies: copies.collect(),
            routines,
            lines: lines.map(|source| LineIndex::new(&source.text)).collect(),
            program,
        }
    }

    /// The name of the routine that is called for an instruction to be executed.
    fn outermost(&self, index: u32) -> &str {
        let mut before = self.routines.range(..=index);
        before.next_back().map_or(MAIN, |(_, name)| name)
    }

    /// The name of the routine that a line belongs to, in the copy that it is in.
    fn routine(&self, index: u32, place: link::Place) -> &str {
        let copy = place.copy.and_then(|copy| self.copies.get(copy));
        copy.map_or_else(|| self.outermost(index), String::as_str)
    }

    /// What messages call a file.
    fn file(&self, file: usize) -> &str {
        let source = self.program.sources.get(file);
        source.map_or("", |source| source.name.as_str())
    }
}

impl Places for LinkedPlaces<'_> {
    fn place(&self, index: u32) -> Option<Place<'_>> {
        let linked = &self.program.linked;
        let place = *linked.places.get(index as usize)?;
        let sites = linked.chain(place).into_iter().map(|site| InlineSite {
            file: self.file(site.file),
            line: site.line + 1,
            routine: self.routine(index, site),
        });
        Some(Place {
            file: self.file(place.file),
            line: place.line + 1,
            routine: self.routine(index, place),
            inlined_at: sites.collect(),
        })
    }

    fn called(&self, entry: u32) -> &str {
        self.outermost(entry)
    }

    fn text(&self, file: &str, line: usize) -> Option<&str> {
        let sources = &self.program.sources;
        let number = sources.iter().position(|source| source.name == file)?;
        let span = self.lines.get(number)?.line_span(line.checked_sub(1)?)?;
        let text = sources.get(number)?.text.get(span)?;
        Some(text.trim())
    }
}

/// The names of routines. No two routines have one name.
struct Names<'a> {
    program: &'a LinkedProgram,
    known: HashMap<RoutineId, String>,
    taken: HashSet<String>,
}

impl Names<'_> {
    /// The name of a routine: with that of its file, unless that is the main file.
    fn of(&mut self, routine: RoutineId) -> &str {
        let (program, taken) = (self.program, &mut self.taken);
        self.known.entry(routine).or_insert_with(|| {
            let mut name = plain_name(program, routine);
            if routine.file > 0 {
                name = format!("{}.{name}", program.modules.stem(routine.file));
            }
            if name != MAIN && !taken.insert(name.clone()) {
                let file = program.sources.get(routine.file);
                name = format!("{name} in {}", file.map_or("", |file| &file.name));
            }
            name
        })
    }
}

/// The name of a routine in its file.
fn plain_name(program: &LinkedProgram, routine: RoutineId) -> String {
    let name = program.linked.assemblies.get(routine.file).and_then(|one| {
        match one.sections.get(routine.section)?.kind {
            SectionKind::Routine { name, .. } => Some(one.tree.slice(name?)),
            SectionKind::Main | SectionKind::Test { .. } => None,
        }
    });
    name.unwrap_or(MAIN).to_owned()
}

/// The first label at each index. The labels of a plain text are those of the text.
fn labels(program: &LinkedProgram) -> HashMap<u32, &str> {
    let mut labels = HashMap::new();
    for label in &program.linked.labels {
        labels.entry(label.index).or_insert(label.name.as_str());
    }
    let plain = program.linked.assemblies.first();
    if let Some(plain) = plain.filter(|one| one.program.is_some()) {
        for symbol in &plain.symbols {
            if let (SymbolKind::Label, Some(index)) = (symbol.kind, symbol.value) {
                labels.entry(index).or_insert(symbol.name.as_str());
            }
        }
    }
    labels
}

/// The name of what a CALL enters that is no routine.
fn label(program: &LinkedProgram, labels: &HashMap<u32, &str>, entry: u32) -> String {
    if let Some(name) = labels.get(&entry) {
        return (*name).to_owned();
    }
    let place = program.linked.places.get(entry as usize);
    place.map_or("end".to_owned(), |place| format!("line {}", place.line + 1))
}
