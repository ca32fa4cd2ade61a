//! The statement as the verifier computes it: the evaluation of the program table, and the part of the memory sum that
//! belongs to the public tapes.

use super::encoding;
use super::field::{FieldEncoding, FieldEntry};
use super::tuple::{Space, packed_public};
use crate::lang::program::Program;
use ark_bls12_381::Fr;
use ark_ff::{Zero, batch_inversion};

/// The three challenges, drawn after the committed block is fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Challenges {
    /// The pole γ of the logarithmic derivatives.
    pub gamma: Fr,
    /// β, which separates unbounded fields from packed ones.
    pub beta: Fr,
    /// ρ, the point at which the program table is evaluated.
    pub rho: Fr,
}

/// Why a program and its tapes have no statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// More entries than the program table holds.
    #[error("the program takes {length} rows of the program table; this tier has {capacity}")]
    ProgramTooLong {
        /// Entries of the program, including that of its end.
        length: usize,
        /// Entries that the tier holds.
        capacity: usize,
    },
    /// A tape has more words than the tier has rows, so no run can read or write it.
    #[error("a public tape has {length} words; this tier has {rows} rows")]
    TapeTooLong {
        /// Words on the tape.
        length: usize,
        /// Rows of the tier.
        rows: usize,
    },
    /// A challenge is equal to a tuple. An honest prover then commits again. The probability is about 2^-200.
    #[error("a challenge is a pole of the public tapes' sum")]
    Pole,
}

/// Refuses a program or a tape that no run of a tier can have. Only lengths are compared, so a refusal costs no further
/// work.
///
/// # Errors
/// When the program is too long for `program_capacity` entries, or a tape for `rows` rows.
pub fn check_lengths(
    program: &Program,
    input: &[u32],
    output: &[u32],
    program_capacity: usize,
    rows: usize,
) -> Result<(), StatementError> {
    let length = encoding::length(program);
    if length > program_capacity {
        return Err(StatementError::ProgramTooLong {
            length,
            capacity: program_capacity,
        });
    }
    let length = input.len().max(output.len());
    if length > rows {
        return Err(StatementError::TapeTooLong { length, rows });
    }
    Ok(())
}

/// The statement's elements, in the order of the circuit's variables: γ, β, ρ, the program's evaluation at ρ, and
/// the public tapes' part of the memory sum.
///
/// # Errors
/// When the program or a tape is too long for `program_capacity` entries or `rows` rows, or at a pole.
pub fn statement(
    program: &Program,
    input: &[u32],
    output: &[u32],
    program_capacity: usize,
    rows: usize,
    challenges: &Challenges,
) -> Result<[Fr; super::layout::statement::LEN], StatementError> {
    check_lengths(program, input, output, program_capacity, rows)?;
    let encoding = FieldEncoding::new(program);
    let length = encoding.entries.len();
    let entries = encoding
        .table(program_capacity)
        .ok_or(StatementError::ProgramTooLong {
            length,
            capacity: program_capacity,
        })?;
    let tapes = tapes(input, output, challenges)?;
    let program = evaluate(&entries, challenges);
    Ok([
        challenges.gamma,
        challenges.beta,
        challenges.rho,
        program,
        tapes,
    ])
}

/// Σ ρ^j (bits_j + β·operand_j).
fn evaluate(entries: &[FieldEntry], challenges: &Challenges) -> Fr {
    entries.iter().rev().fold(Fr::zero(), |sum, entry| {
        sum * challenges.rho + Fr::from(entry.bits) + challenges.beta * entry.operand
    })
}

/// Adds the input's tuples and removes the output's.
fn tapes(input: &[u32], output: &[u32], challenges: &Challenges) -> Result<Fr, StatementError> {
    let differences = |space, words: &[u32]| -> Vec<Fr> {
        let tuple = |(index, word): (usize, &u32)| {
            let address = challenges.beta * Fr::from(index as u64);
            packed_public(space) + challenges.beta * (Fr::from(*word) + address)
        };
        words
            .iter()
            .enumerate()
            .map(|cell| challenges.gamma - tuple(cell))
            .collect()
    };
    let mut terms = differences(Space::Input, input);
    terms.extend(differences(Space::Output, output));
    if terms.iter().any(Fr::is_zero) {
        return Err(StatementError::Pole);
    }
    batch_inversion(&mut terms);
    let (added, removed) = terms.split_at(input.len().min(terms.len()));
    Ok(added.iter().sum::<Fr>() - removed.iter().sum::<Fr>())
}
