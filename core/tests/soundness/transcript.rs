//! The challenges depend on each part of the statement and on D. If they were known before the commitment, anything could be
//! proved.

use crate::support::false_witness::{FalseWitness, fr};
use crate::support::{Case, assemble, tiny};
use ark_bls12_381::{Fr, G1Affine};
use ark_ec::AffineRepr;
use ark_ff::Field;
use provable::circuit::layout::program;
use provable::proof::transcript::{challenges, trace_commitment};
use std::collections::HashSet;

#[test]
fn every_part_changes_every_challenge() {
    let (d, other_d) = (G1Affine::generator(), -G1Affine::generator());
    let draw = |circuit: u8, key: u8, text: &str, input: &[u32], output: &[u32], d: &G1Affine| {
        challenges(
            &[circuit; 32],
            &[key; 32],
            &assemble(text),
            input,
            output,
            d,
        )
    };
    let all = [
        draw(1, 2, "NOP", &[3], &[4], &d),
        draw(5, 2, "NOP", &[3], &[4], &d),
        draw(2, 1, "NOP", &[3], &[4], &d),
        draw(1, 5, "NOP", &[3], &[4], &d),
        draw(1, 2, "HALT", &[3], &[4], &d),
        draw(1, 2, "NOP", &[5], &[4], &d),
        draw(1, 2, "NOP", &[3], &[5], &d),
        // The same words, divided otherwise between the tapes.
        draw(1, 2, "NOP", &[3, 4], &[], &d),
        draw(1, 2, "NOP", &[], &[3, 4], &d),
        draw(1, 2, "NOP", &[3], &[4], &other_d),
    ];
    let drawn: HashSet<Fr> = all.iter().flat_map(|c| [c.gamma, c.beta, c.rho]).collect();
    assert_eq!(drawn.len(), 3 * all.len());
    let commitments =
        [(1, &d), (2, &d), (1, &other_d)].map(|(key, d)| trace_commitment(&[key; 32], d));
    assert_eq!(HashSet::from(commitments).len(), 3);
}

/// With known β and ρ, a padding entry of the table compensates another operand: PUSH 2 writes 3.
#[test]
fn challenges_known_before_the_commitment_prove_anything() {
    let circuit = tiny();
    let mut witness = FalseWitness::new(&circuit, "PUSH 2,WRITE", (&[], &[3]), |row, claim| {
        if row == 0 {
            claim.entry.operand = fr(3);
            claim.result = fr(3);
        }
    });
    let (table, known) = (circuit.layout.program, Case::challenges());
    let last = table.rows - 1;
    let padding = table.at(last, program::BITS);
    let weight = known.rho.pow([last as u64]).inverse().unwrap();
    let makes_up = witness.case.assignment[padding.0 as usize] - known.beta * weight;
    witness.put(table.at(0, program::OPERAND), 3u64);
    witness.put(padding, makes_up);
    assert_eq!(witness.violations().1, 0);
}
