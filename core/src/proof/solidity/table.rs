//! The program's table in the code of a contract.

use crate::circuit::encoding::Entry;

/// What is added to an operand so that no operand is negative.
const OPERAND_OFFSET: i128 = u32::MAX as i128;

/// The entries of a program as bytes.
pub(super) struct Table {
    /// Bytes of an entry.
    pub(super) entry: usize,
    /// The entries, up to a multiple of four.
    pub(super) bytes: Vec<u8>,
    /// The empty entries of the circuit's table that follow.
    pub(super) after: usize,
}

impl Table {
    /// For a circuit's table of `capacity` entries. What is added to reach a multiple of four is empty, or zero past the
    /// end of the circuit's table.
    pub(super) fn new(mut entries: Vec<Entry>, capacity: usize) -> Self {
        let length = entries.len().next_multiple_of(4);
        entries.resize(length.min(capacity).max(entries.len()), Entry::padding());
        let zero = Entry {
            bits: 0,
            operand: 0,
        };
        entries.resize(length, zero);
        let numbers = entries
            .iter()
            .map(|entry| ((entry.operand + OPERAND_OFFSET) as u128) << 24 | u128::from(entry.bits));
        let numbers: Vec<u128> = numbers.collect();
        let greatest = numbers.iter().max().copied().unwrap_or(0);
        let entry = if greatest >> 64 == 0 { 8 } else { 12 };
        let unused = size_of::<u128>() - entry;
        let bytes = numbers
            .iter()
            .flat_map(|number| number.to_be_bytes().into_iter().skip(unused));
        Table {
            entry,
            bytes: bytes.collect(),
            after: capacity.saturating_sub(length),
        }
    }
}
