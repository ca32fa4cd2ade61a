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

/// Words of the state.
pub const STATE_WORDS: usize = 8;
/// Words of a block.
pub const BLOCK_WORDS: usize = 16;

/// The spread form of a number: its bit i at 8^i.
pub fn spread(number: u32) -> u128 {
    (0..u32::BITS).fold(0, |sum, bit| {
        sum | u128::from(number >> bit & 1) << (3 * bit)
    })
}
