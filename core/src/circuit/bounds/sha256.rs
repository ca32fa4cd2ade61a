//! Facts 2 and 13 for SHA-256: pieces, functions by tables of chunks, and additions modulo 2^32 whose one equation also
//! holds the digits of two functions.
//!
//! Each lookup is of one committed value, or of a pair of which one is under β. The numerator is 1. So by fact 2 each
//! piece has its length and its own spread form, and each chunk is an entry, whatever else the equations say.

use super::context::Sum;
use super::tuples::Tuple;
use super::{Basis, Bounded, Context, Fact, Interval, Numerator};
use crate::circuit::builder::Lc;
use crate::circuit::family::Family;
use crate::circuit::field::pow2;
use crate::circuit::sha256::{Entry, Function, Lane, TABLES, Table, entries, spread};
use crate::circuit::tuple::{SHA256_ADDITION, shift_of_lane};
use crate::circuit::variable::Var;
use ark_bls12_381::Fr;
use ark_ff::{Field, Zero};

/// The result of a function, as the sum of the entries of its chunks. The result and the digits are no expressions of
/// their own: an entry holds both.
pub(in crate::circuit) struct LookedUp {
    entries: Lc,
    function: Function,
    lane: Lane,
}

/// A function's result, and the digits of which it is to be the result.
pub(in crate::circuit) struct Applied {
    /// The entries.
    pub found: LookedUp,
    /// The weighted sum of three spread words.
    pub digits: Bounded,
}

impl Context<'_> {
    /// Requires a number of so many bits, and its spread form. The columns of a single bit are one.
    pub fn piece(&mut self, length: u32, columns: &[Var]) -> [Bounded; 2] {
        let family = Family::Sha256Pieces;
        match (length, columns) {
            (1, [bit]) => {
                let bit = self.boolean(family, *bit);
                [bit.clone(), bit]
            }
            (_, [number, form]) => {
                self.require_committed("a piece", &(*number).into());
                let scaled = self.times_beta(family, *form);
                let tuple = Tuple::single((*number).into()).under_beta(scaled);
                self.look_up(family, Table::Pieces(length), tuple);
                let greatest = u32::MAX >> (u32::BITS - length);
                let known = |var: Var, greatest: i128| {
                    Bounded::known(var, Interval::of(0, greatest), Basis::of(Fact::Ranges))
                };
                [
                    known(*number, greatest.into()),
                    known(*form, spread(greatest) as i128),
                ]
            }
            _ => {
                let why = format!("of {} columns", columns.len());
                self.ledger.refuse("a piece", "columns", why);
                [Bounded::constant(0), Bounded::constant(0)]
            }
        }
    }

    /// Requires each of these to be an entry of the function's table for its position.
    pub fn chunks(&mut self, function: Function, lane: Lane, chunks: &[Var]) -> LookedUp {
        let family = Family::Sha256Functions;
        if chunks.len() != function.chunks() as usize {
            let why = format!("of {} chunks", chunks.len());
            self.ledger.refuse("a function", "chunks", why);
        }
        let mut sum = Lc::zero();
        for (position, chunk) in (0..).zip(chunks) {
            self.require_committed("a chunk", &(*chunk).into());
            let alone = Tuple::single((*chunk).into());
            self.look_up(family, Table::Chunks(function, lane, position), alone);
            sum = sum + *chunk;
        }
        LookedUp {
            entries: sum,
            function,
            lane,
        }
    }

    fn look_up(&mut self, family: Family, table: Table, tuple: Tuple) {
        match table.place() {
            Some(place) => self.add(Sum::Sha256(place), family, tuple, Numerator::one()),
            None => {
                let why = "of which there is no table".into();
                self.ledger.refuse("a lookup", "a length", why);
            }
        }
    }

    /// Requires `word` to be the terms plus the functions' results, modulo 2^32, and each function's digits to be those
    /// of its entries.
    ///
    /// The equation is (terms + results − word − 2^32·carry) + 2^53·(first entries − first digits) + 2^152·(second
    /// entries − second digits) = 0. The carry is defined as what makes it true, and is looked up in the range table. So
    /// each of the three fields is a bounded integer, and a sum of three fields that is zero has three fields that are
    /// zero (the widths of the format ensure this).
    pub fn added(&mut self, terms: &Bounded, functions: Vec<Applied>, word: &Bounded) {
        let family = Family::Sha256Additions;
        let basis = Basis::of(Fact::Ranges);
        // Entries hold two fields each. So the fields have their bounds here, and the entries are added below.
        let field = |greatest| Bounded::known(Lc::zero(), Interval::of(0, greatest), basis);
        let mut sum = terms.clone() - word;
        let mut digits = [Bounded::constant(0), Bounded::constant(0)];
        let mut found = Lc::zero();
        for (applied, (lane, digits)) in functions
            .into_iter()
            .zip(Lane::ALL.into_iter().zip(&mut digits))
        {
            if applied.found.lane != lane {
                let why = "of another lane".into();
                self.ledger.refuse("an addition", "a function", why);
            }
            sum = sum + field(u32::MAX.into());
            let greatest = applied.found.function.greatest_digits();
            *digits = field(greatest) - &applied.digits;
            found = found + applied.found.entries;
        }
        // Powers of two in place of the exact ends, for people who read the ledger.
        let [first, second] = digits;
        let first = first.or_within(-(1 << 95), 1 << 95);
        let second = second.or_within(-(1 << 96), 1 << 96);
        let sum = sum.or_within(0, 1 << 35);
        let without_carry = sum.lc()
            + first.lc() * pow2(shift_of_lane(Lane::First))
            + second.lc() * pow2(shift_of_lane(Lane::Second))
            + found.clone();
        let unit = pow2(u32::BITS).inverse().unwrap_or(Fr::zero());
        let carry = self.range(family, (without_carry * unit).merged());
        let sum = sum - carry.times(1 << u32::BITS);
        let packed = self
            .pack(&SHA256_ADDITION, "addition", &[sum, first, second], 0)
            .plus(found);
        if !packed.lc().merged().0.is_empty() {
            let why = "which is not what the carry leaves".into();
            self.ledger.refuse("an addition", "the sum", why);
        }
    }

    /// The fixed tables of SHA-256.
    pub fn sha256_tables(&mut self) {
        let block = self.layout.sha256_table;
        let mut row = 0;
        for (place, table) in TABLES.into_iter().enumerate() {
            if block.rows == 0 {
                return;
            }
            for entry in entries(table) {
                let tuple = match entry {
                    Entry::Piece(number, form) => Tuple::single(Lc::constant(u64::from(number)))
                        .under_beta(self.number_times_beta(Fr::from(form))),
                    Entry::Chunk(..) => Tuple::single(Lc::constant(chunk(entry))),
                };
                let times = Numerator::Multiplicity(block.at(row, 0));
                self.take(Sum::Sha256(place), Family::Sha256Tables, tuple, times);
                row += 1;
            }
        }
    }
}

/// The number that a chunk's entry is; for a piece, the piece.
pub(in crate::circuit) fn chunk(entry: Entry) -> Fr {
    match entry {
        Entry::Piece(number, _) => Fr::from(number),
        Entry::Chunk(digits, lane, result) => {
            Fr::from(digits) * pow2(shift_of_lane(lane)) + Fr::from(result)
        }
    }
}
