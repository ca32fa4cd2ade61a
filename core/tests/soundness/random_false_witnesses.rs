//! Random false witnesses. Their rows remove any cell of any time, execute other instructions, or compute other results. Everything
//! else follows, and the tables are filled to fit. Nearly all are refused. An accepted one must be true: the claimed output is
//! what the machine writes for the secret words that the rows took.

use crate::support::false_witness::{Claim, FalseWitness, Tuple, fr, integer};
use crate::support::{assemble, tiny};
use ark_bls12_381::Fr;
use ark_ff::{One, Zero};
use proptest::prelude::*;
use provable::circuit::Circuit;
use provable::circuit::encoding::encode;
use provable::circuit::field::FieldEncoding;
use provable::vm::{Inputs, Limits, run};

const PROGRAMS: [&str; 7] = [
    "PUSH 5,STORE 0,PUSH 6,STORE 0,LOAD 0,WRITE,LOAD 0,WRITE,PUSH 7,STORE 1,LOAD 1,WRITE",
    "SECRET,PUSH 1,SWAP 1,DUP 1,PUSH 9,SWAP 2,POP,WRITE,WRITE,POP",
    "CALL 3,CALL 3,HALT,PUSH 4,WRITE,CALL 7,RET,PUSH 9,WRITE,RET",
    "PUSH 3,PUSH 2,STORE,PUSH 4,PUSH 3,STORE,PUSH 2,LOAD,PUSH 3,LOAD,SUB,WRITE,PUSH 3,LOAD,WRITE",
    "SECRET,SECRET,LT,JNZ 6,PUSH 1,WRITE,PUSH 2,WRITE,HALT",
    "READ,READ,DUP 1,WRITE,DUP 0,SWAP 2,WRITE,EQ,WRITE",
    "PUSH 3,DUP 0,WRITE,PUSH 1,SUB,DUP 0,JNZ 1,JNC 9,WRITE,POP",
];

/// One change of one row.
#[derive(Clone, Copy, Debug)]
enum Change {
    /// The general port or the stack port removes a tuple that some honest row added.
    General(usize),
    Fill(usize),
    /// The general port removes the first tuple of a cell.
    First,
    /// A push claims a later time.
    Delay(i64),
    /// Another result, another carry.
    Result(i64),
    Borrow,
    /// Another instruction of the program.
    Execute(usize),
}

fn change() -> impl Strategy<Value = Change> {
    use Change::*;
    prop_oneof![
        4 => (0..40usize).prop_map(General),
        4 => (0..40usize).prop_map(Fill),
        1 => Just(First),
        2 => (0..20i64).prop_map(Delay),
        2 => (0..10i64).prop_map(Result),
        1 => Just(Borrow),
        1 => (0..16usize).prop_map(Execute),
    ]
}

fn apply(change: Change, row: usize, claim: &mut Claim, honest: &[Tuple], program: &str) {
    let now = row as i64 + 1;
    let taken = |index: usize| {
        let (_, time, _, value) = honest[index % honest.len()];
        (value, fr(now - 1 - time))
    };
    match change {
        Change::General(index) => {
            (claim.result, claim.age) = taken(index);
            claim.set = Fr::one();
        }
        Change::Fill(index) => (claim.fill, claim.fill_age) = taken(index),
        Change::First => (claim.result, claim.age, claim.set) = (fr(0), fr(now - 1), fr(0)),
        Change::Delay(rows) => claim.fill_age -= fr(rows),
        Change::Result(result) => claim.result = fr(result),
        Change::Borrow => {
            claim.carry = Fr::one() - claim.carry;
            claim.result += fr(1 << 32) * (claim.carry + claim.carry - Fr::one());
        }
        Change::Execute(index) => {
            let entries = FieldEncoding::new(&assemble(program)).entries;
            claim.entry = entries[index % (entries.len() - 1)];
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn an_accepted_witness_is_true(
        program in 0..PROGRAMS.len(),
        changes in prop::collection::vec((0..20usize, change()), 1..4),
    ) {
        thread_local!(static CIRCUIT: Circuit = tiny());
        let text = PROGRAMS[program];
        let public: &[u32] = if text.starts_with("READ") { &[5, 5] } else { &[] };
        CIRCUIT.with(|circuit| {
            let secret = |_: usize, claim: &mut Claim| {
                if encode(assemble("SECRET").instructions()[0], 0) == [claim.entry] {
                    claim.result = fr(3);
                }
            };
            let honest = FalseWitness::of(circuit, assemble(text), (public, &[]), None, secret).added;
            let tapes = (public, &[][..]);
            let mut witness = FalseWitness::of(circuit, assemble(text), tapes, None, |row, claim| {
                secret(row, claim);
                for (_, change) in changes.iter().filter(|(at, _)| *at == row) {
                    apply(*change, row, claim, &honest, text);
                }
            });
            let word = |value: &Fr| u32::try_from(integer(*value)).ok();
            let Some(outputs) = witness.wrote.iter().map(word).collect::<Option<Vec<u32>>>() else {
                return;
            };
            witness.case.outputs.clone_from(&outputs);
            if witness.violations().0.is_empty() {
                let secret = witness.secret.iter().map(|value| word(value).unwrap_or(0)).collect();
                let inputs = Inputs { public: public.to_vec(), secret };
                let truth = run(&witness.case.program, &inputs, Limits::default());
                assert_eq!(truth.trap(), None);
                assert_eq!(truth.outputs, outputs);
            }
        });
    }
}

/// The control: without a change each witness is accepted. So a refusal is due to a change.
#[test]
fn unchanged_witnesses_are_accepted() {
    let circuit = tiny();
    for text in PROGRAMS {
        let public: &[u32] = if text.starts_with("READ") {
            &[5, 5]
        } else {
            &[]
        };
        let tapes = (public, &[][..]);
        let mut witness = FalseWitness::of(&circuit, assemble(text), tapes, None, |_, _| {});
        let words = witness.wrote.iter().map(|value| integer(*value) as u32);
        witness.case.outputs = words.collect();
        assert_eq!(witness.violations().1, 0, "{text}");
        assert!(!witness.wrote.iter().all(Zero::is_zero));
    }
}
