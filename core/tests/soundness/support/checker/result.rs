//! What the operations of two words give.

use super::require;
use provable::lang::isa::Op;

/// r and the carry, which is C where the instruction sets it. The other operations of the table that answers MUL have one
/// too: there it says that the quotient, the high word, the low word or the remainder, whichever is not the result, is not 0.
/// (For ROTL, whose result is the sum of both words, it is the low word.)
pub fn result(op: Op, a: u32, b: u32) -> Result<(u32, bool), &'static str> {
    let (wide_a, wide_b) = (u64::from(a), u64::from(b));
    let shift = || require(b < 32, "a shift by 32 or more").map(|()| b);
    let divisor = || require(b != 0, "a division by zero").map(|()| b);
    Ok(match op {
        Op::Add => ((wide_a + wide_b) as u32, wide_a + wide_b >= 1 << 32),
        Op::Sub => (a.wrapping_sub(b), a < b),
        Op::Eq => (u32::from(a == b), false),
        Op::Lt => (u32::from(a < b), false),
        Op::Gt => (u32::from(a > b), false),
        Op::Mulhi => (
            ((wide_a * wide_b) >> 32) as u32,
            (wide_a * wide_b) as u32 != 0,
        ),
        Op::Rotl => (a.rotate_left(shift()?), a << b != 0),
        Op::Mul => ((wide_a * wide_b) as u32, wide_a * wide_b >= 1 << 32),
        Op::Div => (a / divisor()?, !a.is_multiple_of(b)),
        Op::Mod => (a % divisor()?, a / b != 0),
        Op::And => (a & b, false),
        Op::Or => (a | b, false),
        Op::Xor => (a ^ b, false),
        Op::Shl => (a << shift()?, (wide_a << b) >> 32 != 0),
        Op::Shr => (a >> shift()?, (a >> b) << b != a),
        _ => return Err("no operation of two words"),
    })
}
