//! The coprocessor operations as integers: their numbers, the table of each, and their results.

use super::cost::Table;

/// Remainder.
pub const COP_MOD: u64 = 1;
/// Low word of the product.
pub const COP_MUL: u64 = 2;
/// Left shift.
pub const COP_SHL: u64 = 4;
/// Quotient.
pub const COP_DIV: u64 = 5;
/// High word of the product.
pub const COP_MULHI: u64 = 6;
/// Right shift.
pub const COP_SHR: u64 = 7;
/// 1 if the first word is less.
pub const COP_LT: u64 = 9;
/// 1 if the words are equal.
pub const COP_EQ: u64 = 10;
/// 1 if the first word is greater.
pub const COP_GT: u64 = 11;
/// Rotation to the left: the sum of both words of a shift to the left. An arithmetic row has the number 8 then, and
/// answers this operation by a second term, whose number is greater by [`SECOND`].
pub const COP_ROTL: u64 = 8 + SECOND;
/// The number of an arithmetic row's second term minus that of its first.
pub const SECOND: u64 = 32;
/// Bitwise and. The numbers of this operation and of the next two have the same pattern in each digit, for each digit
/// width.
pub const COP_AND: u64 = 0x5555_5555;
/// Bitwise or.
pub const COP_OR: u64 = 0xAAAA_AAAA;
/// Bitwise exclusive or.
pub const COP_XOR: u64 = 0xFFFF_FFFF;

/// The numbers of the coprocessor operations. They are distinct across all tables. The booleans of a table can also
/// make other numbers, but no instruction uses those.
pub const OPERATIONS: [u64; 13] = [
    COP_MOD, COP_MUL, COP_SHL, COP_DIV, COP_MULHI, COP_SHR, COP_LT, COP_EQ, COP_GT, COP_ROTL,
    COP_AND, COP_OR, COP_XOR,
];

/// An operand that holds an operation and a word is the operation plus the word times this power of two.
pub const WORD_SHIFT: u32 = 36;

/// The value of the top register while the stack is empty. It is not a word, so nothing that needs a word accepts it.
pub const EMPTY: u64 = 1 << 33;

/// The table that answers an operation.
pub fn table(op: u64) -> Table {
    match op {
        0..COP_LT | COP_ROTL => Table::Arithmetic,
        COP_LT..COP_AND => Table::Compare,
        _ => Table::Bitwise,
    }
}

/// The coprocessor operation and the word that the operand of an entry holds.
pub fn operation(operand: i128) -> Option<(u64, u32)> {
    let number = operand & ((1 << WORD_SHIFT) - 1);
    let op = OPERATIONS
        .into_iter()
        .find(|op| i128::from(*op) == number)?;
    let word = u32::try_from(operand >> WORD_SHIFT).ok()?;
    Some((op, word))
}

/// The carry of the tuple. In the arithmetic table it says that the other number of the pair is not 0. MUL sets C to
/// it.
pub fn carry(op: u64, a: u32, b: u32) -> bool {
    table(op) == Table::Arithmetic && Answer::new(op, a, b).other != 0
}

/// What an arithmetic row holds in addition to its question.
pub struct Answer {
    /// True for a · factor; false for a divided by the factor.
    pub upward: bool,
    /// Whether the second word is the number of places of a shift.
    pub shift: bool,
    /// Whether the result is the quotient or the high word.
    pub quotient: bool,
    /// The result: a word of the pair. Of a rotation, the result is the sum of both.
    pub result: u32,
    /// The other word of the pair: high and low word, or quotient and remainder.
    pub other: u32,
    /// The factor. In a division: the factor minus the remainder, minus one.
    pub rest: u32,
}

impl Answer {
    /// For a question without an answer (no run asks one) these are numbers that break a constraint or answer another
    /// question, so the prover refuses them.
    pub fn new(op: u64, a: u32, b: u32) -> Self {
        let upward = matches!(op, COP_MUL | COP_SHL | COP_MULHI | COP_ROTL);
        let shift = matches!(op, COP_SHL | COP_SHR | COP_ROTL);
        let quotient = matches!(op, COP_DIV | COP_SHR | COP_MULHI | COP_ROTL);
        let factor = match shift {
            true => 1u64.checked_shl(b).unwrap_or(1),
            false => u64::from(b),
        };
        let wide = u64::from(a);
        let (high, low) = match upward {
            true => {
                let product = wide.wrapping_mul(factor);
                ((product >> 32) as u32, product as u32)
            }
            false => (
                wide.checked_div(factor).unwrap_or(0) as u32,
                wide.checked_rem(factor).unwrap_or(wide) as u32,
            ),
        };
        let rest = match upward {
            true => factor,
            false => factor.wrapping_sub(1).wrapping_sub(u64::from(low)),
        };
        let (result, other) = if quotient { (high, low) } else { (low, high) };
        Answer {
            upward,
            shift,
            quotient,
            result,
            other,
            rest: rest as u32,
        }
    }
}
