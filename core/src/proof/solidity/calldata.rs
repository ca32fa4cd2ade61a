//! The calldata of a proof: the arguments of the contract's `verify`.

use super::Evaluation;
use super::coefficients::COEFFICIENTS;
use super::encoding::{g1, g2, scalar};
use super::error::SolidityError;
use crate::circuit::encoding;
use crate::circuit::field::FieldEncoding;
use crate::circuit::statement::public_cells;
use crate::lang::program::Program;
use crate::proof::transcript::challenges;
use crate::proof::{Proof, Verifier};
use ark_bls12_381::Fr;
use ark_ff::Field;
use ark_serialize::CanonicalSerialize;

/// The first four bytes of the Keccak-256 of `verify(bytes,bytes,bytes)`.
const SELECTOR: [u8; 4] = [0xde, 0x8f, 0x50, 0xa1];

/// Bytes of a word of the ABI.
const WORD: usize = 32;

/// The arguments of `verify`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calldata {
    /// The proof: A, B, C and D as EIP-2537 encodes points, the inverse of the denominator of the public cells, and for a
    /// contract with a commitment the program's evaluation (32 bytes) and its opening (48 bytes, compressed).
    pub proof: Vec<u8>,
    /// The public input: words of 4 bytes, most significant byte first.
    pub input: Vec<u8>,
    /// The public output, in the same form.
    pub output: Vec<u8>,
}

impl Calldata {
    /// The calldata of a call: the selector, and the arguments in the ABI's canonical form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let arguments = [&self.proof, &self.input, &self.output];
        let mut bytes = SELECTOR.to_vec();
        let mut at = arguments.len() * WORD;
        for argument in arguments {
            bytes.extend(number(at));
            at += WORD + argument.len().next_multiple_of(WORD);
        }
        for argument in arguments {
            bytes.extend(number(argument.len()));
            bytes.extend(argument);
            bytes.resize(
                bytes.len() + argument.len().next_multiple_of(WORD) - argument.len(),
                0,
            );
        }
        bytes
    }
}

fn number(value: usize) -> [u8; WORD] {
    let mut bytes = [0; WORD];
    let (_, low) = bytes.split_at_mut(WORD - size_of::<u64>());
    low.copy_from_slice(&(value as u64).to_be_bytes());
    bytes
}

/// The calldata with which a contract for the verifier's key and this program accepts a proof. The proof is verified first.
///
/// # Errors
/// When the proof is not valid, or the program has too many entries for an opening.
pub fn calldata(
    verifier: &Verifier,
    program: &Program,
    proof: &Proof,
    evaluation: Evaluation<'_>,
) -> Result<Calldata, SolidityError> {
    verifier.verify(program, proof)?;
    let (input, output) = (&proof.public_input, &proof.public_output);
    let drawn = challenges(
        &proof.circuit,
        &proof.key,
        program,
        input,
        output,
        &proof.elements.d,
    );
    let (differences, _) = public_cells(program, input, output, &drawn);
    let product: Fr = differences.iter().product();
    // The contract has each cell minus γ. The cells of the data are two a word, so their signs are no matter.
    let signed = match (input.len() + output.len()) % 2 {
        0 => product,
        _ => -product,
    };
    let points = proof.elements;
    let mut bytes = [g1(&points.a), g2(&points.b), g1(&points.c), g1(&points.d)].concat();
    // A valid proof has no difference that is zero.
    bytes.extend(scalar(&signed.inverse().unwrap_or_default()));
    if let Evaluation::Opening(setup) = evaluation {
        let entries = encoding::length(program);
        if entries > COEFFICIENTS {
            return Err(SolidityError::TooLargeForOpening { entries });
        }
        let entries = FieldEncoding::new(program).entries;
        let (value, opening) = setup.open(&entries, drawn.beta, drawn.rho);
        bytes.extend(scalar(&value));
        // Writing to a vector cannot fail.
        let _ = opening.serialize_compressed(&mut bytes);
    }
    Ok(Calldata {
        proof: bytes,
        input: words(input),
        output: words(output),
    })
}

fn words(tape: &[u32]) -> Vec<u8> {
    tape.iter().flat_map(|word| word.to_be_bytes()).collect()
}
