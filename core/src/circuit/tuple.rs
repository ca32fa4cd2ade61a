//! Formats: which fields share one field element, where each begins, and how wide it is.
//!
//! The width of a field is the interval from `min` to `max`. The bounds of the field are within it on every row, on
//! both sides of a sum ([`crate::circuit::bounds`] ensures this). The widths leave a bit to spare. So if two packed
//! sums of a format are equal in the scalar field, then they are equal field by field, as integers. A value without a
//! bound is in no format: it stands under a power of β of its own.

use super::fact::Fact;
use super::field::pow2;
use super::operations::{COP_AND, COP_OR, COP_XOR, WORD_SHIFT};
use super::sha256::Lane;
use ark_bls12_381::Fr;

/// A field of a packed sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// The power of two by which it is multiplied.
    pub shift: u32,
    /// The least integer that it may be.
    pub min: i128,
    /// The greatest integer that it may be.
    pub max: i128,
}

/// The fields of a packed sum, lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// The name of what is packed.
    pub name: &'static str,
    /// The fact that its tuples are to show. Bounds of its fields rest on earlier facts.
    pub serves: Fact,
    /// The fields.
    pub fields: &'static [Field],
}

const fn field(name: &'static str, shift: u32, min: i128, max: i128) -> Field {
    Field {
        name,
        shift,
        min,
        max,
    }
}

/// A cell of the memory: `time + 2^24·space + 2^32·set + β·value + β²·address`. A time is the number of a row, minus or
/// plus a distance. A row that no instruction has may name any sum of spaces, and in `set` a sum of −2 for each bit
/// that uses a value.
pub const MEMORY: Format = Format {
    name: "memory",
    serves: Fact::MemoryTuples,
    fields: &[
        field("time", 0, -(1 << 20), 1 << 21),
        field("space", 24, 0, 31),
        field("set", 32, -4, 1),
    ],
};

/// A row of the program table: `pc + 2^80·bits + β·operand`. A position that no entry has may be any number that the
/// operand of a jump or the result of a RET can lead to. Operands hold numbers up to 2^68.
pub const FETCH: Format = Format {
    name: "fetch",
    serves: Fact::Fetch,
    fields: &[
        field("pc", 0, -(1 << 72), 1 << 72),
        field("bits", 80, 0, 1 << 20),
    ],
};

/// A question to a coprocessor and its answer: `a + 2^36·c + 2^40·result + 2^76·op + 2^112·b`. On the side of the
/// steps, a is a word or the number under an empty stack, op and the word that is part of b are in the operand, and the
/// result is a word. The expressions of the tables may have larger intervals.
pub const COPROCESSOR: Format = Format {
    name: "coprocessor",
    serves: Fact::Coprocessors,
    fields: &[
        field("a", 0, -(1 << 32), 1 << 33),
        field("c", 36, 0, 1),
        field("result", 40, -4, 1 << 33),
        field("op", OP_SHIFT, -(1 << 32), 1 << 32),
        field("b", OP_SHIFT + WORD_SHIFT, -(1 << 36), 1 << 36),
    ],
};

/// Where the operation begins in a coprocessor tuple. An operand, multiplied by this power of two, adds its operation
/// to `op` and its word to `b`.
pub const OP_SHIFT: u32 = 76;

/// An addition of SHA-256: `sum + 2^53·first + 2^152·second`, which is zero. The sum is what is left of an addition
/// modulo 2^32 after its carry, a number of the range table times 2^32. `first` and `second` are differences between
/// the digits of the entries of a function and the digits that the function is applied to.
pub const SHA256_ADDITION: Format = Format {
    name: "addition",
    serves: Fact::Answers,
    fields: &[
        field("sum", 0, -(1 << 50), 1 << 36),
        field("first", 53, -(1 << 95), 1 << 95),
        field("second", 152, -(1 << 96), 1 << 96),
    ],
};

/// The bit at which the digits of a lane begin in an addition of SHA-256.
pub const fn shift_of_lane(lane: Lane) -> u32 {
    match lane {
        Lane::First => SHA256_ADDITION.fields[1].shift,
        Lane::Second => SHA256_ADDITION.fields[2].shift,
    }
}

/// Every format.
pub const FORMATS: [Format; 4] = [MEMORY, FETCH, COPROCESSOR, SHA256_ADDITION];

impl Format {
    /// Whether every packed sum has a unique decoding. The condition: for each field, the greatest difference that all
    /// fields below it can make together is less than half of one unit of the field; and the greatest difference of the
    /// whole sum is below the order of the scalar field.
    pub const fn decodes_uniquely(&self) -> bool {
        // Differences of the fields so far are below 2^below.
        let (mut index, mut below) = (0, 0);
        while index < self.fields.len() {
            let field = &self.fields[index];
            if index > 0 && below >= field.shift {
                return false;
            }
            let difference = (field.max - field.min) as u128;
            below = field.shift + (u128::BITS - difference.leading_zeros()) + 1;
            index += 1;
        }
        below < 254
    }
}

const _: () = assert!(MEMORY.decodes_uniquely());
const _: () = assert!(FETCH.decodes_uniquely());
const _: () = assert!(COPROCESSOR.decodes_uniquely());
const _: () = assert!(SHA256_ADDITION.decodes_uniquely());

/// The memory space that a cell belongs to.
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
    /// Requests of step rows to the SHA-256 table.
    Request = 6,
}

/// The packed part of the verifier's own memory tuples: time 0, set.
pub fn packed_public(space: Space) -> Fr {
    let [_, _, at_set] = MEMORY.fields else {
        return Fr::from(0u64);
    };
    packed_first(space) + pow2(at_set.shift)
}

/// The packed part of a cell's first tuple: time 0, not set.
pub fn packed_first(space: Space) -> Fr {
    let [_, at_space, _] = MEMORY.fields else {
        return Fr::from(0u64);
    };
    Fr::from(space as u64) * pow2(at_space.shift)
}

/// The digits of the bitwise operations, as tuples: for AND, OR and XOR, and for all digits x of a and y of b, the
/// tuple of that digit alone. The index of an entry is (kind·2^bits + y)·2^bits + x. The tuple of words is the sum of
/// the tuples of their digits, each times its power of 2^bits.
pub fn digits(bits: u32) -> Vec<Fr> {
    let count = 1u64 << bits;
    let [_, _, result, op, second] = COPROCESSOR.fields else {
        return Vec::new();
    };
    let [op, result, second] = [op, result, second].map(|field| pow2(field.shift));
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
