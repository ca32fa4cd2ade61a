//! Polynomial commitments by the powers of EIP-4844's ceremony.
//!
//! Kate, Zaverucha, Goldberg, "Constant-size commitments to polynomials and their applications", ASIACRYPT 2010, section
//! 3.2: the commitment to f is f(τ)G, and the opening at z is ((f − f(z)) / (X − z))(τ)G.

use super::coefficients::COEFFICIENTS;
use super::error::SolidityError;
use crate::circuit::encoding::{Entry, UNFETCHABLE};
use crate::lang::quote;
use crate::proof::pairing::{Decode, Product};
use crate::proof::transcript::Hasher;
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine};
use ark_ec::{AffineRepr, CurveGroup, VariableBaseMSM};
use ark_ff::{PrimeField, Zero};
use serde::Deserialize;

/// τH of EIP-4844's ceremony: `KZG_SETUP_G2[1]` of the specification, as everybody has it who verifies blobs.
const TAU_G2: &str = "b5bfd7dd8cdeb128843bc287230af38926187075cbfbefa81009a2ce615ac53d2914e5870cb452d2afaaab24f3499f72185cbfee53492714734429b7b38608e23926c911cceceac9a36851477ba4c60b087041de621000edc98edada20c1def2";

/// The powers τⁱG of EIP-4844's ceremony.
#[derive(Clone, Debug)]
pub struct KzgSetup {
    powers: Vec<G1Affine>,
}

/// What is read of the file; the other lists are not needed.
#[derive(Deserialize)]
struct File {
    g1_monomial: Vec<String>,
}

impl KzgSetup {
    /// Reads `trusted_setup.json`, as the consensus specifications and its packages have it: an object whose list
    /// `g1_monomial` has 4,096 compressed points in hexadecimal. Each is checked to be τ times the one before it.
    ///
    /// # Errors
    /// When it is not the setup of EIP-4844.
    pub fn from_json(text: &str) -> Result<Self, SolidityError> {
        let refuse = |why: &str| SolidityError::Setup(why.to_string());
        let text = quote::object(text).ok_or_else(|| refuse("it is no JSON object"))?;
        let file: File = serde_json::from_str(text)
            .map_err(|error| refuse(&quote::quoted(&error.to_string())))?;
        let found = file.g1_monomial.len();
        if found != COEFFICIENTS {
            return Err(refuse(&format!(
                "`g1_monomial` has {found} points, not {COEFFICIENTS}"
            )));
        }
        let points = file.g1_monomial.iter().enumerate();
        let powers = points.map(|(index, digits)| {
            point(digits).ok_or_else(|| {
                refuse(&format!(
                    "point {index} of `g1_monomial` is none of the prime-order subgroup in 96 hexadecimal digits"
                ))
            })
        });
        let powers = powers.collect::<Result<Vec<_>, _>>()?;
        match are_powers(&powers) {
            true => Ok(KzgSetup { powers }),
            false => Err(refuse("the points of `g1_monomial` are not its powers")),
        }
    }

    /// The commitments to the program's control bits less those of an empty entry, and to its operands.
    pub(super) fn commitments(&self, entries: &[Entry<Fr>]) -> [G1Affine; 2] {
        let bits: Vec<Fr> = entries.iter().map(bits).collect();
        let operands: Vec<Fr> = entries.iter().map(|entry| entry.operand).collect();
        [self.commit(&bits), self.commit(&operands)]
    }

    /// The evaluation at ρ of what the entries have more than empty ones, and its opening.
    pub(super) fn open(&self, entries: &[Entry<Fr>], beta: Fr, rho: Fr) -> (Fr, G1Affine) {
        let coefficients = entries
            .iter()
            .map(|entry| bits(entry) + beta * entry.operand);
        // Division by X − ρ, from the highest coefficient: what is carried into each one is that of the quotient.
        let mut carried = Fr::zero();
        let mut quotient = Vec::with_capacity(entries.len());
        for coefficient in coefficients.rev() {
            quotient.push(carried);
            carried = carried * rho + coefficient;
        }
        // The first one carried nothing.
        let quotient: Vec<Fr> = quotient.into_iter().skip(1).rev().collect();
        (carried, self.commit(&quotient))
    }

    /// f(τ)G. There are at most as many coefficients as powers.
    fn commit(&self, coefficients: &[Fr]) -> G1Affine {
        let powers = self
            .powers
            .get(..coefficients.len())
            .unwrap_or(&self.powers);
        G1Projective::msm_unchecked(powers, coefficients).into_affine()
    }
}

fn bits(entry: &Entry<Fr>) -> Fr {
    Fr::from(entry.bits) - Fr::from(UNFETCHABLE)
}

fn point(digits: &str) -> Option<G1Affine> {
    let bytes = hex::decode(digits.strip_prefix("0x").unwrap_or(digits)).ok()?;
    G1Affine::decode(&bytes).filter(|point| !point.is_zero())
}

/// Whether the points are τⁱG for the τ of the ceremony: the first is G, and a weighted sum of all but the first is τ times
/// that of all but the last (Bellare, Garay, Rabin, EUROCRYPT 1998, section 3.2). The weights of 128 bits are a hash of the
/// points, so points of which one is no power pass only if their own hash says so.
fn are_powers(points: &[G1Affine]) -> bool {
    let tau = hex::decode(TAU_G2)
        .ok()
        .and_then(|bytes| G2Affine::decode(&bytes));
    let (Some(tau), Some((first, rest))) = (tau, points.split_first()) else {
        return false;
    };
    let mut digest = Hasher::new(b"provable-vm powers of EIP-4844 v1");
    for point in points {
        digest.canonical(point);
    }
    let digest = digest.finish();
    let weights: Vec<Fr> = (0..rest.len() as u64)
        .map(|index| {
            let mut weight = Hasher::new(b"provable-vm weight of EIP-4844 v1");
            weight.bytes(&digest);
            weight.bytes(&index.to_le_bytes());
            let weight = weight.finish();
            Fr::from_le_bytes_mod_order(weight.get(..16).unwrap_or(&weight))
        })
        .collect();
    let sum = |points: &[G1Affine]| G1Projective::msm_unchecked(points, &weights).into_affine();
    let low = sum(points.get(..rest.len()).unwrap_or_default());
    let high = sum(rest);
    *first == G1Affine::generator()
        && Product::of(&[(low, tau)]).equals(&Product::of(&[(high, G2Affine::generator())]))
}
