//! A search for accepted lies, bounded: seeds are fixed. `benches/search.rs` runs it as long as one likes.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use provable::circuit::{Circuit, Family};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::{BTreeSet, HashSet};
use support::search::forged;
use support::search::kinds::{Draw, Kind, live};
use support::search::local::{Base, Verdict};
use support::search::programs::draw;
use support::search::trials::Trials;
use support::search::wiring::{Wiring, Without};
use support::tiny;

/// Programs, and changes of each.
const SEEDS: u64 = 200;
const LOCAL: u64 = 400;
const FORGED: u64 = 40;

fn circuit() -> Circuit {
    tiny()
}

/// The quick judgement and the full matrices agree, on what is accepted and on what is not.
#[test]
fn the_quick_judgement_is_right() {
    let circuit = circuit();
    let wiring = Wiring::new(&circuit, Without::default());
    let trials = Trials::new(&wiring);
    let mut verdicts = HashSet::new();
    for seed in 0..8 {
        let mut rng = StdRng::seed_from_u64(seed);
        let run = draw(&circuit, &mut rng).unwrap();
        let mut honest = forged::write(&circuit, &run, None, |_, _| {});
        honest.case.complete();
        let mut base = Base::new(&wiring, &honest.case);
        let draw = Draw {
            wiring: &wiring,
            program: &run.program,
            assignment: &honest.case.assignment,
            live: live(&wiring, &honest.case.assignment),
        };
        for _ in 0..60 {
            let kind = Kind::ALL[rng.gen_range(0..Kind::ALL.len())];
            let change = draw.change(kind, &mut rng);
            let verdict = base.judge(&change);
            let objections = trials.full(&base, &run, &change);
            match verdict {
                Verdict::Accepted => assert_eq!(objections, BTreeSet::new(), "{change:?}"),
                Verdict::Local(family) | Verdict::Sum(family) => {
                    assert!(objections.contains(&family), "{family:?}, {objections:?}");
                }
            }
            verdicts.insert(std::mem::discriminant(&verdict));
        }
    }
    assert_eq!(verdicts.len(), 3);
}

#[test]
fn no_accepted_change_is_a_lie() {
    let circuit = circuit();
    let wiring = Wiring::new(&circuit, Without::default());
    let mut trials = Trials::new(&wiring);
    for seed in 0..SEEDS {
        trials.program(seed, LOCAL, FORGED);
    }
    let found = &trials.found;
    assert_eq!(found.misjudged, 0);
    let lies: Vec<String> = found.lies.iter().map(ToString::to_string).collect();
    assert!(lies.is_empty(), "{}", lies.join("\n"));
}

/// How good the search is: without the constraints of any one of these families it finds a lie, by these seeds.
#[test]
fn a_dropped_family_lets_a_lie_through() {
    let circuit = circuit();
    // Derived values are determined by their constraints (`soundness_columns`), so the search does not vary them; the
    // blind's constraint stops no lie.
    let derived = [Family::ZeroTest, Family::BetaSquared, Family::Blind];
    for family in Family::ALL
        .iter()
        .filter(|family| !derived.contains(family))
    {
        let wiring = Wiring::new(&circuit, Without::family(&circuit, *family));
        let mut trials = Trials::new(&wiring);
        let found = (0..SEEDS).find(|seed| {
            trials.program(*seed, LOCAL, FORGED);
            !trials.found.lies.is_empty()
        });
        assert!(found.is_some(), "no lie without {family:?}");
    }
}
