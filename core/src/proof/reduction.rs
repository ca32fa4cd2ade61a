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

use ark_ff::PrimeField;
use ark_groth16::r1cs_to_qap::R1CSToQAP;
use ark_poly::{EvaluationDomain, Radix2EvaluationDomain};
use ark_relations::gr1cs::{ConstraintSystemRef, Matrix, SynthesisError, R1CS_PREDICATE_LABEL};
use rayon::prelude::*;

/// The reduction. Its `witness_map_from_matrices` takes the products A·z, B·z and C·z in place of the matrices, each
/// as a matrix of one row: the prover has them from the compressed matrices of the key.
#[derive(Clone, Copy, Debug)]
pub struct CommittedReduction;

type Evaluations<F> = (Vec<F>, Vec<F>, Vec<F>, F, usize, usize);

impl R1CSToQAP for CommittedReduction {
    fn instance_map_with_evaluation<F: PrimeField, D: EvaluationDomain<F>>(
        cs: ConstraintSystemRef<F>,
        t: &F,
    ) -> Result<Evaluations<F>, SynthesisError> {
        let matrices = cs.to_matrices()?;
        let matrices = matrices
            .get(R1CS_PREDICATE_LABEL)
            .ok_or(SynthesisError::MissingCS)?;
        let domain = domain::<F>(cs.num_constraints())?;
        let zt = domain.evaluate_vanishing_polynomial(*t);
        let lagrange = domain.evaluate_all_lagrange_coefficients(*t);
        let variables = cs.num_instance_variables() + cs.num_witness_variables();
        let mut columns = matrices.iter().map(|matrix| {
            let mut sums = vec![F::zero(); variables];
            for (row, weight) in matrix.iter().zip(&lagrange) {
                for (coefficient, variable) in row {
                    if let Some(sum) = sums.get_mut(*variable) {
                        *sum += *weight * coefficient;
                    }
                }
            }
            sums
        });
        let mut next = || columns.next().ok_or(SynthesisError::MissingCS);
        Ok((next()?, next()?, next()?, zt, variables - 1, domain.size()))
    }

    fn witness_map_from_matrices<F: PrimeField, D: EvaluationDomain<F>>(
        products: &[Matrix<F>],
        _instance: usize,
        constraints: usize,
        _assignment: &[F],
    ) -> Result<Vec<F>, SynthesisError> {
        let domain = domain::<F>(constraints)?;
        let coset = domain
            .get_coset(F::GENERATOR)
            .ok_or(SynthesisError::PolynomialDegreeTooLarge)?;
        let on_coset = |index: usize| -> Result<Vec<F>, SynthesisError> {
            let row = products.get(index).and_then(|matrix| matrix.first());
            let row = row.ok_or(SynthesisError::AssignmentMissing)?;
            let mut values: Vec<F> = row.iter().map(|(value, _)| *value).collect();
            values.resize(domain.size(), F::zero());
            domain.ifft_in_place(&mut values);
            coset.fft_in_place(&mut values);
            Ok(values)
        };
        let mut quotient = on_coset(0)?;
        let (b, c) = (on_coset(1)?, on_coset(2)?);
        let vanishing = domain.evaluate_vanishing_polynomial(F::GENERATOR);
        let scale = vanishing.inverse().ok_or(SynthesisError::DivisionByZero)?;
        quotient
            .par_iter_mut()
            .zip(b)
            .zip(c)
            .for_each(|((a, b), c)| *a = (*a * b - c) * scale);
        coset.ifft_in_place(&mut quotient);
        Ok(quotient)
    }

    fn h_query_scalars<F: PrimeField, D: EvaluationDomain<F>>(
        max_power: usize,
        t: F,
        zt: F,
        delta_inverse: F,
    ) -> Result<Vec<F>, SynthesisError> {
        let mut power = zt * delta_inverse;
        let mut scalars = Vec::with_capacity(max_power);
        for _ in 0..max_power {
            scalars.push(power);
            power *= t;
        }
        Ok(scalars)
    }
}

/// The evaluation domain of so many constraints.
fn domain<F: PrimeField>(constraints: usize) -> Result<Radix2EvaluationDomain<F>, SynthesisError> {
    Radix2EvaluationDomain::new(constraints).ok_or(SynthesisError::PolynomialDegreeTooLarge)
}
