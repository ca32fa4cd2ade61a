//! The reduction from rank-one constraints to a quadratic arithmetic program, without consistency rows.
//!
//! The library's reduction adds a row for every instance variable, so that the A-polynomials of the instance are
//! linearly independent. Here the committed block is part of the instance, and these rows would double the domain. They
//! are not needed:
//!
//! - *Soundness.* In the algebraic group model, D comes with coefficients over the key's bases. Let k be the γ-part of
//!   B. Then D = k·A + Σ dᵢPᵢ. The terms with k cancel in the verification equation, and the rest says that d, the
//!   statement and the remaining witness satisfy the QAP. So the committed values are determined by D itself, and no
//!   rows have to fix them. The statement is the verifier's, and its bases have a trapdoor κ of their own: if γ served
//!   for both, a malicious prover could hide a multiple of a statement base in D and so change the public input.
//! - *Binding.* Two openings of one D differ by a vector. Either A, B and C all map it to zero on the committed
//!   columns, or it solves a discrete logarithm. The matrices, stacked one above the other, have full column rank on
//!   the committed block and the blind, so the first case is excluded: a test computes that rank at a tiny tier.
//!
//! The quotient h = (a·b − c)/t with t = Xⁿ − 1 is never computed. On the coset where Xⁿ = −1, t is −2. The polynomial
//! c has fewer coefficients than the coset has points, so its values there determine c(τ). Let Lᵢ be one at the i-th of
//! these points and zero at the others. Then
//!
//! h(τ)·t(τ) = Σᵢ (a·b)(xᵢ) · (−Lᵢ(τ)·t(τ)/2) + c(τ)·t(τ)/2,
//!
//! and c(τ) = Σⱼ zⱼ·wⱼ(τ) is a sum over the assignment. So the key's bases hold the factors in brackets, divided by δ,
//! and wⱼ(τ)·t(τ)/2δ is part of the base of each variable. So c needs no transforms, and a and b need two each.

use super::progress::ProgressRange;
use crate::circuit::Circuit;
use crate::log;
use ark_bls12_381::Fr;
use ark_ff::Zero;
use ark_poly::{EvaluationDomain, Radix2EvaluationDomain};
use provable_msm::transform::{Transform, coset_offset};
use rayon::prelude::*;
use tracing::debug_span;
use zeroize::Zeroizing;

/// The points at which the polynomials take a constraint's coefficients: powers of a root of unity.
pub(super) type Domain = Radix2EvaluationDomain<Fr>;

/// The evaluation domain for this many constraints. `None` if the field has too few roots of unity.
pub(super) fn domain(constraints: usize) -> Option<Domain> {
    Domain::new(constraints)
}

/// The A, B and C polynomials of every variable at a secret point. They reveal the point, so they are overwritten when
/// dropped.
pub(super) fn evaluate(circuit: &Circuit, domain: &Domain, tau: Fr) -> [Zeroizing<Vec<Fr>>; 3] {
    let matrices = &circuit.matrices;
    let weights = Zeroizing::new(domain.evaluate_all_lagrange_coefficients(tau));
    let mut sums = [(); 3].map(|()| Zeroizing::new(vec![Fr::zero(); circuit.variables]));
    matrices
        .abc
        .par_iter()
        .zip(&mut sums)
        .for_each(|(matrix, sums)| {
            for (row, weight) in weights.iter().enumerate().take(matrices.constraints()) {
                for (column, coefficient) in matrix.row(row) {
                    let coefficient = matrices.coefficients.get(coefficient as usize);
                    if let (Some(sum), Some(coefficient)) =
                        (sums.get_mut(column as usize), coefficient)
                    {
                        *sum += *weight * coefficient;
                    }
                }
            }
        });
    sums
}

/// The setup's counterpart of [`products_on_coset`]: Lᵢ(τ) for the points of the coset, where Lᵢ is one at the i-th
/// point and zero at the others. They reveal τ, so they are overwritten when dropped. `None` as for [`coset_offset`].
pub(super) fn coset_weights(domain: &Domain, tau: Fr) -> Option<Zeroizing<Vec<Fr>>> {
    let coset = domain.get_coset(coset_offset(domain.size())?)?;
    Some(Zeroizing::new(
        coset.evaluate_all_lagrange_coefficients(tau),
    ))
}

/// The products a·b on the coset where Xⁿ = −1. The polynomials a and b take the values A·z and B·z on the domain. The
/// module says why h needs no more than these. `None` if the field has too few roots of unity.
pub(super) fn products_on_coset(
    products: [Zeroizing<Vec<Fr>>; 2],
    progress_range: ProgressRange,
) -> Option<Zeroizing<Vec<Fr>>> {
    let size = domain(products.iter().map(|values| values.len()).max()?)?.size();
    let progress_range = progress_range.costing(1);
    progress_range.begin("FFTs");
    let transform = Transform::new(size)?;
    let [a, b] = &products;
    let span = debug_span!(target: log::PROOF, "transforms", points = size).entered();
    let on_coset = |what, values| {
        let span = debug_span!(target: log::PROOF, parent: &span, "transform", what, points = size);
        span.in_scope(|| transform.on_coset(values))
    };
    let (a, b) = rayon::join(|| on_coset("A", a), || on_coset("B", b));
    drop(products);
    let values = a.times(&b);
    progress_range.advance("FFTs", 1);
    Some(values)
}
