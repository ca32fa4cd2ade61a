//! Rows of the SHA-256 table.
//!
//! The method applies to what ties a row to the memory: its request, and the cells that it replaces. Their tuples are affine in the
//! time, the two addresses and the ages, which are unknowns. So the system decides over the whole field whether one field of such
//! a tuple can compensate another, and which addition each of the row's removals can equal: an earlier or later one, one of another
//! cell or space, one of another row.
//!
//! It does not apply to what a row computes. The spread form of a piece is no affine function of the piece, and the result of a
//! function is none of its digits, so the skeleton draws the entries of all lookups of pieces and chunks: those of 24 words, of
//! which some are often other ones than the memory has. Then an addition has no unknown but its carry, which must be in its range,
//! and limbs are numbers. Paths go straight through the program: other control bits than the program's are drawn in the search of the
//! circuit without the table. A false computation has no drawn entries here; the mutation search looks for those
//! (`mutation_search/rewritten_runs/compressions`, `mutation_search/mutations/sha256`).

use super::programs::Drawn;
use super::rows::Rows;
use super::skeleton::{Skeleton, Words, along};
use super::system::Contradiction;
use crate::support::checker::compress;
use crate::support::false_witness::sha256::columns;
use crate::support::mutation_search::sha256_programs;
use ark_bls12_381::Fr;
use provable::circuit::Circuit;
use provable::circuit::encoding::Bit;
use provable::circuit::field::FieldEncoding;
use provable::circuit::sha256::{ACTIVE, WORDS};
use provable::lang::isa::Op;
use provable::lang::program::Program;
use rand::Rng;
use rand::rngs::StdRng;
use std::collections::BTreeMap;

/// The index of the table among the layout's blocks; the cells of its rows have it as their place, with the step that requests.
pub const TABLE: usize = 13;

/// Takes in a row of the table, which is active, with these words. `step` is the row that requests, or the one after which it
/// comes if none does.
pub fn take(
    rows: &mut Rows<'_>,
    row: usize,
    step: usize,
    words: &Words,
) -> Result<(), Contradiction> {
    let layout = &rows.wiring.circuit.layout;
    let block = layout.sha256;
    if row >= block.rows {
        return Err(Contradiction);
    }
    let columns = columns(layout, words.map(Fr::from));
    rows.know(block.at(row, ACTIVE).0, Fr::from(1u64));
    for (column, value) in columns.into_iter().enumerate() {
        rows.know(block.at(row, WORDS + column).0, value);
    }
    let before = rows.cells.len();
    rows.take((TABLE, row), false)?;
    for cell in &mut rows.cells[before..] {
        cell.place.1 = step;
    }
    Ok(())
}

/// Whether a step with these bits requests.
pub fn requests(bits: u64) -> bool {
    bits >> Bit::Hash as u32 & 1 == 1
}

/// A program that executes SHA256, and the path straight through it, with words that are most often those of the memory.
pub fn draw(circuit: &Circuit, rng: &mut StdRng) -> Option<(Drawn, Skeleton)> {
    let (program, secret) = match rng.gen_range(0..3) {
        0 => {
            let (program, inputs) = sha256_programs::trapping(circuit, rng);
            (program, inputs.secret.clone())
        }
        _ => {
            let run = sha256_programs::draw(circuit, rng)?;
            (run.program, run.secret)
        }
    };
    let (mut words, heap) = straight(&program, &secret)?;
    let mut others: Vec<u32> = heap.values().copied().collect();
    others.extend(program.data().iter().map(|(_, word)| *word));
    others.push(0);
    let honest: bool = rng.r#gen();
    for (words, addresses) in words.iter_mut().filter(|_| !honest) {
        for _ in 0..rng.gen_range(0..3) {
            let place = rng.gen_range(0..words.len());
            // Most often the word that the cell has at the end.
            let last = heap
                .get(&addresses[place])
                .filter(|_| rng.gen_range(0..4) > 0);
            let other = others[rng.gen_range(0..others.len())];
            words[place] = last.copied().unwrap_or(other);
        }
    }
    let encoding = FieldEncoding::new(&program);
    let mut skeleton = along(&encoding.entries, &[])?;
    skeleton.words = words.into_iter().map(|(words, _)| words).collect();
    if rng.gen_range(0..8) == 0 {
        // A row that no step requests.
        skeleton.words.push([0; 24]);
    }
    let drawn = Drawn {
        program,
        encoding,
        starts: Vec::new(),
        public: Vec::new(),
        delta: None,
    };
    Some((drawn, skeleton))
}

/// The words of an execution, and their addresses.
type Execution = (Words, [u32; 24]);

/// The words and addresses of each execution in a program without jumps, and the heap at the end. A word that was never stored is
/// 0.
fn straight(program: &Program, secret: &[u32]) -> Option<(Vec<Execution>, BTreeMap<u32, u32>)> {
    let mut heap: BTreeMap<u32, u32> = program.data().iter().copied().collect();
    let (mut stack, mut found) = (Vec::new(), Vec::new());
    let mut secret = secret.iter();
    for one in program.instructions() {
        match one.op {
            Op::Push => stack.push(one.operand?),
            Op::Secret => stack.push(*secret.next()?),
            Op::Dup => stack.push(*stack.last()?),
            Op::Load => stack.push(heap.get(&one.operand?).copied().unwrap_or(0)),
            Op::Loadx => {
                let address = stack.pop()?.wrapping_add(one.operand.unwrap_or(0));
                stack.push(heap.get(&address).copied().unwrap_or(0));
            }
            Op::Store => drop(heap.insert(one.operand?, stack.pop()?)),
            Op::Pop | Op::Write => drop(stack.pop()?),
            Op::Sha256 => {
                let (block, state) = (stack.pop()?, *stack.last()?);
                let addresses: [u32; 24] = std::array::from_fn(|word| match word {
                    0..16 => block.wrapping_add(word as u32),
                    _ => state.wrapping_add(word as u32 - 16),
                });
                let words = addresses.map(|address| heap.get(&address).copied().unwrap_or(0));
                let result = compress(
                    std::array::from_fn(|word| words[16 + word]),
                    std::array::from_fn(|word| words[word]),
                );
                heap.extend(addresses[16..].iter().copied().zip(result));
                found.push((words, addresses));
            }
            _ => return None,
        }
    }
    Some((found, heap))
}
