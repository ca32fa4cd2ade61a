//! What is debugged: a program as it was read when the session began, and the way from its lines to its instructions.

use super::protocol::breakpoints::Source as SourceDescriptor;
use super::protocol::launch::Launch;
use super::watched_file::WatchedFile;
use crate::source::Source;
use provable::lang::isa::{Op, OperandKind};
use provable::lang::program::{Assembly, Program, SymbolKind};
use provable::vm::{Inputs, Limits};
use std::collections::HashMap;
use std::path::PathBuf;

/// Reads what a client wants to debug, or says in one line why it cannot be.
pub type Load = dyn Fn(&Launch) -> Result<Debuggee, String> + Send + Sync;

/// A program and what it runs on.
pub struct Debuggee {
    /// Where it is.
    pub path: PathBuf,
    /// Its text.
    pub source: Source,
    /// The text, assembled.
    pub assembly: Assembly,
    /// The program in it.
    pub program: Program,
    /// The inputs.
    pub inputs: Inputs,
    /// How far the run may go.
    pub limits: Limits,
    /// The files that it was read from.
    pub files: Vec<WatchedFile>,
    /// The label before each instruction that has one.
    labels: HashMap<u32, String>,
}

impl Debuggee {
    /// A program that was read from a path, and what it runs on.
    pub fn new(
        path: PathBuf,
        source: Source,
        (assembly, program): (Assembly, Program),
        inputs: Inputs,
        limits: Limits,
        files: Vec<WatchedFile>,
    ) -> Self {
        let labels = assembly.symbols.iter();
        let labels = labels.filter(|symbol| symbol.kind == SymbolKind::Label);
        // Of several, the last: it is the nearest.
        let labels = labels.filter_map(|symbol| Some((symbol.value?, symbol.name.clone())));
        Debuggee {
            path,
            source,
            labels: labels.collect(),
            assembly,
            program,
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

    /// The line (from 1) of an instruction; for the end of the program, its last line.
    pub fn line(&self, index: u32) -> u32 {
        self.program.line(index).unwrap_or(1)
    }

    /// The column (from 1, in UTF-16 units) where an instruction begins.
    pub fn column(&self, index: u32) -> usize {
        let span = self.assembly.span_of(index as usize);
        let text = self.source.text.get(..span.start).unwrap_or_default();
        let start = text.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let before = text.get(start..).unwrap_or_default();
        before.encode_utf16().count() + 1
    }

    /// The first instruction on a line (from 1) or after it.
    pub fn instruction_from(&self, line: u32) -> Option<u32> {
        let (mut low, mut high) = (0, self.length());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.line(middle) < line {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low < self.length()).then_some(low)
    }

    /// The label that stands before an instruction.
    pub fn label_at(&self, index: u32) -> Option<&str> {
        self.labels.get(&index).map(String::as_str)
    }

    /// What a routine is called: its label, or its place.
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

    /// The file's name without its ending.
    pub fn name(&self) -> String {
        let stem = self.path.file_stem();
        stem.map_or_else(
            || "program".into(),
            |stem| stem.to_string_lossy().into_owned(),
        )
    }

    /// An instruction as a program would have it, with labels for places.
    pub fn instruction_text(&self, index: u32) -> String {
        let Some(instruction) = self.program.instructions().get(index as usize) else {
            return "(the end of the program)".into();
        };
        let spec = instruction.op.spec();
        match (instruction.operand, spec.operand) {
            (None, _) => spec.mnemonic.to_owned(),
            (Some(target), OperandKind::Target) => match self.label_at(target) {
                Some(label) => format!("{} {label}", spec.mnemonic),
                None => format!("{} {target}", spec.mnemonic),
            },
            (Some(offset), OperandKind::OptionalOffset) => {
                format!("{} {}", spec.mnemonic, offset as i32)
            }
            (Some(word), _) => format!("{} {word}", spec.mnemonic),
        }
    }

    /// The program's file, as the protocol describes it.
    pub fn source_descriptor(&self) -> SourceDescriptor {
        let name = self.path.file_name();
        SourceDescriptor {
            name: name.map(|name| name.to_string_lossy().into_owned()),
            path: Some(self.path.display().to_string()),
        }
    }
}

/// The instruction that a reference stands for: its index, as disassemblies give it, in either base.
pub fn instruction_reference(reference: &str) -> Option<i64> {
    match reference.strip_prefix("0x") {
        Some(digits) => i64::from_str_radix(digits, 16).ok(),
        None => reference.parse().ok(),
    }
}
