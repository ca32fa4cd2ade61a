//! An honest assignment: a program with data, an input, a secret and an output, as the prover completes it.

use crate::circuits::{CIRCUIT, definition, hexadecimal};
use crate::random::random_programs::lines;
use crate::statements::challenges;
use crate::text;
use anyhow::{Context, Result};
use provable::circuit::statement::statement;
use provable::circuit::{Capacities, Circuit, ExecutionTrace};
use provable::lang::program::Program;
use provable::vm::{Inputs, Limits};
use std::fmt::Write;

/// The program.
const TEXT: &str =
    "READ,WRITE,READ,LOAD 3,ADD,DUP 0,WRITE,READ,MUL,WRITE,SECRET,STORE 5,CALL 15,JMP 16,NOP,RET";
const DATA: [(u32, u32); 2] = [(3, 40), (9, 1)];

/// The name and the text of the file.
///
/// # Errors
/// When the program does not fit its circuit.
pub fn file() -> Result<(String, String)> {
    let capacities = Capacities {
        rows: 16,
        program: 20,
        range_bits: 5,
        heap: 4,
        stack: 2,
        calls: 1,
        arithmetic: 2,
        bitwise: 1,
        compare: 1,
        sha256: 0,
    };
    let circuit = Circuit::new(capacities)?;
    let program = Program::new(lines(TEXT).into_iter().zip(1..)).with_data(DATA);
    let inputs = Inputs {
        public: vec![2, 3, 5],
        secret: vec![7],
    };
    let trace = ExecutionTrace::new(&program, &inputs, Limits::default())?;
    let challenges = challenges([7, 11, 13]);
    let stated = statement(
        &program,
        &inputs.public,
        &trace.outputs,
        &capacities,
        &challenges,
    )?;
    let mut assignment = trace.commit(&circuit.layout)?;
    let places = assignment.get_mut(1..=stated.len());
    places
        .context("a committed block is after the statement")?
        .copy_from_slice(&stated);
    circuit.derive(&mut assignment);

    let mut file = String::from("From Coq Require Import ZArith List Uint63.\n");
    file.push_str("From ProvableVM Require Import Field Machine Builder Capacities Circuit ShaCircuit Numbering Comparison Witness.\n");
    file.push_str("Import ListNotations.\n");
    file.push_str(&definition(&capacities));
    file.push_str("Open Scope Z_scope.\n");
    writeln!(
        file,
        "Definition P : program := {}.",
        text::program(&program)?
    )?;
    writeln!(
        file,
        "Definition z : list Z := [{}].",
        assignment
            .iter()
            .map(hexadecimal)
            .collect::<Vec<_>>()
            .join("; ")
    )?;
    let (public, outputs) = (text::numbers(&inputs.public), text::numbers(&trace.outputs));
    writeln!(
        file,
        "Example the_honest_assignment_satisfies_the_circuit : honest {CIRCUIT} P (integers {public}) (integers {outputs}) z = true."
    )?;
    file.push_str(text::COMPUTED);
    Ok(("Honest".into(), file))
}
