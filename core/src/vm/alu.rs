//! The machine's operators as pure functions of words. Execution and the circuit's witness both call them, so the two
//! cannot differ.
//!
//! Operators that change the carry flag return it beside the word. Operators that can trap return `None` then.

/// Bits of a word. It is also the first shift distance that is too long.
pub const WORD_BITS: u32 = u32::BITS;

/// The sum modulo 2^32, and the carry out.
pub fn add(a: u32, b: u32) -> (u32, bool) {
    a.overflowing_add(b)
}

/// The difference modulo 2^32, and the borrow (`a < b`).
pub fn sub(a: u32, b: u32) -> (u32, bool) {
    a.overflowing_sub(b)
}

/// The product modulo 2^32, and whether it did not fit.
pub fn mul(a: u32, b: u32) -> (u32, bool) {
    a.overflowing_mul(b)
}

/// The quotient rounded down; `None` for a divisor of zero.
pub fn div(a: u32, b: u32) -> Option<u32> {
    a.checked_div(b)
}

/// The remainder; `None` for a divisor of zero.
pub fn modulo(a: u32, b: u32) -> Option<u32> {
    a.checked_rem(b)
}

/// Bitwise and.
pub fn and(a: u32, b: u32) -> u32 {
    a & b
}

/// Bitwise or.
pub fn or(a: u32, b: u32) -> u32 {
    a | b
}

/// Bitwise exclusive or.
pub fn xor(a: u32, b: u32) -> u32 {
    a ^ b
}

/// Every bit inverted.
pub fn not(a: u32) -> u32 {
    !a
}

/// `a` shifted left by `n`, what leaves the word lost; `None` for `n >= 32`.
pub fn shl(a: u32, n: u32) -> Option<u32> {
    a.checked_shl(n)
}

/// `a` shifted right by `n`, filled with zeros; `None` for `n >= 32`.
pub fn shr(a: u32, n: u32) -> Option<u32> {
    a.checked_shr(n)
}

/// `a` rotated left by `n`; `None` for `n >= 32`.
pub fn rotl(a: u32, n: u32) -> Option<u32> {
    (n < WORD_BITS).then(|| a.rotate_left(n))
}

/// `a` rotated right by `n`; `None` for `n >= 32`.
pub fn rotr(a: u32, n: u32) -> Option<u32> {
    (n < WORD_BITS).then(|| a.rotate_right(n))
}

/// The high word of the product.
pub fn mulhi(a: u32, b: u32) -> u32 {
    ((u64::from(a) * u64::from(b)) >> WORD_BITS) as u32
}

/// An address and a signed distance, as a word in two's complement; `None` if the sum is no address.
pub fn offset(address: u32, distance: u32) -> Option<u32> {
    address.checked_add_signed(distance as i32)
}

/// 1 if the words are equal, else 0.
pub fn eq(a: u32, b: u32) -> u32 {
    u32::from(a == b)
}

/// 1 if `a < b` unsigned, else 0.
pub fn lt(a: u32, b: u32) -> u32 {
    u32::from(a < b)
}

/// 1 if `a > b` unsigned, else 0.
pub fn gt(a: u32, b: u32) -> u32 {
    u32::from(a > b)
}
