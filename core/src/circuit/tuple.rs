//! Packing: which fields share one field element, how wide each may be, and why a packed value has one reading.
//!
//! A memory tuple is `time + 2^20·key + 2^80·set + β·value`, the key being `space·2^36 + address`.
//!
//! | field | enforced range | room |
//! | --- | --- | --- |
//! | time | (−2^18, 2^19): a row's number, or that less a range-checked distance | 20 bits, either sign |
//! | address | heap: below 2^58, since a table row adds at most 2^(limbs · range bits) ([`Capacities::are_sound`]); elsewhere below 2^34, and from −2^32 (DUP n with a large n) | heap is the last space and has 60 bits; below the first space lies an unused one |
//! | set | −2, 0 or 1 | the top of the packed part |
//! | value | unbounded | under β, which no other field uses |
//!
//! Times and keys are integers far below their rooms in absolute value, so two packed parts that are equal as
//! field elements are equal field by field; β, drawn after everything is committed, keeps the value apart.

use super::builder::{pow2, Lc, Var};
#[cfg(doc)]
use super::layout::Capacities;
use ark_bls12_381::Fr;

/// Bits of the time field.
pub const TIME_BITS: u32 = 20;
/// Bits of an address inside a key.
pub const SPACE_BITS: u32 = 36;
/// Where the set bit sits.
pub const SET_SHIFT: u32 = 80;

/// What a memory cell is part of. The heap comes last: its keys may grow past any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Space {
    /// Operand stack words below the top.
    Stack = 1,
    /// Return addresses.
    Calls = 2,
    /// Public input.
    Input = 3,
    /// Public output.
    Output = 4,
    /// Heap.
    Heap = 5,
}

impl Space {
    /// The key of address 0.
    pub fn base(self) -> Fr {
        Fr::from(self.base_integer())
    }

    /// The same as an integer.
    pub fn base_integer(self) -> u64 {
        (self as u64) << SPACE_BITS
    }
}

/// What a packed memory tuple is made of, before its value.
pub fn packed(time: impl Into<Lc>, key: impl Into<Lc>, set: impl Into<Lc>) -> Lc {
    time.into() + key.into() * pow2(TIME_BITS) + set.into() * pow2(SET_SHIFT)
}

/// The same with known numbers, for the verifier's own tuples: time 0, set.
pub fn packed_public(space: Space, address: u64) -> Fr {
    Fr::from(space.base_integer() + address) * pow2(TIME_BITS) + pow2(SET_SHIFT)
}

/// Remainder.
pub const COP_MOD: u64 = 1;
/// Low word of the product.
pub const COP_MUL: u64 = 2;
/// Left shift.
pub const COP_SHL: u64 = 4;
/// Quotient.
pub const COP_DIV: u64 = 5;
/// Right shift.
pub const COP_SHR: u64 = 7;
/// Whether the first word is less.
pub const COP_LT: u64 = 9;
/// Whether the words are equal.
pub const COP_EQ: u64 = 10;
/// Whether the first word is greater.
pub const COP_GT: u64 = 11;
/// And. This and the next two say the same in each of their digits, whatever the digit's width.
pub const COP_AND: u64 = 0x5555_5555;
/// Or.
pub const COP_OR: u64 = 0xAAAA_AAAA;
/// Exclusive or.
pub const COP_XOR: u64 = 0xFFFF_FFFF;

/// The coprocessors' operations, distinct across all tables. Each table's booleans make some numbers besides, which no
/// instruction asks for.
pub const OPERATIONS: [u64; 11] = [
    COP_MOD, COP_MUL, COP_SHL, COP_DIV, COP_SHR, COP_LT, COP_EQ, COP_GT, COP_AND, COP_OR, COP_XOR,
];

/// Where a coprocessor tuple's fields begin, in bits; a begins at 0.
pub mod coprocessor_shift {
    /// The operation.
    pub const OP: u32 = 36;
    /// The carry.
    pub const C: u32 = 70;
    /// The result.
    pub const RESULT: u32 = 105;
    /// The second operand.
    pub const B: u32 = 173;
}

/// A coprocessor tuple: `a + 2^36·op + 2^70·c + 2^105·result + 2^173·b`. On the step's side a and b are words (or the
/// number under an empty stack, 2^33), op is below 2^32, c boolean and the result a word. On the table's side a, op
/// and c keep to their rooms, while the result and b may be fractions with a denominator below 2^33 (a quotient, a
/// divisor): times that denominator the fields still do not meet, so that the two sides agree field by field.
pub fn coprocessor(
    op: impl Into<Lc>,
    c: impl Into<Lc>,
    a: impl Into<Lc>,
    b: impl Into<Lc>,
    result: impl Into<Lc>,
) -> Lc {
    a.into()
        + op.into() * pow2(coprocessor_shift::OP)
        + c.into() * pow2(coprocessor_shift::C)
        + result.into() * pow2(coprocessor_shift::RESULT)
        + b.into() * pow2(coprocessor_shift::B)
}

/// The digits of the bitwise operations, as tuples: for AND, OR and XOR, and all digits x of a and y of b, the tuple of
/// that digit alone. Entry (kind·2^bits + y)·2^bits + x. A tuple of words is the sum of its digits' tuples, each times
/// its power of 2^bits.
pub fn digits(bits: u32) -> Vec<Fr> {
    let count = 1u64 << bits;
    let shifts = [
        coprocessor_shift::OP,
        coprocessor_shift::RESULT,
        coprocessor_shift::B,
    ];
    let [op, result, second] = shifts.map(pow2);
    let mut entries = Vec::with_capacity(3 << (2 * bits));
    for kind in [COP_AND, COP_OR, COP_XOR] {
        for (y, x) in (0..count).flat_map(|y| (0..count).map(move |x| (y, x))) {
            let answer = match kind {
                COP_AND => x & y,
                COP_OR => x | y,
                _ => x ^ y,
            };
            let digit = kind & (count - 1);
            entries.push(
                Fr::from(x)
                    + op * Fr::from(digit)
                    + result * Fr::from(answer)
                    + second * Fr::from(y),
            );
        }
    }
    entries
}

/// A fetch tuple without its operand: `pc + 2^40·bits`. The operand follows under β.
pub fn fetch(pc: impl Into<Lc>, bits: impl Into<Lc>) -> Lc {
    pc.into() + bits.into() * pow2(40)
}

/// The number in the top register while the stack is empty: not a word, so nothing that needs one can use it.
pub const EMPTY: u64 = 1 << 33;

/// The sum of limbs, each `bits` wide, lowest first.
pub fn recompose(limbs: &[Var], bits: u32) -> Lc {
    let mut sum = Lc::zero();
    for (index, limb) in limbs.iter().enumerate() {
        sum = sum + *limb * pow2(bits * index as u32);
    }
    sum
}
