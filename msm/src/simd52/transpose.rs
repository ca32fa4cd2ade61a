//! Transposition of eight vectors.

use std::arch::x86_64::*;

/// The transposed matrix: lane i of vector j becomes lane j of vector i.
#[inline]
#[target_feature(enable = "avx512f")]
pub(crate) fn transpose([a, b, c, d, e, f, g, h]: [__m512i; 8]) -> [__m512i; 8] {
    let [ab, ab_odd] = [_mm512_unpacklo_epi64(a, b), _mm512_unpackhi_epi64(a, b)];
    let [cd, cd_odd] = [_mm512_unpacklo_epi64(c, d), _mm512_unpackhi_epi64(c, d)];
    let [ef, ef_odd] = [_mm512_unpacklo_epi64(e, f), _mm512_unpackhi_epi64(e, f)];
    let [gh, gh_odd] = [_mm512_unpacklo_epi64(g, h), _mm512_unpackhi_epi64(g, h)];
    // Lanes 0 and 4, or 2 and 6, and so on, of four vectors.
    let [abcd_04, abcd_26] = even_and_odd_pairs(ab, cd);
    let [abcd_15, abcd_37] = even_and_odd_pairs(ab_odd, cd_odd);
    let [efgh_04, efgh_26] = even_and_odd_pairs(ef, gh);
    let [efgh_15, efgh_37] = even_and_odd_pairs(ef_odd, gh_odd);
    let [lane_0, lane_4] = even_and_odd_pairs(abcd_04, efgh_04);
    let [lane_1, lane_5] = even_and_odd_pairs(abcd_15, efgh_15);
    let [lane_2, lane_6] = even_and_odd_pairs(abcd_26, efgh_26);
    let [lane_3, lane_7] = even_and_odd_pairs(abcd_37, efgh_37);
    [
        lane_0, lane_1, lane_2, lane_3, lane_4, lane_5, lane_6, lane_7,
    ]
}

/// Of the eight pairs of lanes that two vectors have, those at even places and those at odd ones.
#[inline]
#[target_feature(enable = "avx512f")]
fn even_and_odd_pairs(a: __m512i, b: __m512i) -> [__m512i; 2] {
    [
        _mm512_shuffle_i64x2::<0b10_00_10_00>(a, b),
        _mm512_shuffle_i64x2::<0b11_01_11_01>(a, b),
    ]
}
