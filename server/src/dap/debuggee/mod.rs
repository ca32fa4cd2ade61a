//! What is debugged: a program as it was read when the session began, and the way from its lines to its instructions.

mod files;
mod lines;
mod named;
mod paths;
mod text;

pub use files::text_of;
pub use lines::Start;

use super::protocol::launch::Launch;
use super::scope::Scope;
use super::watched_file::WatchedFile;
use lines::Lines;
use provable::lang::isa::Op;
use provable::lang::link::{Linked, Place};
use provable::lang::modules::{Addresses, Modules};
use provable::lang::program::{Assembly, Program, RoutineId, SymbolKind};
use provable::vm::{Inputs, Limits};
use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;

/// Reads what a client wants to debug, or says in one line why it cannot be.
pub type Load = dyn Fn(&Launch) -> Result<Debuggee, String> + Send + Sync;

/// A program with the files that it comes from.
pub struct DebuggedProgram {
    /// What the client calls it.
    pub name: String,
    /// What a person should know before it runs.
    pub note: Option<String>,
    /// Where the main file is.
    pub path: PathBuf,
    /// The files.
    pub modules: Modules,
    /// Where the parts of the program come from.
    pub linked: Linked,
    /// The program.
    pub program: Program,
}

/// A program and what it runs on.
pub struct Debuggee {
    /// What the client calls it.
    pub name: String,
    /// What a person should know before it runs.
    pub note: Option<String>,
    /// The files.
    pub modules: Modules,
    /// Where the parts of the program come from.
    pub linked: Linked,
    /// The program.
    pub program: Program,
    /// The inputs.
    pub inputs: Inputs,
    /// How far the run may go.
    pub limits: Limits,
    /// The files that it was read from.
    pub files: Vec<WatchedFile>,
    /// Where each of the files is; none for those of the standard library.
    paths: Vec<Option<PathBuf>>,
    addresses: Addresses,
    lines: Lines,
    /// The label before each instruction that has one.
    labels: HashMap<u32, String>,
}

impl Debuggee {
    /// A program and what it runs on.
    pub fn new(
        read: DebuggedProgram,
        inputs: Inputs,
        limits: Limits,
        files: Vec<WatchedFile>,
    ) -> Self {
        let linked = read.linked;
        let addresses = linked.data.iter();
        let addresses = addresses.map(|data| ((data.file, data.line), data.address));
        Debuggee {
            name: read.name,
            note: read.note,
            paths: paths::paths(&read.modules, read.path),
            addresses: addresses.collect(),
            lines: Lines::new(&linked),
            labels: labels(&linked),
            modules: read.modules,
            linked,
            program: read.program,
            inputs,
            limits,
            files,
        }
    }

    /// Instructions of the program.
    pub fn length(&self) -> u32 {
        // A text has fewer lines than that.
        u32::try_from(self.program.instructions().len()).unwrap_or(u32::MAX)
    }

    /// Whether the program is one plain text: each line one instruction, in the order of the text.
    pub fn is_plain(&self) -> bool {
        self.lines.is_plain()
    }

    /// The places of an instruction from the inside out: its own, and those of the `.inline` lines that copied it. For the
    /// end of the program, those of the last instruction; none for an empty program.
    pub fn levels(&self, index: u32) -> Vec<Place> {
        let place = self.linked.place(index);
        place.map_or(Vec::new(), |place| lines::levels(&self.linked, place))
    }

    /// How many of the copies that an instruction belongs to begin with it. These are the innermost ones.
    pub fn copies_begun(&self, index: u32) -> usize {
        let levels = self.levels(index);
        let begun = levels.iter().map_while(|place| place.copy);
        begun
            .take_while(|&copy| self.lines.copy(copy).start == index)
            .count()
    }

    /// The instructions of a copy.
    pub fn copy(&self, copy: usize) -> Range<u32> {
        self.lines.copy(copy)
    }

    /// The instructions of the line that an instruction belongs to.
    pub fn line_of(&self, index: u32) -> Range<u32> {
        let places = &self.linked.places;
        let place = places.get(index as usize);
        if self.is_plain() || place.is_none() {
            return index..index.saturating_add(1);
        }
        let is_same = |at: u32| places.get(at as usize) == place;
        let before = (0..index).rev().take_while(|&at| is_same(at)).count();
        let after = (index..self.length()).take_while(|&at| is_same(at)).count();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        index - count(before)..index.saturating_add(count(after))
    }

    /// The instructions at which a line (from 0) of a file begins.
    pub fn starts_on(&self, file: usize, line: usize) -> Vec<Start> {
        self.lines.starts(&self.linked, file, line)
    }

    /// The instructions at which a line (from 1) of a file begins, or the next line of its section that has instructions
    /// in the program.
    ///
    /// # Errors
    /// Why there are none.
    pub fn starts_from(&self, file: usize, line: u32) -> Result<Vec<Start>, String> {
        let none = || "there is no instruction on this line or after it".to_owned();
        let assembly = self.linked.assemblies.get(file).ok_or_else(none)?;
        let (low, count) = (first_node(assembly, line), assembly.instruction_count());
        let first = assembly.line_of(low).ok_or_else(none)?;
        let section = assembly.section_at(first);
        let lines = (low..count).map_while(|node| assembly.line_of(node));
        let lines = lines.take_while(|&line| assembly.section_at(line) == section);
        let found = lines.map(|line| self.starts_on(file, line));
        let mut found = found.filter(|starts| !starts.is_empty());
        found.next().ok_or_else(|| {
            let routine = RoutineId { file, section };
            match self.is_reached(routine) {
                true => "no instruction of the program comes from this line or from those after it"
                    .to_owned(),
                false => format!(
                    "{} is not part of the program that runs",
                    self.section_name(routine)
                ),
            }
        })
    }

    /// The lines (from 1) of a part of a file at which the program can stop.
    pub fn lines_between(&self, file: usize, first: u32, last: u32) -> Vec<u32> {
        let Some(assembly) = self.linked.assemblies.get(file) else {
            return Vec::new();
        };
        let nodes = first_node(assembly, first)..assembly.instruction_count();
        let lines = nodes.map_while(|node| assembly.line_of(node));
        let lines = lines.take_while(|&line| line < last as usize);
        let lines = lines.filter(|&line| !self.starts_on(file, line).is_empty());
        lines
            .map(|line| u32::try_from(line + 1).unwrap_or(u32::MAX))
            .collect()
    }

    fn is_reached(&self, routine: RoutineId) -> bool {
        let mut parts = self.linked.parts.iter();
        let mut copies = self.linked.copies.iter();
        parts.any(|part| part.routine == Some(routine))
            || copies.any(|copy| copy.routine == routine)
    }

    /// What names mean in the main file.
    pub fn main_scope(&self) -> Scope<'_> {
        Scope::main(&self.modules, &self.linked, &self.addresses)
    }

    /// What names mean where a line begins.
    pub fn scope(&self, start: Start) -> Scope<'_> {
        self.main_scope().at(start.index, start.place)
    }

    /// What the routine that begins with an instruction is called: its name, its label, or its place.
    pub fn routine(&self, index: u32) -> String {
        match self.label_at(index) {
            Some(label) => label.to_owned(),
            None => format!("instruction {index}"),
        }
    }

    /// The routine that a CALL before a return address went to.
    pub fn callee(&self, return_address: u32) -> Option<u32> {
        let call = return_address.checked_sub(1)?;
        let instruction = self.program.instructions().get(call as usize)?;
        instruction.operand.filter(|_| instruction.op == Op::Call)
    }
}

/// The first instruction of a text on a line (from 1) or after it.
fn first_node(assembly: &Assembly, line: u32) -> usize {
    let line = (line as usize).saturating_sub(1);
    let (mut low, mut high) = (0, assembly.instruction_count());
    while low < high {
        let middle = low + (high - low) / 2;
        match assembly.line_of(middle) {
            Some(at) if at < line => low = middle + 1,
            _ => high = middle,
        }
    }
    low
}

/// The label before each instruction that has one.
fn labels(linked: &Linked) -> HashMap<u32, String> {
    let main = linked.assemblies.first();
    if let Some(main) = main.filter(|main| main.program.is_some()) {
        let labels = main.symbols.iter();
        let labels = labels.filter(|symbol| symbol.kind == SymbolKind::Label);
        // Of several, the last: it is the nearest.
        let labels = labels.filter_map(|symbol| Some((symbol.value?, symbol.name.clone())));
        return labels.collect();
    }
    // Of several, the first: it is the name of the routine.
    let labels = linked.labels.iter().rev();
    labels
        .map(|label| (label.index, label.name.clone()))
        .collect()
}

/// The instruction that a reference stands for: its index, as disassemblies give it, in either base.
pub fn instruction_reference(reference: &str) -> Option<i64> {
    match reference.strip_prefix("0x") {
        Some(digits) => i64::from_str_radix(digits, 16).ok(),
        None => reference.parse().ok(),
    }
}
