//! The verifier's statements of random programs with tapes and data, without an assignment.

use crate::circuits::hexadecimal;
use crate::random::random_programs::{program, word};
use crate::text;
use anyhow::Result;
use ark_bls12_381::Fr;
use ark_ff::Field;
use provable::circuit::Capacities;
use provable::circuit::encoding;
use provable::circuit::statement::{Challenges, statement};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Programs. Each has a statement under each set of challenges.
const PROGRAMS: usize = 60;

/// Challenges that are the same in every run, and without a small number.
pub fn challenges(bases: [u64; 3]) -> Challenges {
    let [gamma, beta, rho] = bases.map(|base| Fr::from(base).pow([0x1234_5678_9abc_def1]));
    Challenges { gamma, beta, rho }
}

/// The name and the text of the file.
///
/// # Errors
/// When a program has no statement.
pub fn file() -> Result<(String, String)> {
    let rng = &mut StdRng::seed_from_u64(60);
    let sets = [challenges([7, 11, 13]), challenges([17, 19, 23])];
    let mut all = Vec::new();
    for number in 0..PROGRAMS {
        let mut words = |most: usize| {
            let count = rng.gen_range(0..=most);
            (0..count).map(|_| word(rng)).collect::<Vec<_>>()
        };
        let (input, output, addresses) = (words(4), words(4), words(3));
        let data: Vec<_> = addresses.into_iter().map(|at| (at, word(rng))).collect();
        let program = program(rng).with_data(data);
        let capacities = Capacities {
            rows: 16,
            // With and without entries that pad the table.
            program: encoding::length(&program) + number % 4,
            range_bits: 8,
            heap: 16,
            stack: 1,
            calls: 1,
            arithmetic: 1,
            bitwise: 1,
            compare: 1,
            sha256: 0,
        };
        for set in &sets {
            let stated = statement(&program, &input, &output, &capacities, set)?;
            let stated: Vec<_> = stated.iter().map(hexadecimal).collect();
            all.push(format!(
                "({}, {}, {}, {}%uint63, [{}])",
                text::program(&program)?,
                text::numbers(&input),
                text::numbers(&output),
                capacities.program,
                stated.join("; "),
            ));
        }
    }
    let mut file = String::from("From Coq Require Import ZArith List Uint63.\n");
    file.push_str("From ProvableVM Require Import Field Machine Comparison Witness.\n");
    file.push_str("Import ListNotations.\nOpen Scope Z_scope.\n");
    let element = "program * ints * ints * int * list Z";
    text::definition(&mut file, "statements", element, &all)?;
    file.push_str(
        "Example the_statements_are_those_of_the_proof : forallb (same_statement BLS.p) statements = true.\n",
    );
    file.push_str(text::COMPUTED);
    Ok(("Statements".into(), file))
}
