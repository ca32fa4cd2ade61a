//! The matrices of circuits: a file for each, in which Coq compares them with the circuit that the theorem is about.

use anyhow::Result;
use ark_ff::PrimeField;
use provable::circuit::tier::TIERS;
use provable::circuit::{Capacities, Circuit};
use std::fmt::Write;

/// Constraints of one definition: Coq's parser is slow on long lists.
const CHUNK: usize = 256;

/// Capacities that cover every case of the layout: one row and more; top limbs with and without a table of their own; digits
/// of 2 bits and of 4; and a tier that programs are proved in.
fn all() -> Vec<(&'static str, Capacities)> {
    let tiny = Capacities {
        rows: 2,
        program: 3,
        range_bits: 4,
        heap: 2,
        stack: 2,
        calls: 1,
        arithmetic: 2,
        bitwise: 1,
        compare: 2,
        sha256: 0,
    };
    let all = [
        ("TwoRows", tiny),
        (
            "OneRow",
            Capacities {
                rows: 1,
                program: 1,
                heap: 1,
                ..tiny
            },
        ),
        (
            "TopTable",
            Capacities {
                rows: 5,
                range_bits: 5,
                ..tiny
            },
        ),
        (
            "WideDigits",
            Capacities {
                bitwise: 90,
                ..tiny
            },
        ),
    ];
    let tier = TIERS.first().map(|tier| ("SmallestTier", tier.capacities));
    all.into_iter().chain(tier).collect()
}

/// The name and the text of each file.
pub fn files() -> Result<Vec<(String, String)>> {
    let files = all().into_iter().map(|(name, capacities)| {
        let circuit = Circuit::new(capacities)?;
        Ok((name.to_owned(), text(&capacities, &circuit)?))
    });
    files.collect()
}

fn text(capacities: &Capacities, circuit: &Circuit) -> Result<String> {
    let Capacities {
        rows,
        program,
        range_bits,
        heap,
        stack,
        calls,
        arithmetic,
        bitwise,
        compare,
        sha256,
    } = capacities;
    let mut text = String::new();
    text.push_str("From Coq Require Import ZArith List Uint63.\n");
    text.push_str("From ProvableVM Require Import Field Builder Capacities Circuit Numbering.\n");
    text.push_str("Import ListNotations.\n");
    writeln!(
        text,
        "Definition c : capacities := {{| rows := {rows}; program_rows := {program}; range_bits := {range_bits}; \
         heap_rows := {heap}; stack_rows := {stack}; call_rows := {calls}; arithmetic_rows := {arithmetic}; \
         bitwise_rows := {bitwise}; compare_rows := {compare}; sha_rows := {sha256} |}}."
    )?;
    let matrices = &circuit.matrices;
    let coefficients = matrices.coefficients.iter();
    let coefficients: Vec<String> = coefficients
        .map(|value| value.into_bigint().to_string())
        .collect();
    writeln!(
        text,
        "Definition coefficients : list Z := [{}]%Z.",
        coefficients.join("; ")
    )?;
    let count = matrices.constraints();
    let mut parts = Vec::new();
    for (part, first) in (0..count).step_by(CHUNK).enumerate() {
        writeln!(text, "Definition d{part} : dump := [")?;
        let last = (first + CHUNK).min(count);
        for row in first..last {
            let lcs = matrices.abc.each_ref().map(|matrix| {
                let entries = matrix
                    .row(row)
                    .map(|(var, coefficient)| format!("({var}, {coefficient})"));
                format!("[{}]", entries.collect::<Vec<_>>().join("; "))
            });
            let end = if row + 1 == last { "" } else { ";" };
            writeln!(text, "({}){end}", lcs.join(", "))?;
        }
        text.push_str("]%uint63.\n");
        parts.push(format!("d{part}"));
    }
    writeln!(
        text,
        "Definition d : dump := ({})%list.",
        parts.join(" ++ ")
    )?;
    text.push_str("Example the_matrices_are_those_of_the_proof : same c (machine c) 0 0 BLS.p coefficients d = true.\n");
    text.push_str("Proof. vm_compute. reflexivity. Qed.\n");
    Ok(text)
}
