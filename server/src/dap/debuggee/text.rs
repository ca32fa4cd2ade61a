//! Places and instructions of a program as a person reads them.

use super::{Debuggee, Start};
use provable::lang::isa::OperandKind;
use provable::lang::link::Place;
use provable::vm::Trap;

impl Debuggee {
    /// The line (from 1) and the column (from 1, in UTF-16 units) at which a place begins.
    pub fn line_column(&self, place: Place) -> (u32, usize) {
        let number = u32::try_from(place.line + 1).unwrap_or(u32::MAX);
        let Some(tree) = self.modules.tree(place.file) else {
            return (number, 1);
        };
        let line = tree.lines().get(place.line);
        let span = line.map(|line| line.instruction_span().unwrap_or(line.span));
        let offset = span.map_or(0, |span| span.start as usize);
        (number, self.column(place.file, offset))
    }

    /// The column (from 1, in UTF-16 units) of an offset in a file.
    pub fn column(&self, file: usize, offset: usize) -> usize {
        let text = self.modules.tree(file).map_or("", |tree| tree.text());
        let text = text.get(..offset).unwrap_or_default();
        let start = text.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let before = text.get(start..).unwrap_or_default();
        before.encode_utf16().count() + 1
    }

    /// The column at which a place begins in a frame at an instruction.
    pub fn frame_column(&self, index: u32, place: Place) -> usize {
        match index < self.length() {
            true => self.line_column(place).1,
            false => {
                let text = self.modules.tree(place.file).map_or("", |tree| tree.text());
                self.column(place.file, text.len())
            }
        }
    }

    /// The label that stands before an instruction.
    pub fn label_at(&self, index: u32) -> Option<&str> {
        self.labels.get(&index).map(String::as_str)
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

    /// Which of several copies of a line this one is.
    pub fn copy_text(&self, start: Start) -> String {
        match start
            .place
            .copy
            .and_then(|copy| self.linked.copies.get(copy))
        {
            Some(copy) => format!("copied by {}", self.place_text(&copy.place)),
            None => format!("instruction {}", start.index),
        }
    }

    fn place_text(&self, place: &Place) -> String {
        format!("{} line {}", self.file_name(place.file), place.line + 1)
    }

    /// A trap with its place: in which line of which file, and where that was copied.
    pub fn trap_text(&self, trap: &Trap) -> String {
        if self.is_plain() {
            return trap.to_string();
        }
        let levels = self.levels(trap.pc);
        let Some((place, copied)) = levels.split_first() else {
            return trap.to_string();
        };
        let mut at = format!("{} (instruction {}", self.place_text(place), trap.pc);
        for place in copied {
            at.push_str(&format!(", copied by {}", self.place_text(place)));
        }
        format!("{at}): {}", trap.reason)
    }
}
