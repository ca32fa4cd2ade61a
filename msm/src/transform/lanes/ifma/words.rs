//! Limbs of 52 bits from words of 64, and back.

use super::field::Limbs;
use crate::simd52::{MASK, Word};

/// Limbs of an element with these words of 64 bits.
#[inline(always)]
pub(super) fn from_words<W: Word>([a, b, c, d]: [W; 4]) -> Limbs<W> {
    [
        a.and(MASK),
        a.shift_right_logical::<52>()
            .add(b.and((1 << 40) - 1).shift_left::<12>()),
        b.shift_right_logical::<40>()
            .add(c.and((1 << 28) - 1).shift_left::<24>()),
        c.shift_right_logical::<28>()
            .add(d.and((1 << 16) - 1).shift_left::<36>()),
        d.shift_right_logical::<16>(),
    ]
}

/// Words of a settled element below 2^256.
#[inline(always)]
pub(super) fn to_words<W: Word>([a, b, c, d, e]: &Limbs<W>) -> [W; 4] {
    [
        a.add(b.and((1 << 12) - 1).shift_left::<52>()),
        b.shift_right_logical::<12>()
            .add(c.and((1 << 24) - 1).shift_left::<40>()),
        c.shift_right_logical::<24>()
            .add(d.and((1 << 36) - 1).shift_left::<28>()),
        d.shift_right_logical::<36>().add(e.shift_left::<16>()),
    ]
}
