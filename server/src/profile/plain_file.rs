//! The places of a program that is one file.

use super::places::{MAIN, Place, Places};
use crate::source::Source;
use provable::lang::isa::Op;
use provable::lang::line_index::LineIndex;
use provable::lang::program::{Assembly, Program, SymbolKind};
use std::collections::BTreeMap;

/// The places of a program that is one file. A routine begins where a CALL leads and ends where the next one begins.
pub struct PlainFile<'a> {
    source: &'a Source,
    assembly: &'a Assembly,
    lines: LineIndex,
    /// The name of each routine, by its first instruction.
    routines: BTreeMap<u32, String>,
}

impl<'a> PlainFile<'a> {
    /// The places of this program, which the source was assembled to.
    pub fn new(source: &'a Source, assembly: &'a Assembly, program: &Program) -> PlainFile<'a> {
        let mut routines = BTreeMap::new();
        for instruction in program.instructions() {
            if let (Op::Call, Some(entry)) = (instruction.op, instruction.operand) {
                routines.entry(entry).or_insert_with(|| {
                    let line = assembly.line_of(entry as usize);
                    line.map_or("end".to_owned(), |line| format!("line {}", line + 1))
                });
            }
        }
        // Of several labels the first one names the routine.
        for label in assembly.symbols.iter().rev() {
            let entry = (label.kind == SymbolKind::Label).then_some(label.value);
            if let Some(name) = entry.flatten().and_then(|entry| routines.get_mut(&entry)) {
                name.clone_from(&label.name);
            }
        }
        PlainFile {
            source,
            assembly,
            lines: LineIndex::new(&source.text),
            routines,
        }
    }
}

impl Places for PlainFile<'_> {
    fn place(&self, index: u32) -> Option<Place<'_>> {
        let line = self.assembly.line_of(index as usize)? + 1;
        let routine = self.routines.range(..=index).next_back();
        Some(Place {
            file: &self.source.name,
            line,
            routine: routine.map_or(MAIN, |(_, name)| name),
            inlined_at: Vec::new(),
        })
    }

    fn called(&self, entry: u32) -> &str {
        self.routines.get(&entry).map_or(MAIN, String::as_str)
    }

    fn text(&self, file: &str, line: usize) -> Option<&str> {
        let span = self.lines.line_span(line.checked_sub(1)?)?;
        let text = self.source.text.get(span)?;
        (file == self.source.name).then_some(text.trim())
    }
}
