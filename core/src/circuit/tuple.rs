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

/// The coprocessors' operations; distinct across both tables.
pub const COP_MUL: u64 = 1;
/// Quotient.
pub const COP_DIV: u64 = 2;
/// Remainder.
pub const COP_MOD: u64 = 3;
/// Left shift.
pub const COP_SHL: u64 = 4;
/// Right shift.
pub const COP_SHR: u64 = 5;
/// Whether two words are equal.
pub const COP_EQ: u64 = 9;
/// Whether the first is lower.
pub const COP_LT: u64 = 10;
/// Whether the first is greater.
pub const COP_GT: u64 = 11;
/// And.
pub const COP_AND: u64 = 6;
/// Or.
pub const COP_OR: u64 = 7;
/// Exclusive or.
pub const COP_XOR: u64 = 8;

/// A coprocessor tuple: `op + 2^8·c + 2^10·a + 2^45·b + 2^80·result`. On either side a, b and the result are
/// words (on the step's, a may be the number under an empty stack, 2^33), c is boolean and op is a small
/// constant, so no field needs a challenge.
pub fn coprocessor(
    op: impl Into<Lc>,
    c: impl Into<Lc>,
    a: impl Into<Lc>,
    b: impl Into<Lc>,
    result: impl Into<Lc>,
) -> Lc {
    op.into()
        + c.into() * pow2(8)
        + a.into() * pow2(10)
        + b.into() * pow2(45)
        + result.into() * pow2(80)
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
