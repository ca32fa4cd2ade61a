//! The matrices of circuits: a file for each, in which Coq compares them with the circuit that the theorem is about.

use crate::text::COMPUTED;
use anyhow::{Context, Result, ensure};
use ark_bls12_381::Fr;
use ark_ff::{BigInteger, PrimeField};
use provable::circuit::tier::TIERS;
use provable::circuit::{Capacities, Circuit};
use std::fmt::Write;

/// Constraints of one definition: Coq's parser is slow on long lists.
const CHUNK: usize = 256;

/// Capacities that cover every case of the layout: one row and more; top limbs with and without a table of their own; eight
/// limbs and fewer; digits of 2 bits and of 4; rows of SHA-256. A tier that programs are proved in is added to these.
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
        (
            "FourLimbs",
            Capacities {
                range_bits: 9,
                ..tiny
            },
        ),
        (
            "ThreeLimbs",
            Capacities {
                range_bits: 11,
                ..tiny
            },
        ),
        (
            "Sha256",
            Capacities {
                heap: 24,
                sha256: 2,
                range_bits: 5,
                ..tiny
            },
        ),
    ];
    all.into()
}

/// The name and the text of each file.
///
/// # Errors
/// When a circuit is refused, or the smallest tier's is not the one that is pinned.
pub fn files() -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for (name, capacities) in all() {
        let circuit = Circuit::new(capacities)?;
        files.push((name.to_owned(), text(&capacities, &circuit)?));
    }
    let tier = TIERS.first().context("no tier")?;
    let circuit = Circuit::new(tier.capacities)?;
    let id = hex::encode(circuit.id());
    // What is compared is then the circuit that keys are made for.
    ensure!(
        id == tier.circuit,
        "the circuit of tier {} is {id}",
        tier.name
    );
    files.push(("SmallestTier".into(), text(&tier.capacities, &circuit)?));
    Ok(files)
}

/// A circuit's capacities as a definition of Coq.
pub fn definition(capacities: &Capacities) -> String {
    format!("Definition c : capacities := {}.\n", record(capacities))
}

/// Capacities as a term of Coq.
pub fn record(capacities: &Capacities) -> String {
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
    format!(
        "{{| rows := {rows}; program_rows := {program}; range_bits := {range_bits}; \
         heap_rows := {heap}; stack_rows := {stack}; call_rows := {calls}; arithmetic_rows := {arithmetic}; \
         bitwise_rows := {bitwise}; compare_rows := {compare}; sha_rows := {sha256} |}}"
    )
}

/// What the comparisons take of a circuit.
pub const CIRCUIT: &str = "c (full_circuit c) (Z.of_nat (sha_width c)) (if has_sha c then Z.of_nat sha_entries else 0) BLS.p";

fn text(capacities: &Capacities, circuit: &Circuit) -> Result<String> {
    let mut text = String::new();
    text.push_str("From Coq Require Import ZArith List Uint63.\n");
    text.push_str(
        "From ProvableVM Require Import Field Builder Capacities Circuit ShaCircuit Numbering.\n",
    );
    text.push_str("Import ListNotations.\n");
    text.push_str(&definition(capacities));
    let layout = &circuit.layout;
    writeln!(
        text,
        "Definition e : extent := {{| committed_start := {}; committed_end := {}; variables := {} |}}.",
        layout.committed_start(),
        layout.committed_end(),
        circuit.variables
    )?;
    let matrices = &circuit.matrices;
    let coefficients = matrices.coefficients.iter();
    let coefficients: Vec<String> = coefficients.map(hexadecimal).collect();
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
    writeln!(
        text,
        "Example the_matrices_are_those_of_the_proof : same {CIRCUIT} e coefficients d = true."
    )?;
    text.push_str(COMPUTED);
    Ok(text)
}

/// A number below the order of the field. Coq reads hexadecimal digits faster than decimal ones.
pub fn hexadecimal(value: &Fr) -> String {
    format!("0x{}", hex::encode(value.into_bigint().to_bytes_be()))
}
