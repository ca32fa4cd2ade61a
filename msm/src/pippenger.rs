//! Pippenger's bucket method, in parallel shares.

use super::batch_affine::BatchAdder;
use super::digits::Digits;
use super::huge_pages;
use super::input::Terms;
use super::window::{Share, SortedWindow};
use ark_bls12_381::Fr;
use ark_ec::short_weierstrass::{Projective, SWCurveConfig};
use ark_ff::{AdditiveGroup, Zero};
use rayon::prelude::*;

/// Shares of the work per thread, about: so many that no thread waits long for the last share of another.
const SHARES_PER_THREAD: usize = 12;
/// Terms of the smallest share: one of fewer terms is not worth its inversions.
const MIN_SHARE: usize = 1 << 11;

/// Σ scalarᵢ·baseᵢ of all terms, with the batch adder that `adder` makes for each share of the work.
pub(crate) fn sum<P, A, const WORDS: usize>(
    terms: &[Terms<WORDS>],
    adder: impl Fn() -> A + Sync,
) -> Projective<P>
where
    P: SWCurveConfig<ScalarField = Fr>,
    A: BatchAdder<P>,
{
    let digits = Digits::new(terms);
    let base = |mut index: usize| {
        for (bases, scalars) in terms {
            let length = bases.len().min(scalars.len());
            if index < length {
                return bases.get(index);
            }
            index -= length;
        }
        None
    };
    let point = |(index, endomorphism)| match base(index) {
        Some(words) => A::point(words, endomorphism),
        None => A::Point::default(),
    };
    let mut points: Vec<A::Point> = huge_pages::with_capacity(digits.bases().len());
    digits.bases().map(point).collect_into_vec(&mut points);
    let windows = (0..digits.windows()).into_par_iter().with_max_len(1);
    let windows: Vec<SortedWindow> = windows
        .map(|window| SortedWindow::new(&digits, window))
        .collect();
    let additions: usize = windows.iter().map(SortedWindow::len).sum();
    let shares = SHARES_PER_THREAD * rayon::current_num_threads().max(1);
    let max_size = (additions / shares).max(MIN_SHARE);
    let shares = windows
        .iter()
        .zip((0..).map(|window| digits.lowest_bit(window)));
    let shares = shares.flat_map(|(sorted, bit)| {
        let shares = sorted.shares(max_size).into_iter();
        shares.map(move |share| (bit, share))
    });
    let shares: Vec<(u32, Share)> = shares.collect();
    let parts: Vec<(u32, Vec<Projective<P>>)> = shares
        .par_iter()
        .with_max_len(1)
        .map(|(bit, share)| (*bit, share.sum(&mut adder(), &points, digits.width())))
        .collect();
    // bits[i] is the sum of the points with the factor 2^i.
    let last = digits.windows().saturating_sub(1);
    let bits = digits.lowest_bit(last) + digits.width();
    let mut bits = vec![Projective::zero(); bits as usize];
    for (from, part) in &parts {
        for (bit, part) in bits.iter_mut().skip(*from as usize).zip(part) {
            *bit += part;
        }
    }
    bits.iter().rfold(Projective::zero(), |mut total, bit| {
        total.double_in_place();
        total + bit
    })
}
