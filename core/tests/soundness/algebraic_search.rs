//! A search for accepted lies over the whole field, bounded: seeds are fixed. `benches/algebra.rs` runs it as long as one
//! likes.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use ark_bls12_381::Fr;
use provable::circuit::Circuit;
use provable::circuit::encoding::Encoding;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::collections::BTreeSet;
use std::ops::Range;
use support::Case;
use support::algebra::matching::Matching;
use support::algebra::programs::Drawn;
use support::algebra::rows::Rows;
use support::algebra::setup::set_up;
use support::algebra::skeleton::along;
use support::algebra::tally::Tally;
use support::algebra::trials::{Trials, tier};
use support::algebra::wiring::Wiring;
use support::algebra::{digits, honest};
use support::checker::Row;
use support::flaws::{Flaws, flawed, read_fill};

fn search(circuit: &Circuit, reading: fn(&mut Row), seeds: Range<u64>) -> Tally {
    let wiring = Wiring::new(circuit);
    let mut trials = Trials::new(&wiring);
    trials.reading = reading;
    for seed in seeds {
        trials.seed(seed);
        if !trials.tally.lies.is_empty() {
            break;
        }
    }
    println!("{}", trials.tally);
    trials.tally
}

#[test]
fn nothing_is_found() {
    let tally = search(&tier(), |_| {}, 0..400);
    let lies: Vec<String> = tally.lies.iter().map(ToString::to_string).collect();
    assert!(lies.is_empty(), "{}", lies.join("\n"));
    assert!(tally.skeletons > 60 && tally.runs > 40, "{tally}");
}

/// The hole of November 2026: a RET goes to a position that trades with its control bits, to rows that make its return
/// address and the fraction for which a STORE's cell is the call's. From seed 1 on, as the bench does; 2302 is the first
/// that finds it.
#[test]
fn without_the_fixes_the_search_finds_the_return_address_hole() {
    let circuit = flawed(&tier(), Flaws::BOTH);
    let tally = search(&circuit, read_fill, 1..2400);
    let lie = tally.lies.first().expect("a lie");
    assert_eq!(lie.fault.why, "a return to another address", "{lie}");
}

/// On the path of that lie: which circuits have a lie there, and that nobody needs to say which tuples it makes equal.
#[test]
fn either_fix_closes_the_path_of_the_return_address_hole() {
    let stretch = "SECRET,POP,".repeat(226);
    let program = support::assemble(&format!(
        "CALL 3,PUSH 0,ASSERT,NOP,RET,SECRET,{stretch}SECRET,{stretch}STORE"
    ));
    let encoding = Encoding::new(&program);
    // The row after RET is at entry 5 with one control bit more, Result.
    let skeleton = along(&encoding.entries, &[(0, 3, 0), (4, 5, 1 << 12)]).unwrap();
    let drawn = Drawn {
        program,
        encoding,
        starts: vec![],
        public: vec![],
        delta: None,
    };
    let circuit = tier();
    for (return_to_fill, packed_address) in
        [(false, false), (true, false), (false, true), (true, true)]
    {
        let flaws = Flaws {
            return_to_fill,
            packed_address,
        };
        let circuit = flawed(&circuit, flaws);
        let wiring = Wiring::new(&circuit);
        let mut trials = Trials::new(&wiring);
        trials.reading = read_fill;
        for seed in 0..10 {
            let mut rng = StdRng::seed_from_u64(seed);
            trials.skeleton(seed, &drawn, &skeleton, &mut rng);
        }
        let found = !trials.tally.lies.is_empty();
        assert_eq!(found, flaws == Flaws::BOTH, "{}", trials.tally);
    }
}

/// What the matrices accept of honest runs, the system accepts too: their skeletons have systems, and their values satisfy
/// every equation.
#[test]
fn the_systems_of_honest_runs_hold() {
    let circuit = support::tiny();
    let wiring = Wiring::new(&circuit);
    let mut rows = Rows::new(&wiring);
    let mut judged = 0;
    for (name, text, public, secret) in support::PROGRAMS {
        let program = support::assemble(text);
        let case = Case::new(&circuit, &program, public, secret);
        let entries = Encoding::new(&program).entries;
        let skeleton = honest::skeleton(&case, &entries).unwrap();
        let Ok(claimed) = set_up(&mut rows, &entries, &skeleton, public) else {
            assert!(!rows.questions.is_empty(), "{name}");
            continue;
        };
        judged += 1;
        let mut values = case.assignment.clone();
        values.resize(rows.variables(), Fr::from(0u64));
        for (var, word) in claimed.iter().zip(&case.outputs) {
            values[*var as usize] = Fr::from(*word);
        }
        // Words are one variable here.
        rows.join(&mut values);
        assert!(rows.system.holds(&values), "{name}");
        let mut rng = StdRng::seed_from_u64(0);
        let mut matching = Matching::new(&mut rows);
        assert!(
            matching.all(&BTreeSet::new(), &mut rng),
            "{name}: no matching"
        );
        assert!(
            digits::solve(&rows.system, &mut rng).is_some(),
            "{name}: out of range"
        );
    }
    assert!(judged > 5, "{judged}");
}

/// The search itself finds honest runs on their paths, coprocessors' rows included: what it finds it would write.
#[test]
fn the_search_finds_honest_runs() {
    let circuit = support::tiny();
    let wiring = Wiring::new(&circuit);
    for (name, text, public, secret) in support::PROGRAMS {
        let program = support::assemble(text);
        let case = Case::new(&circuit, &program, public, secret);
        let encoding = Encoding::new(&program);
        let skeleton = honest::skeleton(&case, &encoding.entries).unwrap();
        let drawn = Drawn {
            program,
            encoding,
            starts: vec![],
            public: public.to_vec(),
            delta: None,
        };
        let mut trials = Trials::new(&wiring);
        for seed in 0..40 {
            let mut rng = StdRng::seed_from_u64(seed);
            trials.skeleton(seed, &drawn, &skeleton, &mut rng);
        }
        assert!(trials.tally.runs > 0, "{name}: {}", trials.tally);
        assert_eq!(trials.tally.asked, 0, "{name}: {}", trials.tally);
    }
}
