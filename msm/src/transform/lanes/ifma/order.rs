//! Other orders of the lanes of vectors.

use super::element::Vector;
use std::arch::x86_64::*;

/// Of the sixteen lanes that two vectors have, those at even places and those at odd ones.
#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn every_second([a, b]: [Vector; 2]) -> [Vector; 2] {
    let even = _mm512_set_epi64(14, 12, 10, 8, 6, 4, 2, 0);
    let odd = _mm512_set_epi64(15, 13, 11, 9, 7, 5, 3, 1);
    [
        _mm512_permutex2var_epi64(a, even, b),
        _mm512_permutex2var_epi64(a, odd, b),
    ]
}

/// Of the 32 lanes that four vectors have, those whose place leaves the remainder 0, 1, 2 or 3 when divided by four.
#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn every_fourth([a, b, c, d]: [Vector; 4]) -> [Vector; 4] {
    let ([ab_even, ab_odd], [cd_even, cd_odd]) = (every_second([a, b]), every_second([c, d]));
    let [first, third] = every_second([ab_even, cd_even]);
    let [second, fourth] = every_second([ab_odd, cd_odd]);
    [first, second, third, fourth]
}
