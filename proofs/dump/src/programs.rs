//! Encodings and runs of programs: every instruction alone, every group of instructions that shares rows, and random programs.

use crate::random::random_programs::{IDIOMS, instruction, lines, program, word};
use crate::text;
use anyhow::{Context, Result};
use provable::circuit::encoding::Encoding;
use provable::lang::program::Program;
use provable::vm::{Ending, Inputs, Limits, run};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::fmt::Write;

/// Random programs of each comparison. The seed is fixed, so that a difference is found again.
const RANDOM: usize = 400;
/// Instructions alone.
const ALONE: usize = 300;
/// Cells of the heap that are compared, from address 0 on.
const CELLS: u32 = 32;
/// The most steps of a run.
const STEPS: u64 = 200;

const HEAD: &str = "From Coq Require Import ZArith List Bool.
From ProvableVM Require Import Machine Rows Run Encode Comparison.
Import ListNotations.
Open Scope Z_scope.
";

fn programs(rng: &mut StdRng) -> Vec<Program> {
    let numbered = |instructions: Vec<_>| Program::new(instructions.into_iter().zip(1..));
    let mut all: Vec<Program> = IDIOMS.iter().map(|text| numbered(lines(text))).collect();
    all.extend((0..ALONE).map(|_| numbered(vec![instruction(rng)])));
    all.extend((0..RANDOM).map(|_| program(rng)));
    // SHA256 is in no random program: its words have to be in the heap.
    for text in [
        "SHA256",
        "PUSH 0,PUSH 8,SHA256,LOAD 3,WRITE",
        "PUSH 0,PUSH 7,SHA256",
    ] {
        let data = (0..24).map(|address| (address, word(rng)));
        all.push(numbered(lines(text)).with_data(data));
    }
    all
}

/// The name and the text of each file.
pub fn files() -> Result<Vec<(String, String)>> {
    let rng = &mut StdRng::seed_from_u64(19);
    let programs = programs(rng);
    let (mut encodings, mut runs) = (String::from(HEAD), String::from(HEAD));
    encodings.push_str("Definition encodings : list (program * list (Z * Z)) := [\n");
    runs.push_str("Definition runs : list run_of := [\n");
    for (place, program) in programs.iter().enumerate() {
        let end = if place + 1 == programs.len() { "" } else { ";" };
        let encoding = Encoding::<i128>::new(program);
        // One more than the program takes, so that the table is padded.
        let longer = encoding.entries.len() + 1;
        let entries = encoding.table(longer).context("a table of that length")?;
        let entries = entries
            .iter()
            .map(|entry| format!("({}, {})", entry.bits, entry.operand));
        let program_text = text::program(program)?;
        writeln!(encodings, "({program_text}, {}){end}", text::list(entries))?;

        let mut tape = |most| {
            (0..rng.gen_range(0..most))
                .map(|_| word(rng))
                .collect::<Vec<u32>>()
        };
        let inputs = Inputs {
            public: tape(4),
            secret: tape(6),
        };
        let limits = Limits {
            max_steps: STEPS,
            ..Limits::default()
        };
        let outcome = run(program, &inputs, limits);
        let ending = match &outcome.status {
            Ending::Halted => "Halted",
            Ending::Trapped(trap) if trap.reason.to_string().contains("steps") => "Running",
            Ending::Trapped(_) => "Trapped",
        };
        writeln!(
            runs,
            "{{| of_program := {program_text}; public := {}; secret := {}; ends := {ending}; at_ := {}; words_ := {}; \
             open_calls := {}; carry := {}; written_ := {}; cells := {} |}}{end}",
            text::numbers(&inputs.public),
            text::numbers(&inputs.secret),
            outcome.pc,
            text::numbers(outcome.stack.iter().rev()),
            text::numbers(outcome.calls.iter().rev()),
            outcome.carry,
            text::numbers(outcome.outputs.iter().rev()),
            text::list((0..CELLS).map(|address| match outcome.heap.get(address) {
                Some(word) => format!("Some {word}"),
                None => "None".into(),
            })),
        )?;
    }
    encodings.push_str("].\nExample the_encodings_are_those_of_the_proof : forallb same_encoding encodings = true.\n");
    encodings.push_str("Proof. vm_cast_no_check (@eq_refl bool true). Qed.\n");
    writeln!(
        runs,
        "].\nExample the_runs_are_those_of_the_proof : forallb (same_run {STEPS}) runs = true."
    )?;
    runs.push_str("Proof. vm_cast_no_check (@eq_refl bool true). Qed.\n");
    Ok(vec![("Encodings".into(), encodings), ("Runs".into(), runs)])
}
