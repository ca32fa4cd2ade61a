//! Encodes a program as its table: the verifier does this from the text.
//!
//! Each entry holds one row's control bits and one operand. `action` says what one row does and which entry makes it do
//! so. `fuse` finds instructions that become one row together. So a position in the table differs from the index of an
//! instruction, and the targets of jumps are translated.

mod action;
mod bit;
mod entry;
mod fuse;
mod rotation;
mod window;

pub use action::Action;
pub use bit::{BITS, Bit, COLUMNS};
pub use entry::{Entry, NUMBERS, OPERANDS, UNFETCHABLE, WORDS};

use crate::lang::isa::{Op, OperandKind};
use crate::lang::program::{Instruction, Program};
use action::NOWHERE;
use std::ops::Range;
use window::Window;

/// The entries of one instruction that stands alone at a position. The operand of a jump is a position.
pub fn encode<Number: From<i128>>(instruction: Instruction, position: u32) -> Vec<Entry<Number>> {
    let rows = action::expand(instruction);
    let rows = (position..).zip(rows);
    rows.map(|(position, row)| row.entry(position)).collect()
}

/// The step rows of an instruction that stands alone: one, or three for STORE and ROTR without operand.
pub fn rows(op: Op, operand: Option<u32>) -> usize {
    action::expand(Instruction { op, operand }).len()
}

/// Instructions that become rows together: at least one of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The index of its first instruction. Only this one can be the target of a jump.
    pub first: usize,
    /// Its instructions.
    pub length: usize,
    /// What its rows do. The operand of a jump is still the index of an instruction.
    pub rows: Vec<Action>,
}

/// The groups of a program, in order.
pub fn groups(program: &Program) -> Vec<Group> {
    let instructions = program.instructions();
    let mut is_target = vec![false; instructions.len()];
    for instruction in instructions {
        let jumps = instruction.op.spec().operand == OperandKind::Target;
        let target = instruction.operand.filter(|_| jumps);
        if let Some(slot) = target.and_then(|target| is_target.get_mut(target as usize)) {
            *slot = true;
        }
    }
    // How many instructions from each on come before the next target.
    let mut free = vec![0usize; instructions.len()];
    let mut ahead = 0;
    for (slot, is_target) in free.iter_mut().zip(&is_target).rev() {
        ahead += 1;
        *slot = ahead;
        if *is_target {
            ahead = 0;
        }
    }
    let mut groups = Vec::new();
    let mut first = 0;
    while let (Some(all), Some(free)) = (instructions.get(first..), free.get(first)) {
        let (length, rows) = fuse::group(Window { all, free: *free });
        groups.push(Group {
            first,
            length,
            rows,
        });
        first += length.max(1);
    }
    groups
}

/// How many entries a program takes, the HALT at its end included.
pub fn length(program: &Program) -> usize {
    let rows = groups(program)
        .iter()
        .map(|group| group.rows.len())
        .sum::<usize>();
    rows.saturating_add(1)
}

/// The entries of a program, and where each group of its instructions begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoding<Number = i128> {
    /// The entries, followed by HALT.
    pub entries: Vec<Entry<Number>>,
    /// For each group: the index of its first instruction, and the position of its first entry. The last is the end.
    starts: Vec<(usize, u32)>,
}

impl<Number: From<i128> + Clone> Encoding<Number> {
    /// Encodes a program. A jump to an index without an instruction becomes a jump to a position without an entry.
    pub fn new(program: &Program) -> Self {
        let groups = groups(program);
        let mut starts = Vec::with_capacity(groups.len() + 1);
        let mut end = 0u32;
        for group in &groups {
            starts.push((group.first, end));
            end = end.saturating_add(group.rows.len() as u32);
        }
        starts.push((program.instructions().len(), end));
        let mut encoding = Encoding {
            entries: Vec::with_capacity(end as usize + 1),
            starts,
        };
        for action in groups.iter().flat_map(|group| &group.rows) {
            let position = encoding.entries.len() as u32;
            let entry = encoding.translated(*action).entry(position);
            encoding.entries.push(entry);
        }
        encoding.entries.push(Entry::halt());
        encoding
    }

    /// The action with the target of its jump as a position.
    fn translated(&self, action: Action) -> Action {
        let position = |index: u32| self.position(index as usize).unwrap_or(NOWHERE);
        match action {
            Action::One(instruction) if instruction.op.spec().operand == OperandKind::Target => {
                Action::One(Instruction {
                    operand: instruction.operand.map(position),
                    ..instruction
                })
            }
            Action::PopJump(target) => Action::PopJump(position(target)),
            other => other,
        }
    }
}

impl<Number> Encoding<Number> {
    /// The position at which an instruction begins that is the first of its group, or the end of the program.
    pub fn position(&self, index: usize) -> Option<u32> {
        let place = self
            .starts
            .binary_search_by_key(&index, |(first, _)| *first);
        let (_, position) = self.starts.get(place.ok()?)?;
        Some(*position)
    }

    /// The group that an instruction belongs to: the indices of its instructions, and the positions of its entries.
    /// `None` at the end of the program and after it.
    pub fn group(&self, index: usize) -> Option<(Range<usize>, Range<u32>)> {
        let after = self.starts.partition_point(|(first, _)| *first <= index);
        let (first, position) = self.starts.get(after.checked_sub(1)?)?;
        let (next, end) = self.starts.get(after)?;
        Some((*first..*next, *position..*end))
    }
}

impl<Number: From<i128> + Clone> Encoding<Number> {
    /// The whole table: the entries and the padding. `None` if there are too many entries.
    pub fn table(mut self, capacity: usize) -> Option<Vec<Entry<Number>>> {
        if self.entries.len() > capacity {
            return None;
        }
        self.entries.resize(capacity, Entry::padding());
        Some(self.entries)
    }
}
