//! Transposition of eight vectors.

use std::arch::x86_64::*;

/// The transposed matrix: lane i of vector j becomes lane j of vector i.
#[inline]
#[target_feature(enable = "avx512f")]
pub(crate) fn transpose([a, b, c, d, e, f, g, h]: [__m512i; 8]) -> [__m512i; 8] {
    let interleaved = |a, b| (_mm512_unpacklo_epi64(a, b), _mm512_unpackhi_epi64(a, b));
    let ((ab, ab_odd), (cd, cd_odd)) = (interleaved(a, b), interleaved(c, d));
    let ((ef, ef_odd), (gh, gh_odd)) = (interleaved(e, f), interleaved(g, h));
    // Quarters of a vector: the first and third of both, and the second and fourth.
    let quarters = |a, b| {
        (
            _mm512_shuffle_i64x2::<0b10_00_10_00>(a, b),
            _mm512_shuffle_i64x2::<0b11_01_11_01>(a, b),
        )
    };
    let ((ad_04, ad_26), (ad_15, ad_37)) = (quarters(ab, cd), quarters(ab_odd, cd_odd));
    let ((eh_04, eh_26), (eh_15, eh_37)) = (quarters(ef, gh), quarters(ef_odd, gh_odd));
    let (row_0, row_4) = quarters(ad_04, eh_04);
    let (row_2, row_6) = quarters(ad_26, eh_26);
    let (row_1, row_5) = quarters(ad_15, eh_15);
    let (row_3, row_7) = quarters(ad_37, eh_37);
    [row_0, row_1, row_2, row_3, row_4, row_5, row_6, row_7]
}
