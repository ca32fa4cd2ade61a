//! The commitment to the trace.

use super::key::ProvingKey;
use super::multiply::{Sum, scalars};
use super::progress::ProgressRange;
use crate::log;
use ark_bls12_381::{Fr, G1Affine, G1Projective};
use ark_ec::CurveGroup;
use tracing::debug_span;
use zeroize::Zeroizing;

/// D = Σ wᵢ·Pᵢ + r·P_blind: the committed block of an assignment over its bases.
pub(super) fn commit(
    key: &ProvingKey,
    assignment: &[Fr],
    progress_range: ProgressRange,
) -> G1Affine {
    let span = debug_span!(target: log::PROOF, "commitment").entered();
    let layout = &key.circuit.layout;
    let block = assignment
        .get(layout.committed_start()..layout.committed_end())
        .unwrap_or(&[]);
    let scalars = Zeroizing::new(scalars(block));
    let terms = [(key.bases.raw(), &scalars[..])];
    let sum = Sum::<G1Projective>::new("commitment", &terms, 1);
    sum.compute(&span, &progress_range.costing(sum.cost()))
        .into_affine()
}
