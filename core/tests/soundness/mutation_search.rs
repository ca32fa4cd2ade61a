//! The mutation search for counterexamples, bounded: the seeds are fixed. `cargo bench -p provable --bench search -- mutation` runs
//! it for a longer time.

use crate::support::mutation_search::incremental::{Base, Verdict};
use crate::support::mutation_search::mutations::{Draw, Mutation, live};
use crate::support::mutation_search::programs::draw;
use crate::support::mutation_search::rewritten_runs;
use crate::support::mutation_search::sole_refusals::SoleRefusals;
use crate::support::mutation_search::trials::Trials;
use crate::support::mutation_search::wiring::{Wiring, Without};
use crate::support::{tiny, with_sha256};
use provable::circuit::Family;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::{BTreeSet, HashSet};

/// The number of programs, and of mutations of each.
const SEEDS: u64 = 200;
const LOCAL: u64 = 400;
const REWRITTEN: u64 = 40;

#[test]
fn the_incremental_judgement_agrees_with_the_full_matrices() {
    let circuit = tiny();
    let wiring = Wiring::new(&circuit, Without::default());
    let trials = Trials::new(&wiring);
    let mut verdicts = HashSet::new();
    for seed in 0..8 {
        let mut rng = StdRng::seed_from_u64(seed);
        let run = draw(&circuit, &mut rng).unwrap();
        let mut honest = rewritten_runs::write(&circuit, &run, None, |_, _| {});
        honest.case.complete();
        let mut base = Base::new(&wiring, &honest.case);
        let draw = Draw {
            wiring: &wiring,
            program: &run.program,
            assignment: &honest.case.assignment,
            live: live(&wiring, &honest.case.assignment),
        };
        for _ in 0..60 {
            let kind = Mutation::ALL[rng.gen_range(0..Mutation::ALL.len())];
            let change = draw.change(kind, &mut rng);
            let verdict = base.judge(&change);
            let violations = trials.full(&base, &run, &change);
            match verdict {
                Verdict::Accepted => assert_eq!(violations, BTreeSet::new(), "{change:?}"),
                Verdict::Local(family) | Verdict::Sum(family) => {
                    assert!(violations.contains(&family), "{family:?}, {violations:?}");
                }
            }
            verdicts.insert(std::mem::discriminant(&verdict));
        }
    }
    assert_eq!(verdicts.len(), 3);
}

/// The search on rows of SHA-256, and how good it is there. Many constraints of such a row alone refuse a mutant, some of each kind:
/// without one of them these seeds are enough for a counterexample. The longer run of `mutation --sole` shows it for the numbers
/// that `sole_refusals` gives.
#[test]
fn the_search_finds_no_counterexample_with_sha256() {
    let circuit = with_sha256();
    let wiring = Wiring::new(&circuit, Without::default());
    let mut trials = Trials::new(&wiring);
    trials.sole = Some(SoleRefusals::sha256(&circuit));
    for seed in 0..6 {
        trials.program(seed, LOCAL / 2, REWRITTEN);
    }
    let found = &trials.report;
    let sole = trials.sole.as_ref().unwrap();
    println!("{found}\n{sole}");
    assert_eq!(
        (found.misjudged, found.counterexample_count),
        (0, 0),
        "{found}"
    );
    assert!(found.counts["SHA-256"].local > 100, "{found}");
    for (family, (_, found)) in sole.counts() {
        assert!(
            found > 0,
            "no constraint of {family:?} alone refuses a mutant"
        );
    }
    // Taking one of them out gives a counterexample indeed.
    let (index, refused) = sole.found.first_key_value().unwrap();
    let without = sole.singles[*index].without.clone();
    let open = Wiring::new(&circuit, without);
    let mut trials = Trials::new(&open);
    trials.program(refused.seed, LOCAL / 2, REWRITTEN);
    assert!(trials.report.counterexample_count > 0);
    assert_eq!(trials.report.misjudged, 0);
}

#[test]
fn the_search_finds_no_counterexample() {
    let circuit = tiny();
    let wiring = Wiring::new(&circuit, Without::default());
    let mut trials = Trials::new(&wiring);
    for seed in 0..SEEDS {
        trials.program(seed, LOCAL, REWRITTEN);
    }
    let found = &trials.report;
    assert_eq!(found.misjudged, 0);
    let counterexamples: Vec<String> = found
        .counterexamples
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        counterexamples.is_empty(),
        "{}",
        counterexamples.join(
            "
"
        )
    );
}

/// How good the search is: without the constraints of any one of these families it finds a counterexample with these seeds.
#[test]
fn without_any_one_family_the_search_finds_a_counterexample() {
    let circuit = tiny();
    // The constraints of derived values determine them (`columns`), so the search does not change them. The blind's constraint keeps
    // the commitment hiding and refuses nothing.
    let derived = [
        Family::Base,
        Family::ZeroTest,
        Family::BetaSquared,
        Family::Blind,
    ];
    for family in Family::ALL
        .iter()
        .filter(|family| !derived.contains(family) && **family < Family::Sha256Requests)
    {
        let wiring = Wiring::new(&circuit, Without::family(&circuit, *family));
        let mut trials = Trials::new(&wiring);
        let found = (0..SEEDS).find(|seed| {
            trials.program(*seed, LOCAL, REWRITTEN);
            !trials.report.counterexamples.is_empty()
        });
        assert!(found.is_some(), "no counterexample without {family:?}");
    }
}
