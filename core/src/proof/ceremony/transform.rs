//! FFTs over points: of the values of monomials at τ they make those of Lagrange polynomials.
//!
//! The order is Stockham's (Van Loan, "Computational frameworks for the fast Fourier transform", 1992, section 1.7): each
//! step reads both halves from their beginnings, and no reversal of bits is needed. So the butterflies of a step are
//! independent and neighbours, and their multiplications are done side by side.

use super::error::CeremonyError;
use super::multiples::{Curve, TOGETHER, add, multiples, multiply};
use crate::progress::Progress;
use crate::proof::reduction;
use ark_bls12_381::Fr;
use ark_ec::short_weierstrass::Affine;
use ark_ff::Field;
use ark_poly::EvaluationDomain;
use rayon::prelude::*;

/// Butterflies in a piece. Cancelling is noticed after each.
const PIECE: usize = 1 << 14;

/// The values of the Lagrange polynomials of the domain, from as many values of monomials: an inverse FFT.
///
/// # Errors
/// If the work is cancelled.
pub(super) fn lagrange<P: Curve>(
    domain: &reduction::Domain,
    monomials: Vec<Affine<P>>,
    progress: &dyn Progress,
) -> Result<Vec<Affine<P>>, CeremonyError> {
    let n = domain.size();
    let root = domain.group_gen_inv();
    let mut powers = Vec::with_capacity(n / 2);
    powers.extend(std::iter::successors(Some(Fr::ONE), |power| Some(*power * root)).take(n / 2));
    let mut values = monomials;
    // In each step the values are `run` interleaved lists.
    let mut run = 1;
    while run < n {
        values = step(&values, run, &powers, progress)?;
        run *= 2;
    }
    let scale = domain.size_inv();
    multiples(&values, |_| scale, progress)
}

/// A step: of values a and b of the same index in both halves it makes a + b and (a − b)·ωʲ, where j is the index without
/// its place in the run.
fn step<P: Curve>(
    values: &[Affine<P>],
    run: usize,
    powers: &[Fr],
    progress: &dyn Progress,
) -> Result<Vec<Affine<P>>, CeremonyError> {
    let half = values.len() / 2;
    let (low, high) = values.split_at(half);
    let mut sums = low.to_vec();
    let mut products = low.to_vec();
    let pieces = sums.chunks_mut(PIECE).zip(products.chunks_mut(PIECE));
    for (piece, ((sums, products), high)) in pieces.zip(high.chunks(PIECE)).enumerate() {
        if progress.is_cancelled() {
            return Err(CeremonyError::Cancelled);
        }
        let first = piece * PIECE;
        sums.par_chunks_mut(TOGETHER)
            .zip(products.par_chunks_mut(TOGETHER))
            .zip(high.par_chunks(TOGETHER))
            .enumerate()
            .for_each(|(batch, ((sums, products), high))| {
                let at = |index: usize| high.get(index).copied().unwrap_or(Affine::identity());
                add(sums, at);
                add(products, |index| -at(index));
                let first = first + batch * TOGETHER;
                let power = |index: usize| powers.get(index / run * run).copied();
                let scalars =
                    (first..first + products.len()).map(|index| power(index).unwrap_or_default());
                let scalars: Vec<Fr> = scalars.collect();
                // The first run has the power 1.
                match first + products.len() <= run {
                    true => {}
                    false => multiply(products, &scalars),
                }
            });
    }
    let runs = sums.chunks(run).zip(products.chunks(run));
    Ok(runs
        .flat_map(|(sums, products)| sums.iter().chain(products).copied())
        .collect())
}
