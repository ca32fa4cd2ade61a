//! Transposition of four vectors.

use super::columns::Vector;
use std::arch::x86_64::*;

/// The transposed matrix: lane i of vector j becomes lane j of vector i.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(crate) fn transpose([a, b, c, d]: [Vector; 4]) -> [Vector; 4] {
    let (ab_even, ab_odd) = (_mm256_unpacklo_pd(a, b), _mm256_unpackhi_pd(a, b));
    let (cd_even, cd_odd) = (_mm256_unpacklo_pd(c, d), _mm256_unpackhi_pd(c, d));
    [
        _mm256_permute2f128_pd::<0x20>(ab_even, cd_even),
        _mm256_permute2f128_pd::<0x20>(ab_odd, cd_odd),
        _mm256_permute2f128_pd::<0x31>(ab_even, cd_even),
        _mm256_permute2f128_pd::<0x31>(ab_odd, cd_odd),
    ]
}
