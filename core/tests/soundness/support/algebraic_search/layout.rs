//! What depends on the names of columns, bits and spaces. Everything else is read from the matrices.

use super::answers::number;
use super::form::{Form, Poly, integer, small};
use super::rows::Rows;
use super::system::Contradiction;
use ark_bls12_381::Fr;
use ark_ff::{One, Zero};
use provable::circuit::Layout;
use provable::circuit::cost::Table;
use provable::circuit::encoding::{BITS, Bit, COLUMNS};
use provable::circuit::field::FieldEntry;
use provable::circuit::field::pow2;
use provable::circuit::layout::{arithmetic, bitwise, compare, heap, leftover, step};
use provable::circuit::operations::*;
use provable::circuit::tuple::{FETCH, Space, digits, packed_first, packed_public};
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

/// The control bits that rows can have without a table of SHA-256.
pub const WIDTH: usize = Bit::Write as usize + 1;

/// Indices into the layout's blocks.
pub const STEP: usize = 0;
pub const HEAP: usize = 1;
pub const LEFT: [usize; 2] = [3, 4];
/// The coprocessors' tables: arithmetic, bitwise, comparisons.
pub const ANSWERS: [usize; 3] = [6, 7, 8];
/// The number for the cells of the tapes, which belong to no block.
pub const TAPES: usize = 99;

/// Depth, calls, read, written.
pub type Counters = [i64; 4];
const COUNTERS: [usize; 4] = [step::DEPTH, step::CALLS, step::READ, step::WRITTEN];

const POPS: [Bit; 5] = [Bit::Add, Bit::Sub, Bit::Cop, Bit::CopCarry, Bit::Drop];

pub fn has(bits: u64, bit: Bit) -> bool {
    bits >> bit as u32 & 1 == 1
}

fn count(bits: u64, some: &[Bit]) -> i64 {
    some.iter().filter(|bit| has(bits, **bit)).count() as i64
}

/// The counters after a row with these bits.
pub fn after(bits: u64, before: Counters) -> Counters {
    let [depth, calls, read, written] = before;
    let one = |bit| i64::from(has(bits, bit));
    [
        depth + one(Bit::Push) - count(bits, &POPS) + one(Bit::Here),
        calls + one(Bit::Call) - one(Bit::Ret),
        read + one(Bit::Read),
        written + one(Bit::Write),
    ]
}

/// Whether a row with these bits jumps, by how its zero test comes out.
pub fn jumps(bits: u64, zero: bool) -> bool {
    match (has(bits, Bit::Jz), has(bits, Bit::Jnz)) {
        (true, true) => true,
        (false, false) => false,
        (jz, _) => jz == zero,
    }
}

/// Whether the next pc comes from memory.
pub fn returns(bits: u64) -> bool {
    has(bits, Bit::Ret)
}

/// Whether an entry at a position is the machine at rest.
pub fn rests(entry: &FieldEntry) -> bool {
    *entry == FieldEntry::halt()
}

/// Whether a row computes a carry.
pub fn carries(bits: u64) -> bool {
    let some = [Bit::Add, Bit::Sub, Bit::Imm, Bit::Cop, Bit::CopCarry];
    count(bits, &some) > 0
}

/// Control bits of a number, if it is one of that many bits.
pub fn bits(number: i64) -> Option<u64> {
    (0..1 << WIDTH).contains(&number).then_some(number as u64)
}

/// The same with the bit of the tiers that have a table of SHA-256.
pub fn wide_bits(number: i64) -> Option<u64> {
    (0..1 << BITS).contains(&number).then_some(number as u64)
}

/// Sets the columns that the skeleton determines (bits, carry, counters), and the range of the result.
pub fn prepare(rows: &mut Rows<'_>, row: usize, bits: u64, carry: bool, counters: Counters) {
    let block = rows.wiring.circuit.layout.step;
    for bit in 0..COLUMNS {
        rows.know(block.at(row, step::BIT + bit).0, Fr::from(bits >> bit & 1));
    }
    rows.know(block.at(row, step::CARRY).0, Fr::from(u64::from(carry)));
    for (column, value) in COUNTERS.into_iter().zip(counters) {
        rows.know(block.at(row, column).0, integer(value.into()));
    }
    rows.system
        .range(block.at(row, step::LIMB).0, 0, i64::from(u32::MAX));
    for column in step::LIMB + 1..block.width {
        rows.know(block.at(row, column).0, Fr::zero());
    }
    if let Some(hash) = rows.wiring.circuit.layout.hash() {
        let hashes = Fr::from(u64::from(has(bits, Bit::Hash)));
        rows.know(block.at(row, hash).0, hashes);
    }
}

/// What a row that fetches an entry looks up: `pc + 2^80·bits + β·operand`.
pub fn fetched(position: usize, entry: &FieldEntry) -> Poly {
    let [_, at_bits] = FETCH.fields else {
        return Poly::default();
    };
    let packed = Fr::from(position as u64) + pow2(at_bits.shift) * Fr::from(entry.bits);
    let mut poly = Poly(vec![Form::constant(packed), Form::constant(entry.operand)]);
    poly.tidy();
    poly
}

/// The columns of position and operand, which the fetch determines.
pub fn fetched_columns(layout: &Layout, row: usize) -> [u32; 2] {
    [step::PC, step::OPERAND].map(|column| layout.step.at(row, column).0)
}

/// The top register at a row.
pub fn top(layout: &Layout, row: usize) -> u32 {
    layout.step.at(row, step::TOP).0
}

/// A cell of the heap's table: any address, and limbs that the writer finds.
pub fn prepare_heap(rows: &mut Rows<'_>, row: usize) {
    let block = rows.wiring.circuit.layout.heap;
    // The order of the addresses does not matter here, because the writer sorts them.
    rows.system
        .range(block.at(row, heap::ADDRESS).0, 0, i64::from(u32::MAX));
    for column in heap::LIMB..block.width {
        rows.know(block.at(row, column).0, Fr::zero());
    }
}

/// A cell that is left on a stack, if it is asked for.
pub fn prepare_left(rows: &mut Rows<'_>, which: usize, row: usize) {
    let block = *rows.wiring.circuit.layout.blocks()[LEFT[which]];
    rows.know(block.at(row, leftover::ACTIVE).0, Fr::from(1u64));
}

/// The operation in the question of a row.
pub fn asked(rows: &Rows<'_>, row: usize) -> Option<u64> {
    let operand = rows.known(rows.wiring.circuit.layout.step.at(row, step::OPERAND).0)?;
    operation(small(operand)?).map(|(op, _)| op)
}

/// The word in the operand of a row that asks.
pub fn asked_word(rows: &Rows<'_>, row: usize) -> Option<u32> {
    let operand = rows.known(rows.wiring.circuit.layout.step.at(row, step::OPERAND).0)?;
    operation(small(operand)?).map(|(_, word)| word)
}

/// The columns whose words a row asks about.
pub fn operands(layout: &Layout, row: usize) -> [u32; 2] {
    [step::FILL, step::TOP].map(|column| layout.step.at(row, column).0)
}

/// The table that answers an operation.
pub fn serves(op: u64) -> usize {
    match table(op) {
        Table::Bitwise => ANSWERS[1],
        Table::Compare => ANSWERS[2],
        _ => ANSWERS[0],
    }
}

/// Where the words of a table's row begin that are in limbs.
pub fn words(layout: &Layout, block: usize) -> Vec<usize> {
    let limbs = layout.capacities.word_limbs();
    let (first, count) = match ANSWERS.map(|known| known == block) {
        [true, ..] => (arithmetic::LIMB, arithmetic::WORDS),
        [_, _, true] => (compare::LIMB, compare::WORDS),
        _ => (0, 0),
    };
    (0..count).map(|word| first + word * limbs).collect()
}

/// Draws what is discrete in a row that answers a question: booleans, or digits. With an operation, they are those of the
/// operation, as far as its table has it.
pub fn prepare_answer(
    rows: &mut Rows<'_>,
    (which, row): (usize, usize),
    op: Option<u64>,
    rng: &mut StdRng,
) {
    let layout = &rows.wiring.circuit.layout;
    let block = *layout.blocks()[which];
    let limbs = layout.capacities.word_limbs();
    for first in words(layout, which) {
        rows.system
            .range(block.at(row, first).0, 0, i64::from(u32::MAX));
        for column in first + 1..first + limbs {
            rows.know(block.at(row, column).0, Fr::zero());
        }
    }
    let booleans: &[usize] = match ANSWERS.map(|known| known == which) {
        [true, ..] => &[arithmetic::UPWARD, arithmetic::SHIFT, arithmetic::QUOTIENT],
        [_, _, true] => &[compare::KIND, compare::KIND + 1, compare::CARRY],
        _ => &[],
    };
    let mut drawn = [0u64; 3];
    for _ in 0..32 {
        drawn = [0; 3].map(|_: u64| rng.gen_range(0..2));
        let [first, second, third] = drawn;
        let made = match ANSWERS.map(|known| known == which) {
            [true, ..] => COP_MOD + first + 2 * second + 4 * third,
            _ => COP_LT + first + 2 * second,
        };
        // A row of the arithmetic table has two numbers.
        if op.is_none_or(|op| op == made || op == made + SECOND) {
            break;
        }
    }
    for (column, value) in booleans.iter().zip(drawn) {
        rows.know(block.at(row, *column).0, Fr::from(value));
    }
    if which == ANSWERS[1] {
        let width = layout.capacities.digit_bits();
        let table = digits(width);
        let mut word = || match rows.hints.choose(rng) {
            Some(hint) if rng.r#gen() => *hint,
            _ => number(rng),
        };
        let (x, y) = (word(), word());
        let kinds = [COP_AND, COP_OR, COP_XOR];
        let kind = kinds.iter().position(|kind| Some(*kind) == op);
        let kind = kind.unwrap_or_else(|| rng.gen_range(0..3));
        let digit = |word: u32, place: u32| (word >> (place * width)) as usize & ((1 << width) - 1);
        for place in 0..32 / width {
            let index = (((kind << width) | digit(y, place)) << width) | digit(x, place);
            let var = block.at(row, bitwise::DIGIT + place as usize).0;
            rows.know(var, table[index]);
        }
    }
}

/// An entry of the table of powers of two.
pub fn power(amount: u64) -> Poly {
    let power = Form::constant(pow2(amount as u32));
    let mut poly = Poly(vec![Form::constant(Fr::from(amount)), power]);
    poly.tidy();
    poly
}

/// The verifier's tuples of a word of the heap at the start: the word, which it puts, and the first tuple of the cell, which it
/// takes.
pub fn datum(address: u32, word: u32) -> [Poly; 2] {
    let address = || Form::constant(Fr::from(address));
    [
        (packed_public(Space::Heap), Fr::from(word)),
        (packed_first(Space::Heap), Fr::zero()),
    ]
    .map(|(packed, word)| {
        Poly(vec![
            Form::constant(packed),
            Form::constant(word),
            address(),
        ])
    })
    .map(|mut poly| {
        poly.tidy();
        poly
    })
}

/// The verifier's tuple of a word of the public input.
pub fn input(index: usize, word: u32) -> Poly {
    public(Space::Input, index, Form::constant(Fr::from(word)))
}

/// The verifier's tuple of a claimed word of the output.
pub fn output(index: usize, word: u32) -> Poly {
    public(Space::Output, index, Form::var(word))
}

fn public(space: Space, index: usize, word: Form) -> Poly {
    let address = Form::constant(Fr::from(index as u64));
    let mut poly = Poly(vec![Form::constant(packed_public(space)), word, address]);
    poly.tidy();
    poly
}

/// A claimed word of the output.
pub fn claimed(rows: &mut Rows<'_>) -> Result<u32, Contradiction> {
    rows.fresh(0, i64::from(u32::MAX))
}

/// What the skeleton needs of a row of an assignment.
pub struct Seen {
    pub entry: usize,
    pub carry: bool,
    /// What a jump tests.
    pub tested: Fr,
    pub counters: Counters,
}

/// Reads a row by its columns; `None` if it is no honest one.
pub fn columns(value: impl Fn(usize) -> Fr) -> Option<Seen> {
    let number = |column| small(value(column)).and_then(|number| i64::try_from(number).ok());
    let [depth, calls, read, written] = COUNTERS.map(number);
    let popped = value(step::BIT + Bit::Drop as usize).is_one();
    Some(Seen {
        entry: usize::try_from(number(step::PC)?).ok()?,
        carry: value(step::CARRY).is_one(),
        tested: value(if popped { step::TOP } else { step::FLAG }),
        counters: [depth?, calls?, read?, written?],
    })
}

impl Rows<'_> {
    /// Puts the words of an assignment together, as [`prepare`] takes them for one variable each.
    pub fn join(&self, values: &mut [Fr]) {
        let layout = &self.wiring.circuit.layout;
        let base = Fr::from(1u64 << layout.capacities.range_bits);
        for row in 0..layout.step.rows {
            let at = |column| layout.step.at(row, column).0 as usize;
            let limbs = step::LIMB..step::LIMB + layout.capacities.word_limbs();
            values[at(step::LIMB)] = limbs
                .rev()
                .fold(Fr::zero(), |sum, column| sum * base + values[at(column)]);
        }
    }
}
