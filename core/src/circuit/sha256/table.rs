//! The fixed tables of SHA-256. Each is a lookup argument of its own.

use super::function::{Function, Lane};
use super::spread;

/// A fixed table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// The numbers of this many bits, each with its spread form.
    Pieces(u32),
    /// The chunks of digits at a position of a word, each with the result of a function. The position is in the entries,
    /// so that the sum of a word's entries holds the digits and the result of the word.
    Chunks(Function, Lane, u32),
}

/// Lengths of pieces that have a table. A piece of one bit is a boolean, and its own spread form.
const LENGTHS: [u32; 9] = [2, 3, 4, 5, 6, 7, 9, 10, 11];
/// Functions of each lane.
const FUNCTIONS: [(Function, Lane); 4] = [
    (Function::Parity, Lane::First),
    (Function::Parity, Lane::Second),
    (Function::Majority, Lane::Second),
    (Function::Choice, Lane::Second),
];
const COUNT: usize = {
    let (mut count, mut index) = (LENGTHS.len(), 0);
    while index < FUNCTIONS.len() {
        count += FUNCTIONS[index].0.chunks() as usize;
        index += 1;
    }
    count
};

/// Every table, in the order in which their entries are laid out.
pub const TABLES: [Table; COUNT] = {
    let mut tables = [Table::Pieces(0); COUNT];
    let (mut next, mut index) = (0, 0);
    while index < LENGTHS.len() {
        tables[next] = Table::Pieces(LENGTHS[index]);
        (next, index) = (next + 1, index + 1);
    }
    index = 0;
    while index < FUNCTIONS.len() {
        let (function, lane) = FUNCTIONS[index];
        let mut position = 0;
        while position < function.chunks() {
            tables[next] = Table::Chunks(function, lane, position);
            (next, position) = (next + 1, position + 1);
        }
        index += 1;
    }
    tables
};

/// What an entry holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A piece and its spread form.
    Piece(u32, u128),
    /// Digits, the lane that they are in, and the result, at their places in the word.
    Chunk(u128, Lane, u32),
}

impl Table {
    /// The number of entries.
    pub const fn rows(self) -> usize {
        match self {
            Table::Pieces(length) => 1 << length,
            Table::Chunks(function, _, position) => function
                .results()
                .len()
                .pow(function.digits_of_chunk(position)),
        }
    }

    /// Its place among [`TABLES`], if it is one of them.
    pub fn place(self) -> Option<usize> {
        TABLES.iter().position(|table| *table == self)
    }
}

/// The entries of a table, in order.
pub fn entries(table: Table) -> impl Iterator<Item = Entry> {
    (0..table.rows()).map(move |index| match table {
        Table::Pieces(_) => Entry::Piece(index as u32, spread(index as u32)),
        Table::Chunks(function, lane, position) => {
            let (mut rest, mut digits, mut result) = (index, 0, 0);
            for place in 0..function.digits_of_chunk(position) {
                let (bit, base) = (
                    position * function.chunk() + place,
                    function.results().len(),
                );
                digits += (rest % base) as u128 * spread(1 << bit);
                result |= function.results()[rest % base] << bit;
                rest /= base;
            }
            Entry::Chunk(digits, lane, result)
        }
    })
}

/// The index of a table's first entry among those of all tables.
pub fn first_entry(place: usize) -> usize {
    TABLES.iter().take(place).map(|table| table.rows()).sum()
}

/// The entries of all tables.
pub fn total_entries() -> usize {
    first_entry(TABLES.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    /// The entries that the digits of a word are looked up as add up to the digits and the result.
    #[test]
    fn the_entries_of_a_word_hold_its_digits_and_its_result() {
        let mut random = rand::rngs::OsRng;
        for (function, lane) in FUNCTIONS {
            let bits: [u32; 3] = random.r#gen();
            let [x, y, z] = bits;
            let weighted = bits.into_iter().zip(function.weights());
            let digits = weighted.map(|(word, weight)| spread(word) * u128::from(weight));
            let digits: u128 = digits.sum();
            let (result, indices) = function.look_up(digits);
            let expected = match function {
                Function::Parity => x ^ y ^ z,
                Function::Majority => (x & y) | (x & z) | (y & z),
                Function::Choice => (x & y) | (!x & z),
            };
            assert_eq!(result, expected);
            let (mut all_digits, mut all_results) = (0, 0);
            for (position, index) in (0..).zip(indices) {
                let table = Table::Chunks(function, lane, position);
                let Some(Entry::Chunk(digits, _, result)) = entries(table).nth(index) else {
                    panic!("no entry {index} of {table:?}");
                };
                (all_digits, all_results) = (all_digits + digits, all_results | result);
            }
            assert_eq!((all_digits, all_results), (digits, result));
        }
    }

    #[test]
    fn each_table_is_there_once_and_has_the_entries_that_it_says() {
        for (place, table) in TABLES.into_iter().enumerate() {
            assert_eq!(table.place(), Some(place));
            let found: Vec<Entry> = entries(table).collect();
            assert_eq!(found.len(), table.rows());
            assert_eq!(first_entry(place + 1) - first_entry(place), found.len());
        }
        assert_eq!(TABLES.len(), 44);
    }

    /// Every cut has a table for each of its pieces.
    #[test]
    fn every_piece_has_a_table() {
        use crate::circuit::sha256::Cut;
        for cut in [
            Cut::Plain,
            Cut::A,
            Cut::E,
            Cut::Early,
            Cut::Late,
            Cut::Middle,
        ] {
            let bits: u32 = cut.lengths().iter().sum();
            assert_eq!(bits, u32::BITS, "{cut:?}");
            let tables = cut.lengths().iter().filter(|length| **length > 1);
            for length in tables {
                assert!(Table::Pieces(*length).place().is_some(), "{length}");
            }
        }
    }
}
