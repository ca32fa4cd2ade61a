//! Runs of programs: wired by hand, grown until they halt, and random ones.

use crate::coverage::Coverage;
use crate::random::random_programs::{growing, instruction, lines, program, word};
use crate::text::{COMPUTED, definition, numbered, numbers, program as program_of};
use crate::wiring;
use anyhow::Result;
use provable::circuit::{Capacities, Circuit};
use provable::lang::program::Program;
use provable::vm::{Ending, Inputs, Limits, TrapReason, run};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Random programs, most of which trap. The seed is fixed, so that a difference is found again.
const RANDOM: usize = 300;
/// Programs that are grown until they halt.
const GROWN: usize = 200;
/// Instructions alone.
const ALONE: usize = 200;
/// Cells of the heap that are always compared, beside all that hold a word: the first, and the last.
const CELLS: u32 = 12;
/// The most steps of a run.
const STEPS: u64 = 200;

/// A program and its inputs.
pub type Case = (Program, Inputs);

/// What programs are grown in.
const SMALL: Capacities = Capacities {
    rows: 60,
    program: 100,
    range_bits: 6,
    heap: 40,
    stack: 40,
    calls: 10,
    arithmetic: 40,
    bitwise: 40,
    compare: 40,
    sha256: 0,
};

fn inputs(rng: &mut StdRng, most: [usize; 2]) -> Inputs {
    let [public, secret] = most.map(|most| {
        let count = rng.gen_range(0..most);
        (0..count).map(|_| word(rng)).collect::<Vec<u32>>()
    });
    Inputs { public, secret }
}

fn cases(rng: &mut StdRng) -> Result<Vec<Case>> {
    let mut all = wiring::cases(rng);
    for _ in 0..ALONE {
        all.push((numbered(vec![instruction(rng)]), inputs(rng, [4, 6])));
    }
    for _ in 0..RANDOM {
        all.push((program(rng), inputs(rng, [4, 6])));
    }
    let circuit = Circuit::new(SMALL)?;
    for _ in 0..GROWN {
        let inputs = inputs(rng, [4, 8]);
        all.push((growing(&inputs, &circuit, rng), inputs));
    }
    // A run that reaches its limit.
    all.push((numbered(lines("PUSH 1,ADD 1,JMP 1")), Inputs::default()));
    Ok(all)
}

/// The program, its inputs, and the final state: `Comparison.run_of`.
fn term((program, inputs): &Case, limits: Limits) -> Result<String> {
    let outcome = run(program, inputs, limits);
    let ending = match &outcome.status {
        Ending::Halted => "Halted",
        Ending::Trapped(trap) if matches!(trap.reason, TrapReason::StepLimit { .. }) => "Running",
        Ending::Trapped(_) => "Trapped",
    };
    let fixed = (0..CELLS).chain(u32::MAX - CELLS..=u32::MAX);
    let stored = outcome.heap.iter().map(|(address, _)| address);
    let near = stored.flat_map(|at| [at.wrapping_sub(1), at, at.wrapping_add(1)]);
    let cells: BTreeSet<u32> = fixed.chain(near).collect();
    // The number after a word, or 0 where there is none.
    let cells = cells.into_iter().flat_map(|address| {
        let word = outcome.heap.get(address);
        [
            u64::from(address),
            word.map_or(0, |word| u64::from(word) + 1),
        ]
    });
    Ok(format!(
        "{{| of_program := {}; public := {}; secret := {}; ends := {ending}; at_ := {}; words_ := {}; open_calls := {}; \
         carry := {}; written_ := {}; used := {}; cells := {} |}}",
        program_of(program)?,
        numbers(&inputs.public),
        numbers(&inputs.secret),
        numbers([outcome.pc]),
        numbers(outcome.stack.iter().rev()),
        numbers(outcome.calls.iter().rev()),
        outcome.carry,
        numbers(outcome.outputs.iter().rev()),
        numbers([outcome.secret_read]),
        numbers(cells),
    ))
}

/// The name and the text of the file.
///
/// # Errors
/// When the runs leave out a case of an instruction.
pub fn file() -> Result<(String, String)> {
    let rng = &mut StdRng::seed_from_u64(19);
    let limits = Limits {
        max_steps: STEPS,
        ..Limits::default()
    };
    let cases = cases(rng)?;
    let mut coverage = Coverage::default();
    for (program, inputs) in &cases {
        coverage.add(program, inputs, limits);
    }
    coverage.check()?;
    let terms = cases.iter().map(|case| term(case, limits));
    let terms = terms.collect::<Result<Vec<_>>>()?;
    let mut text = String::from("From Coq Require Import List Uint63.\n");
    text.push_str("From ProvableVM Require Import Run Comparison.\nImport ListNotations.\n");
    definition(&mut text, "runs", "run_of", &terms)?;
    writeln!(
        text,
        "Example the_runs_are_those_of_the_proof : forallb (same_run {STEPS}) runs = true."
    )?;
    text.push_str(COMPUTED);
    Ok(("Runs".into(), text))
}
