//! From rank-one constraints to a quadratic arithmetic program, without consistency rows.
//!
//! The library's reduction adds a row for every instance variable, so that the A-polynomials of the instance are
//! linearly independent. Here the committed block is part of the instance, and those rows would double the domain.
//! They are not needed:
//!
//! - *Soundness.* In the algebraic group model D comes with coefficients over the key's bases. With k the γ-part of
//!   B, D = k·A + Σ dᵢPᵢ; the k-parts cancel in the verification equation, and what is left says that d, the
//!   statement and the rest of the witness satisfy the QAP. So the committed values are read off D itself and need
//!   no rows to tie them down. The statement is the verifier's, and its bases have a trapdoor κ of their own: with
//!   γ for both, a prover would hide a multiple of a statement base inside D and so move the public input.
//! - *Binding.* Two openings of one D differ by a vector that A, B and C all send to zero on the committed columns,
//!   or solve a discrete logarithm. The matrices stacked one above the other have full column rank on the committed
//!   block and the blind: a test computes that rank at a tiny tier.

use super::progress::Stretch;
use crate::circuit::Circuit;
use ark_bls12_381::Fr;
use ark_ff::{FftField, Field, Zero};
use ark_poly::{EvaluationDomain, Radix2EvaluationDomain};
use rayon::prelude::*;
use zeroize::Zeroizing;

/// The points on which the polynomials take a constraint's coefficients: powers of a root of unity.
pub(super) type Domain = Radix2EvaluationDomain<Fr>;

/// The evaluation domain of so many constraints. `None` for more than the field has roots of unity.
pub(super) fn domain(constraints: usize) -> Option<Domain> {
    Domain::new(constraints)
}

/// The A, B and C polynomials of every variable at a secret point. They give the point away, so they are overwritten
/// when dropped.
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

/// The coefficients of h = (a·b − c)/t, with a, b and c the polynomials that take the products A·z, B·z and C·z on the
/// domain, and t = Xⁿ − 1 the one that vanishes there; a·b = c + h·t, so on a coset where Xⁿ is the number ζ, the
/// polynomial of degree below n that agrees with a·b is c + (ζ − 1)·h. That takes six transforms: c itself is never
/// evaluated on the coset. `None` as for [`domain`].
pub(super) fn quotient(
    products: [Zeroizing<Vec<Fr>>; 3],
    stretch: Stretch,
) -> Option<Zeroizing<Vec<Fr>>> {
    let domain = domain(products.iter().map(|values| values.len()).max()?)?;
    let coset = domain.get_coset(Fr::GENERATOR)?;
    let scale = domain
        .evaluate_vanishing_polynomial(Fr::GENERATOR)
        .inverse()?;
    let mut stretch = stretch.costing(2 * products.len() as u64);
    stretch.begin("FFTs");
    let [mut quotient, mut b, c] = products.map(|products| {
        // In place, a vector that grows would leave what it held behind.
        let mut values = Zeroizing::new(Vec::with_capacity(domain.size()));
        values.extend_from_slice(&products);
        drop(products);
        values.resize(domain.size(), Fr::zero());
        domain.ifft_in_place(&mut values);
        stretch.advance("FFTs", 1);
        values
    });
    for values in [&mut quotient, &mut b] {
        coset.fft_in_place(values);
        stretch.advance("FFTs", 1);
    }
    let pairs = quotient.par_iter_mut().zip(b.par_iter());
    pairs.for_each(|(a, b)| *a *= b);
    drop(b);
    coset.ifft_in_place(&mut quotient);
    let pairs = quotient.par_iter_mut().zip(c.par_iter());
    pairs.for_each(|(product, c)| *product = (*product - c) * scale);
    stretch.advance("FFTs", 1);
    Some(quotient)
}
