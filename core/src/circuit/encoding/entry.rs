//! Entries of the program table: one row's control bits and one operand.

use super::bit::{BITS, Bit};
use crate::circuit::interval::Interval;
use crate::circuit::operations::WORD_SHIFT;

/// The control bits of an entry that no row may fetch: a number above any that a row's bits can make.
pub const UNFETCHABLE: u64 = 1 << (BITS + 1);

/// Every operand is a number of this interval, plus 2^36 times a word of [`WORDS`]. Only coprocessor operations with an
/// operand of their own have a word other than 0.
pub const NUMBERS: Interval = Interval::of(-(u32::MAX as i128), u32::MAX as i128);

/// The words that an operand may hold beside its number.
pub const WORDS: Interval = Interval::of(0, u32::MAX as i128);

/// The least and the greatest operand.
pub const OPERANDS: Interval = Interval::of(
    -(u32::MAX as i128),
    u32::MAX as i128 + ((u32::MAX as i128) << WORD_SHIFT),
);

/// A program table entry. `Number` is the type of operands: integers for the machine, elements of the scalar field for
/// the circuit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<Number = i128> {
    /// Control bits: bit i of the number stands for the i-th [`Bit`].
    pub bits: u64,
    /// The operand: a word, the distance of a jump from the next row, a coprocessor operation with a word
    /// ([`WORD_SHIFT`]), an address, a distance between addresses, or a depth below the top as a negative number.
    pub operand: Number,
}

impl<Number: From<i128>> Entry<Number> {
    pub(super) fn new(bits: &[Bit], operand: i128) -> Self {
        let bits = bits.iter().fold(0, |sum, bit| sum | 1 << (*bit as u32));
        let operand = operand.into();
        Entry { bits, operand }
    }

    /// HALT: a jump to itself, with a mark that no other entry has: `Jz` and `Here`. There is one after the last entry
    /// too: a run that reaches the end of the program halts.
    pub fn halt() -> Self {
        use Bit::*;
        Entry::new(&[Jz, Jnz, Drop, Here, Result], -1)
    }

    /// An entry that no row can fetch: padding after the end, or an instruction that always traps.
    pub fn padding() -> Self {
        Entry {
            bits: UNFETCHABLE,
            operand: 0.into(),
        }
    }
}

impl<Number> Entry<Number> {
    /// Whether the entry has a control bit.
    pub fn has(&self, bit: Bit) -> bool {
        self.bits >> (bit as u32) & 1 == 1
    }

    /// Whether the entry has any of these control bits.
    pub fn any(&self, bits: &[Bit]) -> bool {
        bits.iter().any(|bit| self.has(*bit))
    }

    /// How many of these control bits the entry has.
    fn count(&self, bits: &[Bit]) -> i32 {
        bits.iter().map(|bit| i32::from(self.has(*bit))).sum()
    }

    /// How many words the row takes from the stack, apart from what it pushes: 0 or 1 in every entry.
    pub fn pops(&self) -> i32 {
        use Bit::*;
        self.count(&[Add, Sub, Cop, CopCarry, Drop]) - self.count(&[Here])
    }

    /// What the stack port does: 1 puts a cell, −1 takes one, 0 does nothing.
    pub fn stack_port(&self) -> i32 {
        use Bit::*;
        self.count(&[Push, Call]) - self.pops() - self.count(&[Ret])
    }

    /// Whether the next top is the result.
    pub fn result_is_next_top(&self) -> bool {
        use Bit::*;
        let found = [Push, Result, Add, Sub, Cop, CopCarry];
        self.count(&found) > self.count(&[Here])
    }
}
