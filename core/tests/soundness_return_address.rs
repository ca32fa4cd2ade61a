//! The return address that forged itself, told whole. RET goes to a number F = j − 2^40·b, which with control bits b added
//! is the entry j in the field; every row after it has the bits b besides its own, and with `Result` among them SECRET and
//! POP double what is on top, so that it becomes any field element. A STORE then names, as its address, the fraction
//! that makes the cell's tuple the one of the call stack from which RET took F: it takes away the address that CALL
//! left there, and puts F in its place, at a time before the RET.
//!
//! With both fixes taken back each of the two assignments satisfies every constraint. With one of them, and in the
//! circuit as it is, what stops them has a name.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use ark_bls12_381::Fr;
use ark_ff::Zero;
use provable::circuit::builder::pow2;
use provable::circuit::encoding::Bit;
use provable::circuit::tuple::FETCH;
use provable::circuit::{Capacities, Circuit, Family};
use std::collections::BTreeSet;
use support::equation_prover::{Claim, PUMP, Prover, fr, pump};
use support::flaws::{Flaws, flawed};

fn circuit() -> Circuit {
    Circuit::new(Capacities {
        rows: 1024,
        program: 1024,
        range_bits: 10,
        heap: 2,
        stack: 2,
        calls: 2,
        arithmetic: 1,
        bitwise: 1,
        compare: 1,
    })
    .unwrap()
}

/// The entry that RET's rows are taken for.
fn forged(entry: usize) -> Fr {
    fr(entry) - pow2(FETCH.fields[1].shift) * Fr::from(1u64 << Bit::Result as u64)
}

/// The result of RET's row: where it is what RET goes to, that.
fn returned(to: Fr, flaws: Flaws) -> Fr {
    match flaws.return_to_fill {
        true => Fr::zero(),
        false => to,
    }
}

/// CALL, and an assertion that fails; the routine's RET goes past it.
fn a_trap_halts(circuit: &Circuit, flaws: Flaws) -> BTreeSet<Family> {
    let text = format!("CALL 4,PUSH 0,ASSERT,HALT,NOP,RET,{}JMP 906", pump());
    let mut prover = Prover::new(circuit, &text);
    let first = 6;
    prover.step(0, Claim::default());
    prover.step(4, Claim::default());
    let to = forged(first);
    let ret = Claim {
        result: returned(to, flaws),
        taken: Some((to, 0)),
        ..Claim::default()
    };
    prover.step(5, ret);
    prover.forge(first, to, fr(1), 2);
    let jump = Claim {
        extra: 1 << Bit::Result as u64,
        ..Claim::default()
    };
    let end = prover.entries.len() - 1;
    prover.step(end - 1, jump);
    prover.halt(end);
    prover.objections(&text, &[])
}

#[test]
fn a_run_that_traps_is_not_proved_to_halt() {
    verdicts(a_trap_halts);
}

/// The word written is twice a secret one; the claim is that it is 7.
fn an_odd_double(circuit: &Circuit, flaws: Flaws) -> BTreeSet<Family> {
    let routine = 2 + PUMP - 1 + 1;
    let show = routine + 4;
    let text = format!(
        "CALL {routine},JMP {show},{}JMP {show},SECRET,DUP 0,ADD,RET,WRITE,HALT",
        pump()
    );
    let mut prover = Prover::new(circuit, &text);
    // STORE is two rows, so positions after it are one more than places.
    let at_routine = routine + 1;
    let first = 2;
    prover.step(0, Claim::default());
    let word = |result: usize| Claim {
        result: fr(result),
        ..Claim::default()
    };
    prover.step(at_routine, word(5));
    prover.step(at_routine + 1, word(5));
    prover.step(at_routine + 2, word(10));
    let to = forged(first);
    let ret = Claim {
        result: returned(to, flaws),
        taken: Some((to, 2)),
        ..Claim::default()
    };
    prover.step(at_routine + 3, ret);
    prover.forge(first, to, fr(1), 2);
    let jump = Claim {
        extra: 1 << Bit::Result as u64,
        result: fr(7),
        ..Claim::default()
    };
    prover.step(at_routine - 1, jump);
    prover.step(at_routine + 4, Claim::default());
    prover.halt(at_routine + 5);
    prover.objections(&text, &[7])
}

#[test]
fn an_odd_output_of_a_doubling_is_refused() {
    verdicts(an_odd_double);
}

/// Each fix alone stops it, and both do.
fn verdicts(tell: impl Fn(&Circuit, Flaws) -> BTreeSet<Family>) {
    let circuit = circuit();
    let objections = |return_to_fill, packed_address| {
        let flaws = Flaws {
            return_to_fill,
            packed_address,
        };
        tell(&flawed(&circuit, flaws), flaws)
    };
    let (range, memory) = (Family::RangeSum, Family::MemorySum);
    assert_eq!(objections(true, true), BTreeSet::new(), "the hole is there");
    assert_eq!(objections(false, true), BTreeSet::from([range]));
    assert_eq!(objections(true, false), BTreeSet::from([memory]));
    assert_eq!(objections(false, false), BTreeSet::from([range, memory]));
    assert_eq!(
        tell(&circuit, Flaws::default()),
        BTreeSet::from([range, memory])
    );
}
