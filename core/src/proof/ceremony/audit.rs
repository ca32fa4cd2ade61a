//! The audit of a key: whether it is the circuit's key over the powers, for some γ, δ and κ. Each base is compared with its
//! definition, all of them at once with random weights. The definitions are sums over the powers; their coefficients take
//! FFTs over numbers and none over points. So whoever audits needs neither the values between nor the time of the start.

use super::error::CeremonyError;
use super::initial::domain_of;
use super::powers::{Powers, equal};
use super::values::Values;
use super::weights::RandomWeights;
use crate::circuit::Circuit;
use crate::proof::error::KeyError;
use crate::proof::key::Curve;
use crate::proof::reduction::Domain;
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{Field, One, PrimeField, Zero};
use ark_poly::EvaluationDomain;
use provable_msm::transform::coset_offset;
use rand_core::RngCore;
use rayon::prelude::*;
use std::ops::Range;

impl Values {
    /// Whether these values are a key of the circuit over the powers, which are checked already.
    ///
    /// # Errors
    /// What is wrong.
    pub fn audit(
        &self,
        circuit: &Circuit,
        powers: &Powers,
        rng: &mut dyn RngCore,
    ) -> Result<(), CeremonyError> {
        let domain = domain_of(circuit, powers)?;
        let n = domain.size();
        let variables = circuit.variables;
        let (start, end) = (
            circuit.layout.committed_start(),
            circuit.layout.committed_end(),
        );
        for (what, found, expected) in [
            ("A bases", self.a.len(), variables),
            ("B bases in G1", self.b_g1.len(), variables),
            ("B bases in G2", self.b_g2.len(), variables),
            ("witness bases", self.l.len(), variables),
            ("quotient bases", self.h.len(), n),
            (
                "committed bases",
                self.committed.len(),
                end.saturating_sub(start),
            ),
            ("statement bases", self.statement.len(), start),
        ] {
            if found != expected {
                return Err(CeremonyError::Count {
                    what,
                    found,
                    expected,
                });
            }
        }
        if self.committed.iter().any(AffineRepr::is_zero) {
            return Err(KeyError::Identity("a base of the committed block").into());
        }
        let (g, generator) = (G1Affine::generator(), G2Affine::generator());
        if !equal(&[(self.delta_g1, generator)], &[(g, self.delta)]) {
            return Err(CeremonyError::Key("delta is not the same in both groups"));
        }
        let mut random = RandomWeights::new(&self.digest(powers), rng);
        let weights = Weights {
            variables: random.many(variables),
            quotients: random.many(n),
            a: random.one(),
            b: random.one(),
        };
        let parts = Parts {
            circuit,
            domain: &domain,
            weights: &weights.variables,
        };
        let all = 0..variables;
        let of_b = parts.polynomial(1, &all);
        if sum::<G2Projective>(&self.b_g2, &weights.variables)
            != sum::<G2Projective>(&powers.tau_g2, &of_b)
        {
            return Err(CeremonyError::Key("the B bases in G2"));
        }
        // The left sides: A and B with weights of their own over H, L and H over δ, P over γ, S over κ.
        let over_one = sum::<G1Projective>(&self.a, &weights.variables) * weights.a
            + sum::<G1Projective>(&self.b_g1, &weights.variables) * weights.b;
        let over_delta = sum::<G1Projective>(&self.l, &weights.variables)
            + sum::<G1Projective>(&self.h, &weights.quotients);
        let ranged = |range: Range<usize>| weights.variables.get(range).unwrap_or_default();
        let over_gamma = sum::<G1Projective>(&self.committed, ranged(start..end));
        let over_kappa = sum::<G1Projective>(&self.statement, ranged(0..start));
        let sides = [
            (over_one, generator, parts.over_one(&weights, &of_b)),
            (
                over_delta,
                self.delta,
                parts.over_delta(&weights, end..variables)?,
            ),
            (over_gamma, self.gamma, parts.sigma(&(start..end))),
            (over_kappa, self.kappa, parts.sigma(&(0..start))),
        ];
        let names = [
            "the A and B bases",
            "the witness and quotient bases",
            "the committed bases",
            "the statement bases",
        ];
        for ((left, under, right), name) in sides.iter().zip(names) {
            let right = right.value(powers);
            if !equal(
                &[(left.into_affine(), *under)],
                &[(right.into_affine(), generator)],
            ) {
                return Err(CeremonyError::Key(name));
            }
        }
        Ok(())
    }
}

struct Weights {
    variables: Vec<Fr>,
    quotients: Vec<Fr>,
    a: Fr,
    b: Fr,
}

/// Coefficients of the powers of τ in G1, and of those with α and β.
struct Sum {
    tau: Vec<Fr>,
    alpha: Vec<Fr>,
    beta: Vec<Fr>,
}

impl Sum {
    fn value(&self, powers: &Powers) -> G1Projective {
        sum::<G1Projective>(&powers.tau_g1, &self.tau)
            + sum::<G1Projective>(&powers.alpha_g1, &self.alpha)
            + sum::<G1Projective>(&powers.beta_g1, &self.beta)
    }
}

/// Sums over variables with weights, as polynomials.
struct Parts<'a> {
    circuit: &'a Circuit,
    domain: &'a Domain,
    weights: &'a [Fr],
}

impl Parts<'_> {
    /// The coefficients of the sum of a matrix's polynomials over some variables.
    fn polynomial(&self, matrix: usize, variables: &Range<usize>) -> Vec<Fr> {
        let weights: Vec<Fr> = self
            .weights
            .iter()
            .enumerate()
            .map(|(index, weight)| match variables.contains(&index) {
                true => *weight,
                false => Fr::zero(),
            })
            .collect();
        let mut values = self.circuit.matrices.evaluate(matrix, &weights);
        values.resize(self.domain.size(), Fr::zero());
        self.domain.ifft_in_place(&mut values);
        values
    }

    fn over_one(&self, weights: &Weights, of_b: &[Fr]) -> Sum {
        let of_a = self.polynomial(0, &(0..self.circuit.variables));
        let tau = of_a.iter().zip(of_b);
        Sum {
            tau: tau.map(|(a, b)| *a * weights.a + *b * weights.b).collect(),
            alpha: Vec::new(),
            beta: Vec::new(),
        }
    }

    /// β·u + α·v + w.
    fn sigma(&self, variables: &Range<usize>) -> Sum {
        Sum {
            tau: self.polynomial(2, variables),
            alpha: self.polynomial(1, variables),
            beta: self.polynomial(0, variables),
        }
    }

    /// σ of the remaining witness, and (w − the weighted quotient)·t/2 of all variables.
    fn over_delta(&self, weights: &Weights, rest: Range<usize>) -> Result<Sum, CeremonyError> {
        let n = self.domain.size();
        let offset = coset_offset(n).and_then(|offset| offset.inverse());
        let offset = offset.ok_or(KeyError::UnknownCircuit)?;
        let mut quotient = weights.quotients.clone();
        self.domain.ifft_in_place(&mut quotient);
        let mut power = Fr::one();
        for coefficient in &mut quotient {
            *coefficient *= power;
            power *= offset;
        }
        let of_c = self.polynomial(2, &(0..self.circuit.variables));
        let half = Fr::from(2u64).inverse().unwrap_or_default();
        let mut sum = self.sigma(&rest);
        sum.tau.resize(2 * n - 1, Fr::zero());
        // The last one stands before the value that is left out.
        let shifted = of_c.iter().zip(&quotient).take(n - 1);
        for (at, (c, quotient)) in shifted.enumerate() {
            let coefficient = (*c - quotient) * half;
            for (place, value) in [(at, -coefficient), (n + at, coefficient)] {
                if let Some(slot) = sum.tau.get_mut(place) {
                    *slot += value;
                }
            }
        }
        Ok(sum)
    }
}

/// Σ scalarᵢ·pointᵢ.
fn sum<G: Curve>(points: &[G::Affine], scalars: &[Fr]) -> G {
    let records: Vec<G::Record> = points.par_iter().map(G::record).collect();
    let scalars: Vec<_> = scalars
        .par_iter()
        .map(|scalar| scalar.into_bigint())
        .collect();
    G::weighted_sum(&[(&records, &scalars)])
}
