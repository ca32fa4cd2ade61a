//! The rows of the SHA-256 table.

use super::cells::{Writer, count};
use crate::circuit::bounds::chunk;
use crate::circuit::execution_trace::Compression;
use crate::circuit::layout::Block;
use crate::circuit::sha256::{
    ACTIVE, AGE, BLOCK, Cut, Digits, Gates, Lane, STATE, Sum, TABLES, TIME, Table, Turn, WORDS,
    compress, entries, first_entry, spread,
};
use ark_bls12_381::Fr;

impl Writer<'_> {
    /// One row for each execution. The other rows compute on zeros.
    pub(super) fn sha256(&mut self, compressions: &[Compression]) {
        let block = self.layout.sha256;
        if block.rows == 0 {
            return;
        }
        let tables = Tables::new();
        for row in 0..block.rows {
            let executed = compressions.get(row).copied();
            let compression = executed.unwrap_or_default();
            for (column, value) in [
                (ACTIVE, u32::from(executed.is_some())),
                (TIME, compression.time),
                (BLOCK, compression.block_address),
                (STATE, compression.state_address),
            ] {
                self.set(block.at(row, column), value);
            }
            self.look_up(compression.time.into());
            let cells = compression.block.iter().chain(&compression.state);
            for (index, cell) in cells.enumerate() {
                let before = compression.time.saturating_sub(1);
                let age = u64::from(before.saturating_sub(cell.time));
                self.set(block.at(row, AGE + index), age);
                self.look_up(age);
            }
            let words = compression.state.iter().chain(&compression.block);
            let words: Vec<u32> = words.map(|cell| cell.value as u32).collect();
            let mut numbers = Numbers {
                writer: self,
                tables: &tables,
                block,
                row,
                next: WORDS,
                given: words.into_iter(),
            };
            compress(&mut numbers);
        }
    }
}

/// The entries of the tables as field elements, and where each table begins.
struct Tables {
    first: Vec<usize>,
    chunks: Vec<Fr>,
}

impl Tables {
    fn new() -> Self {
        Tables {
            first: (0..TABLES.len()).map(first_entry).collect(),
            chunks: TABLES.into_iter().flat_map(entries).map(chunk).collect(),
        }
    }

    /// The index of an entry of a table among those of all tables.
    fn index(&self, table: Table, entry: usize) -> usize {
        let first = table.place().and_then(|place| self.first.get(place));
        first.copied().unwrap_or(usize::MAX).saturating_add(entry)
    }
}

/// Writes the columns of one row.
struct Numbers<'a, 'b> {
    writer: &'a mut Writer<'b>,
    tables: &'a Tables,
    block: Block,
    row: usize,
    next: usize,
    /// The words that the memory gives.
    given: std::vec::IntoIter<u32>,
}

impl Numbers<'_, '_> {
    fn column(&mut self, value: impl Into<Fr>) {
        self.writer.set(self.block.at(self.row, self.next), value);
        self.next += 1;
    }

    fn look_up(&mut self, table: Table, entry: usize) -> usize {
        let index = self.tables.index(table, entry);
        count(&mut self.writer.sha256, index as u64);
        index
    }

    fn word(&mut self, word: u32, cut: Cut) {
        if cut == Cut::Limbs {
            self.writer.word(&self.block, self.row, self.next, word);
            self.next += self.writer.layout.capacities.word_limbs();
        }
        for (begins, length) in cut.pieces() {
            let piece = word >> begins & (u32::MAX >> (u32::BITS - length));
            self.column(piece);
            if length > 1 {
                self.column(spread(piece));
                self.look_up(Table::Pieces(length), piece as usize);
            }
        }
    }
}

impl Gates for Numbers<'_, '_> {
    type Word = u32;

    fn given(&mut self, _: (&'static str, usize), cut: Cut) -> u32 {
        let word = self.given.next().unwrap_or(0);
        self.word(word, cut);
        word
    }

    fn add(&mut self, _: (&'static str, usize), sum: Sum<'_, u32>, cut: Cut) -> u32 {
        let of = |words: &[&u32]| words.iter().map(|word| u64::from(**word)).sum::<u64>();
        let mut total = (sum.number + of(&sum.plus)).wrapping_sub(of(&sum.minus));
        for (Digits { function, words }, lane) in sum.functions.iter().flatten().zip(Lane::ALL) {
            let weighted = words.iter().zip(function.weights());
            let digits = weighted.map(|((word, turn), weight)| {
                let turned = match turn {
                    Turn::Rotate(distance) => word.rotate_right(*distance),
                    Turn::Shift(distance) => *word >> distance,
                };
                spread(turned) * u128::from(weight)
            });
            let (result, indices) = function.look_up(digits.sum());
            for (position, entry) in (0..).zip(indices) {
                let index = self.look_up(Table::Chunks(*function, lane, position), entry);
                let chunk = self.tables.chunks.get(index).copied().unwrap_or_default();
                self.column(chunk);
            }
            total += u64::from(result);
        }
        let word = total as u32;
        self.word(word, cut);
        self.writer.look_up(total >> u32::BITS);
        word
    }
}
