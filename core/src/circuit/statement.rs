//! The statement as the verifier computes it: the evaluation of the program table, and the part of the memory sum that
//! belongs to the public tapes and to the program's data.

use super::encoding;
use super::field::{FieldEncoding, FieldEntry};
use super::layout::Capacities;
use super::tuple::{Space, packed_first, packed_public};
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
    /// More words of data than heap cells.
    #[error("the program has {words} words of data; this tier has {cells} heap cells")]
    TooMuchData {
        /// Words of data.
        words: usize,
        /// Heap cells of the tier.
        cells: usize,
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
    #[error("a challenge is a pole of the verifier's sum")]
    Pole,
}

/// Refuses a program or a tape that no run of a tier can have. Only lengths are compared.
///
/// # Errors
/// When the program, its data or a tape is too long.
pub fn check_lengths(
    program: &Program,
    input: &[u32],
    output: &[u32],
    capacities: &Capacities,
) -> Result<(), StatementError> {
    let length = encoding::length(program);
    if length > capacities.program {
        return Err(StatementError::ProgramTooLong {
            length,
            capacity: capacities.program,
        });
    }
    let words = program.data().len();
    if words > capacities.heap {
        return Err(StatementError::TooMuchData {
            words,
            cells: capacities.heap,
        });
    }
    let length = input.len().max(output.len());
    if length > capacities.rows {
        return Err(StatementError::TapeTooLong {
            length,
            rows: capacities.rows,
        });
    }
    Ok(())
}

/// The statement's elements, in the order of the circuit's variables: γ, β, ρ, the program's evaluation at ρ, and
/// what the verifier adds to the memory sum.
///
/// # Errors
/// When the program, its data or a tape is too long, or at a pole.
pub fn statement(
    program: &Program,
    input: &[u32],
    output: &[u32],
    capacities: &Capacities,
    challenges: &Challenges,
) -> Result<[Fr; super::layout::statement::LEN], StatementError> {
    check_lengths(program, input, output, capacities)?;
    let encoding = FieldEncoding::new(program);
    let length = encoding.entries.len();
    let capacity = capacities.program;
    let entries = encoding
        .table(capacity)
        .ok_or(StatementError::ProgramTooLong { length, capacity })?;
    let memory = memory(program, input, output, challenges)?;
    let program = evaluate(&entries, challenges);
    Ok([
        challenges.gamma,
        challenges.beta,
        challenges.rho,
        program,
        memory,
    ])
}

/// Σ ρ^j (bits_j + β·operand_j).
fn evaluate(entries: &[FieldEntry], challenges: &Challenges) -> Fr {
    entries.iter().rev().fold(Fr::zero(), |sum, entry| {
        sum * challenges.rho + Fr::from(entry.bits) + challenges.beta * entry.operand
    })
}

/// The verifier's part of the memory sum. It puts the words of the input and of the data. It takes the words of the
/// output, and the tuples, not set, with which the heap table begins the cells of the data.
fn memory(
    program: &Program,
    input: &[u32],
    output: &[u32],
    challenges: &Challenges,
) -> Result<Fr, StatementError> {
    let (mut terms, put) = public_cells(program, input, output, challenges);
    if terms.iter().any(Fr::is_zero) {
        return Err(StatementError::Pole);
    }
    batch_inversion(&mut terms);
    let (put, taken) = terms.split_at(put.min(terms.len()));
    Ok(put.iter().sum::<Fr>() - taken.iter().sum::<Fr>())
}

/// The denominators of the verifier's part of the memory sum: γ minus the tuple of each cell, those that are put first. How
/// many are put.
pub(crate) fn public_cells(
    program: &Program,
    input: &[u32],
    output: &[u32],
    challenges: &Challenges,
) -> (Vec<Fr>, usize) {
    let Challenges { gamma, beta, .. } = *challenges;
    let difference = |packed: Fr, address: u64, word: u32| {
        gamma - packed - beta * (Fr::from(word) + beta * Fr::from(address))
    };
    let tape = |space, words: &[u32]| -> Vec<Fr> {
        let packed = packed_public(space);
        let cells = (0..).zip(words);
        let terms = cells.map(|(index, word)| difference(packed, index, *word));
        terms.collect()
    };
    let data = program.data();
    let (set, first) = (packed_public(Space::Heap), packed_first(Space::Heap));
    let mut terms = tape(Space::Input, input);
    terms.extend(
        data.iter()
            .map(|(at, word)| difference(set, (*at).into(), *word)),
    );
    let put = terms.len();
    terms.extend(tape(Space::Output, output));
    terms.extend(
        data.iter()
            .map(|(at, _)| difference(first, (*at).into(), 0)),
    );
    (terms, put)
}
