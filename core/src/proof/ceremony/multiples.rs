//! Multiples of many points.

use super::error::CeremonyError;
use crate::progress::Progress;
use ark_bls12_381::Fr;
use ark_ec::{AffineRepr, CurveGroup};
use rayon::prelude::*;

/// Points in a piece. Progress is reported, and cancelling noticed, after each.
const PIECE: usize = 1 << 14;
/// Points that share an inversion.
const TOGETHER: usize = 1 << 10;

/// Each point times its scalar. The identity stays what it is.
pub(super) fn multiples<G: CurveGroup<ScalarField = Fr>>(
    points: &[G::Affine],
    scalar: impl Fn(usize) -> Fr + Sync,
    progress: &dyn Progress,
) -> Result<Vec<G::Affine>, CeremonyError> {
    let mut all = Vec::with_capacity(points.len());
    for (piece, points) in points.chunks(PIECE).enumerate() {
        if progress.is_cancelled() {
            return Err(CeremonyError::Cancelled);
        }
        let first = piece * PIECE;
        let parts = points.par_chunks(TOGETHER).enumerate();
        let parts: Vec<Vec<G::Affine>> = parts
            .map(|(part, points)| {
                let first = first + part * TOGETHER;
                let products: Vec<G> = (first..)
                    .zip(points)
                    .map(|(index, point)| match point.is_zero() {
                        true => G::zero(),
                        false => *point * scalar(index),
                    })
                    .collect();
                G::normalize_batch(&products)
            })
            .collect();
        all.extend(parts.into_iter().flatten());
    }
    Ok(all)
}

/// The points in affine form, many with one inversion.
pub(super) fn affine<G: CurveGroup>(points: &[G]) -> Vec<G::Affine> {
    points
        .par_chunks(TOGETHER)
        .flat_map_iter(G::normalize_batch)
        .collect()
}
