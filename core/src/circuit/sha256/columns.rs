//! The committed columns of a row, by name.

use super::compression::{Digits, Gates, Sum, compress};
use super::cut::Cut;
use super::{BLOCK_WORDS, STATE_WORDS};

/// Boolean: the row belongs to a step row.
pub const ACTIVE: usize = 0;
/// The time of that step row.
pub const TIME: usize = 1;
/// The address of the block.
pub const BLOCK: usize = 2;
/// The address of the state.
pub const STATE: usize = 3;
/// For each word of the block and then of the state: the distance in time to the cell that is taken, minus one.
pub const AGE: usize = 4;
/// The columns of [`compress`](super::compress) follow, in its order: of each word first the chunks of the functions
/// that it is the sum of, then its limbs, or its pieces with the spread form of each.
pub const WORDS: usize = AGE + BLOCK_WORDS + STATE_WORDS;

/// The number of columns, for words of this many limbs.
pub fn width(limbs: usize) -> usize {
    names(limbs).len()
}

/// The name of each column.
pub fn names(limbs: usize) -> Vec<String> {
    let mut names = Names {
        names: ["active", "time", "block address", "state address"]
            .map(String::from)
            .to_vec(),
        limbs,
    };
    for (what, count) in [("block", BLOCK_WORDS), ("state", STATE_WORDS)] {
        let ages = (0..count).map(|word| format!("{what} {word} age"));
        names.names.extend(ages);
    }
    compress(&mut names);
    names.names
}

struct Names {
    names: Vec<String>,
    limbs: usize,
}

impl Gates for Names {
    type Word = ();

    fn given(&mut self, (what, which): (&'static str, usize), cut: Cut) {
        if cut == Cut::Limbs {
            let limbs = (0..self.limbs).map(|limb| format!("{what} {which} limb {limb}"));
            self.names.extend(limbs);
        }
        for (begins, length) in cut.pieces() {
            self.names.push(format!("{what} {which} bit {begins}"));
            if length > 1 {
                self.names
                    .push(format!("{what} {which} bit {begins} spread"));
            }
        }
    }

    fn add(&mut self, name: (&'static str, usize), sum: Sum<'_, ()>, cut: Cut) {
        let (what, which) = name;
        for (lane, Digits { function, .. }) in sum.functions.iter().flatten().enumerate() {
            let chunk = |position| format!("{what} {which} function {lane} chunk {position}");
            self.names.extend((0..function.chunks()).map(chunk));
        }
        self.given(name, cut);
    }
}
