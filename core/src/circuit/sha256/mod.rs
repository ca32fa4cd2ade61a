//! SHA-256's compression function (FIPS 180-4, section 6.2.2) in the form that the circuit takes.
//!
//! A word is cut into *pieces*. The *spread form* of a number has its bit i at 8^i. So a rotation of a word is a sum of
//! spread pieces times powers of eight, and a weighted sum of spread words has one digit in base 8 for each bit. A
//! function of three words maps each of these digits to a bit: the parity of three bits, their majority, or the bit
//! that the first one chooses. Tables map *chunks* of digits to chunks of the result.
//!
//! [`compress`] goes through the equations once. It runs over expressions when the constraints are written, over
//! numbers when the witness is made, and over names when the columns are laid out ([`Gates`]).

mod columns;
mod compression;
mod constants;
mod cut;
mod function;
mod table;

pub use columns::{ACTIVE, AGE, BLOCK, STATE, TIME, WORDS, names, width};
pub use compression::{Digits, Gates, Sum, Turn, compress};
pub use cut::Cut;
pub use function::{Function, Lane};
pub use table::{Entry, TABLES, Table, entries, first_entry, total_entries};

use super::execution_trace::Cell;
use zeroize::DefaultIsZeroes;

/// Words of the state.
pub const STATE_WORDS: usize = 8;
/// Words of a block.
pub const BLOCK_WORDS: usize = 16;

/// One execution of the instruction, as the witness takes it.
#[derive(Clone, Copy, Default)]
pub struct Compression {
    /// The number of its step row, counted from 1.
    pub time: u32,
    /// The address of the first word of the block.
    pub block_address: u32,
    /// The address of the first word of the state.
    pub state_address: u32,
    /// The cells of the block: values, and the times at which they were put.
    pub block: [Cell; BLOCK_WORDS],
    /// The cells of the state before.
    pub state: [Cell; STATE_WORDS],
}

impl DefaultIsZeroes for Compression {}

/// The spread form of a number: its bit i at 8^i.
pub fn spread(number: u32) -> u128 {
    (0..u32::BITS).fold(0, |sum, bit| {
        sum | u128::from(number >> bit & 1) << (3 * bit)
    })
}
