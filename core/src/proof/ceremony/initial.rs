//! The first values of phase 2: a circuit's key with γ = δ = κ = 1, made of the powers without knowing τ, α or β.
//!
//! The powers of phase 1 are values of monomials. Inverse FFTs over points make of them the values of the Lagrange
//! polynomials of the domain at τ (Bowe, Gabizon, Miers 2017, section 6), of which each base is a sum with the matrices'
//! coefficients.
//!
//! The quotient bases are over t(τ)/2 with t = Xⁿ − 1. The value of Xⁱt at i = n − 1 would need τ^(2n−1), which no
//! published powers for n have. It is left out: a quotient has degree at most n − 2, so in the sum over its bases the
//! coefficient of that value is zero (`reduction` says which polynomials are meant).

use super::columns::Columns;
use super::error::CeremonyError;
use super::multiples::{TOGETHER, add, multiples};
use super::powers::Powers;
use super::transform::lagrange;
use super::values::Values;
use crate::circuit::Circuit;
use crate::progress::Progress;
use crate::proof::error::KeyError;
use crate::proof::reduction;
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::Field;
use ark_poly::EvaluationDomain;
use provable_msm::transform::coset_offset;
use rayon::prelude::*;

/// The first values of a circuit. The powers are for its domain.
///
/// # Errors
/// If the powers are for another domain, or the work is cancelled.
pub(super) fn initial(
    circuit: &Circuit,
    powers: &Powers,
    progress: &dyn Progress,
) -> Result<Values, CeremonyError> {
    let domain = domain_of(circuit, powers)?;
    let n = domain.size();
    let mut done = 0.0;
    let mut step = |name: &str| {
        progress.phase(name, done);
        done += 0.14;
    };
    step("start: Lagrange values in G2");
    let bases = lagrange(&domain, powers.tau_g2.clone(), progress)?;
    let of_b = Columns::of(circuit, 1);
    let b_g2 = affine(&of_b.sums::<G2Projective>(&bases));
    drop(bases);
    let of_a = Columns::of(circuit, 0);
    let of_c = Columns::of(circuit, 2);
    step("start: Lagrange values in G1");
    let low = powers.tau_g1.get(..n).unwrap_or_default();
    let bases = lagrange(&domain, low.to_vec(), progress)?;
    let a = affine(&of_a.sums::<G1Projective>(&bases));
    let b_g1 = affine(&of_b.sums::<G1Projective>(&bases));
    let mut sigma = of_c.sums::<G1Projective>(&bases);
    step("start: Lagrange values with alpha");
    let bases = lagrange(&domain, powers.alpha_g1.clone(), progress)?;
    add_all(&mut sigma, &of_b.sums(&bases));
    step("start: Lagrange values with beta");
    let bases = lagrange(&domain, powers.beta_g1.clone(), progress)?;
    add_all(&mut sigma, &of_a.sums(&bases));
    step("start: quotient values");
    let half = Fr::from(2u64).inverse().ok_or(KeyError::UnknownCircuit)?;
    let shifted = shifted(powers, n);
    let bases = lagrange(&domain, multiples(&shifted, |_| half, progress)?, progress)?;
    let mut l = of_c.sums::<G1Projective>(&bases);
    drop(bases);
    step("start: quotient bases");
    let offset = coset_offset(n).and_then(|offset| offset.inverse());
    let offset = offset.ok_or(KeyError::UnknownCircuit)?;
    let next = |power: &Fr| Some(*power * offset);
    let offsets: Vec<Fr> = std::iter::successors(Some(-half), next).take(n).collect();
    let scale = |index: usize| offsets.get(index).copied().unwrap_or_default();
    let h = lagrange(&domain, multiples(&shifted, scale, progress)?, progress)?;
    step("start: sums");
    let (start, end) = (
        circuit.layout.committed_start(),
        circuit.layout.committed_end(),
    );
    for (l, sigma) in l.iter_mut().zip(&sigma).skip(end) {
        *l += sigma;
    }
    let sigma = affine(&sigma);
    let (g, k) = (G1Affine::generator(), G2Affine::generator());
    Ok(Values {
        a,
        b_g1,
        b_g2,
        statement: sigma.get(..start).unwrap_or_default().to_vec(),
        committed: sigma.get(start..end).unwrap_or_default().to_vec(),
        l: affine(&l),
        h,
        delta_g1: g,
        gamma: k,
        delta: k,
        kappa: k,
    })
}

/// The domain of a circuit, for which the powers have to be.
pub(super) fn domain_of(
    circuit: &Circuit,
    powers: &Powers,
) -> Result<reduction::Domain, CeremonyError> {
    let domain = reduction::domain(circuit.matrices.constraints());
    let domain = domain.ok_or(KeyError::UnknownCircuit)?;
    match powers.size() == domain.size() {
        true => Ok(domain),
        false => Err(CeremonyError::Count {
            what: "powers",
            found: powers.size(),
            expected: domain.size(),
        }),
    }
}

/// τ^(n+i) − τⁱ for i < n − 1, and the identity for i = n − 1.
fn shifted(powers: &Powers, n: usize) -> Vec<G1Affine> {
    let high = powers.tau_g1.get(n..).unwrap_or_default();
    let mut shifted = high.to_vec();
    let batches = shifted.par_chunks_mut(TOGETHER);
    batches
        .zip(powers.tau_g1.par_chunks(TOGETHER))
        .for_each(|(high, low)| {
            add(high, |index| -low.get(index).copied().unwrap_or_default());
        });
    shifted.resize(n, G1Affine::identity());
    shifted
}

fn add_all(sums: &mut [G1Projective], more: &[G1Projective]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}

/// The points in affine form, many with one inversion.
fn affine<G: CurveGroup>(points: &[G]) -> Vec<G::Affine> {
    points
        .par_chunks(TOGETHER)
        .flat_map_iter(G::normalize_batch)
        .collect()
}
