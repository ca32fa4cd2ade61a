//! The rows of the SHA-256 table of a false witness: honest ones, and ones with a lie that all that follows agrees with.

use super::{FalseWitness, Port, fr, integer, key};
use ark_bls12_381::Fr;
use ark_ff::{Field, PrimeField, Zero};
use provable::circuit::Layout;
use provable::circuit::field::pow2;
use provable::circuit::sha256::{
    ACTIVE, AGE, BLOCK, BLOCK_WORDS, Cut, Digits, Gates, Lane, STATE, STATE_WORDS, Sum, TIME, Turn,
    WORDS, compress, spread,
};
use provable::circuit::tuple::{Space, shift_of_lane};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a row of the table claims.
#[derive(Clone, Debug)]
pub struct Hash {
    pub active: Fr,
    pub time: Fr,
    /// The addresses of the block and of the state.
    pub block: Fr,
    pub state: Fr,
    /// The value and the age of each cell that is taken: those of the block, then those of the state.
    pub cells: Vec<(Fr, Fr)>,
    /// What the row computes falsely.
    pub lies: Vec<(usize, Lie)>,
}

/// What is false in a word, given or computed. The number with it is the word's, in the order of [`compress`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// Another word: some bits are the opposite.
    Word(u32),
    /// A number that is more than the word by this many times 2^32.
    Over(i64),
    /// A piece has the spread form of another number. A piece of a single bit is that number.
    Piece(usize, u32),
    /// The result of a chunk of a lane's function is more by a number, and the word with it.
    Result(usize, u32, u32),
    /// A chunk is the entry of another digit: lane, number of the digit, the digit. The word is what follows from the entry.
    Digit(usize, u32, usize),
}

impl Lie {
    /// The number of words, given and computed.
    pub const WORDS: usize = BLOCK_WORDS + STATE_WORDS + 48 + 2 * 64 + 6;
}

impl FalseWitness<'_> {
    /// The honest claim of a row that is requested: the cells as they are, the block's first. A cell that is in both is taken by
    /// the block's reads, and put again.
    pub(super) fn requested(&self, now: i64, block: Fr, state: Fr) -> Hash {
        let mut put = BTreeMap::new();
        let places = places(block, BLOCK_WORDS).chain(places(state, STATE_WORDS));
        let cells = places.map(|place| {
            let (zero, first) = ((Fr::zero(), 0), self.memory.get(&place).copied());
            let before = put.get(&place).copied().or(first);
            let (value, time) = before.unwrap_or(zero);
            put.insert(place, (value, now));
            (value, fr(now - 1 - time))
        });
        Hash {
            active: fr(1),
            time: fr(now),
            block,
            state,
            cells: cells.collect(),
            lies: Vec::new(),
        }
    }

    /// Writes the next row of the table, and replaces its cells.
    pub(super) fn compress(&mut self, row: usize, hash: &Hash) {
        let [block, state, result] = self.row(self.compressed, hash);
        self.compressed += 1;
        let old = block.iter().chain(&state);
        let new = block.iter().chain(&result);
        let places = places(hash.block, BLOCK_WORDS).chain(places(hash.state, STATE_WORDS));
        let now = integer(hash.time);
        for (index, (place, (old, new))) in places.zip(old.zip(new)).enumerate() {
            let age = hash.cells.get(index).map_or(0, |cell| integer(cell.1));
            self.removed.push((place, now - 1 - age, 1, old.number));
            self.takers.push((row, Port::Hash(index)));
            self.memory.insert(place, (new.number, now));
            self.added.push((place, now, 1, new.number));
        }
    }

    /// The rows that no step row requests.
    pub(super) fn idle_compressions(&mut self) {
        let zero = Fr::zero();
        let idle = Hash {
            active: zero,
            time: zero,
            block: zero,
            state: zero,
            cells: vec![(zero, zero); BLOCK_WORDS + STATE_WORDS],
            lies: Vec::new(),
        };
        for row in self.compressed..self.case.circuit.layout.sha256.rows {
            self.row(row, &idle);
        }
    }

    /// Writes a row, if the table has it. Returns the block, the state before and the state afterwards.
    fn row(&mut self, row: usize, hash: &Hash) -> [Vec<Word>; 3] {
        let layout = self.case.circuit.layout.clone();
        let (block, state) = hash.cells.split_at(BLOCK_WORDS.min(hash.cells.len()));
        let mut numbers = Numbers {
            layout: &layout,
            excess: self.excess.unwrap_or(0),
            lies: &hash.lies,
            words: 0,
            columns: Vec::new(),
            given: state.iter().chain(block).map(|cell| cell.0).collect(),
        };
        let written = compress(&mut numbers);
        let columns = numbers.columns;
        if row < layout.sha256.rows {
            for (column, value) in [
                (ACTIVE, hash.active),
                (TIME, hash.time),
                (BLOCK, hash.block),
                (STATE, hash.state),
            ] {
                self.put(layout.sha256.at(row, column), value);
            }
            for (index, (_, age)) in hash.cells.iter().enumerate() {
                self.put(layout.sha256.at(row, AGE + index), *age);
            }
            for (index, value) in columns.into_iter().enumerate() {
                self.put(layout.sha256.at(row, WORDS + index), value);
            }
        }
        [written.block, written.state, written.result]
    }
}

/// The columns from [`WORDS`] on of an honest row with these words, those of the block first.
pub fn columns(layout: &Layout, words: [Fr; BLOCK_WORDS + STATE_WORDS]) -> Vec<Fr> {
    let (block, state) = words.split_at(BLOCK_WORDS);
    let mut numbers = Numbers {
        layout,
        excess: 0,
        lies: &[],
        words: 0,
        columns: Vec::new(),
        given: state.iter().chain(block).copied().collect(),
    };
    compress(&mut numbers);
    numbers.columns
}

/// Powers of two. A row takes thousands.
static POWERS: LazyLock<Vec<Fr>> = LazyLock::new(|| (0..256).map(pow2).collect());

fn power(n: u32) -> Fr {
    POWERS[n as usize]
}

/// The keys of heap cells.
fn places(address: Fr, count: usize) -> impl Iterator<Item = i64> {
    let first = key(Space::Heap) + integer(address);
    (first..).take(count)
}

/// A word as it is committed.
pub(super) struct Word {
    /// What its limbs or pieces add up to.
    number: Fr,
    word: u32,
    /// Where each piece begins, and its spread form.
    pieces: Vec<(u32, u128)>,
}

impl Word {
    /// The spread form after a turn.
    fn turned(&self, turn: Turn) -> u128 {
        let (Turn::Rotate(distance) | Turn::Shift(distance)) = turn;
        let places = self.pieces.iter().filter_map(|(begins, form)| {
            let to = match (begins.checked_sub(distance), turn) {
                (Some(to), _) => to,
                (None, Turn::Rotate(_)) => begins + u32::BITS - distance,
                (None, Turn::Shift(_)) => return None,
            };
            Some(form << (3 * to))
        });
        places.sum()
    }
}

/// Computes the columns of a row.
struct Numbers<'a> {
    layout: &'a Layout,
    /// The limb or piece that takes what is more than a word.
    excess: usize,
    lies: &'a [(usize, Lie)],
    /// The words so far.
    words: usize,
    columns: Vec<Fr>,
    given: std::collections::VecDeque<Fr>,
}

impl Numbers<'_> {
    fn lies(&self) -> impl Iterator<Item = Lie> + use<> {
        let own = self.lies.iter().filter(|(word, _)| *word == self.words);
        own.map(|(_, lie)| *lie).collect::<Vec<_>>().into_iter()
    }

    /// Commits the next word, which is `word` and a number beside it.
    fn commit(&mut self, mut word: u32, mut over: Fr, cut: Cut) -> Word {
        let mut forms: Vec<(usize, u32)> = Vec::new();
        for lie in self.lies() {
            match lie {
                Lie::Word(bits) => word ^= bits,
                Lie::Over(times) => over += fr(times) * power(u32::BITS),
                Lie::Piece(index, other) => forms.push((index, other)),
                Lie::Result(..) | Lie::Digit(..) => {}
            }
        }
        self.words += 1;
        let mut parts: Vec<(u32, u32)> = cut.pieces().collect();
        let limbs = parts.is_empty();
        if limbs {
            let bits = self.layout.capacities.range_bits;
            let count = self.layout.capacities.word_limbs() as u32;
            parts = (0..count).map(|limb| (bits * limb, bits)).collect();
        }
        let (mut number, mut pieces) = (Fr::zero(), Vec::new());
        let takes = self.excess % parts.len();
        for (index, (begins, length)) in parts.into_iter().enumerate() {
            let kept = u32::MAX >> (u32::BITS - length.min(u32::BITS));
            let part = word >> begins & kept;
            let mut value = Fr::from(part);
            if index == takes && !over.is_zero() {
                value += over * power(begins).inverse().unwrap_or_default();
            }
            let other = forms.iter().find(|(piece, _)| *piece == index);
            let other = other.map(|(_, other)| *other).filter(|_| !limbs);
            let mut form = spread(other.unwrap_or(part));
            if let (1, Some(other)) = (length, other) {
                (value, form) = (Fr::from(other), u128::from(other));
            }
            number += value * power(begins);
            self.columns.push(value);
            if !limbs {
                pieces.push((begins, form));
                if length > 1 {
                    self.columns.push(Fr::from(form));
                }
            }
        }
        Word {
            number,
            word,
            pieces,
        }
    }
}

impl Gates for Numbers<'_> {
    type Word = Word;

    fn given(&mut self, _: (&'static str, usize), cut: Cut) -> Word {
        let value = self.given.pop_front().unwrap_or_default();
        let word = value.into_bigint().0[0] as u32;
        let small = value - Fr::from(word);
        match integer(value) {
            // No small integer: the whole of it is excess.
            number if number == i64::MAX >> 1 => self.commit(0, value, cut),
            _ => self.commit(word, small, cut),
        }
    }

    fn add(&mut self, _: (&'static str, usize), sum: Sum<'_, Word>, cut: Cut) -> Word {
        let of = |words: &[&Word]| words.iter().map(|word| u64::from(word.word)).sum::<u64>();
        let mut total = (sum.number + of(&sum.plus)).wrapping_sub(of(&sum.minus));
        let functions = sum.functions.iter().flatten().zip(Lane::ALL);
        for (index, (Digits { function, words }, lane)) in functions.enumerate() {
            let weighted = words.iter().zip(function.weights());
            let mut digits: u128 = weighted
                .map(|((word, turn), weight)| word.turned(*turn) * u128::from(weight))
                .sum();
            let mut more = BTreeMap::new();
            for lie in self.lies() {
                match lie {
                    Lie::Digit(which, place, digit) if which == index => {
                        let digit = digit % function.results().len();
                        digits &= !(7 << (3 * place));
                        digits |= (digit as u128) << (3 * place);
                    }
                    Lie::Result(which, position, number) if which == index => {
                        more.insert(position % function.chunks(), number);
                    }
                    _ => {}
                }
            }
            let (result, _) = function.look_up(digits);
            for position in 0..function.chunks() {
                let (first, count) = (
                    position * function.chunk(),
                    function.digits_of_chunk(position),
                );
                let own = digits >> (3 * first) & ((1 << (3 * count)) - 1);
                let bits = result >> first & ((1 << count) - 1);
                let extra = more.get(&position).copied().unwrap_or(0);
                let digits = Fr::from(own << (3 * first)) * power(shift_of_lane(lane));
                self.columns
                    .push(digits + Fr::from(bits << first) + Fr::from(extra));
                total = total.wrapping_add(extra.into());
            }
            total = total.wrapping_add(result.into());
        }
        self.commit(total as u32, Fr::zero(), cut)
    }
}
