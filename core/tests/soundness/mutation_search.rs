//! The mutation search for counterexamples, bounded: the seeds are fixed. `cargo bench -p provable --bench search -- mutation` runs
//! it for a longer time.

use crate::support::mutation_search::incremental::{Base, Verdict};
use crate::support::mutation_search::mutations::{Draw, Mutation, live};
use crate::support::mutation_search::programs::draw;
use crate::support::mutation_search::rewritten_runs::{self, Run};
use crate::support::mutation_search::sha256_programs;
use crate::support::mutation_search::sole_refusals::SoleRefusals;
use crate::support::mutation_search::trials::Trials;
use crate::support::mutation_search::wiring::{Wiring, Without};
use crate::support::{tiny, with_sha256};
use provable::circuit::{Circuit, Family};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::collections::{BTreeSet, HashSet};

/// The number of programs, and of mutations of each.
const SEEDS: u64 = 200;
const LOCAL: u64 = 400;
const REWRITTEN: u64 = 40;

/// Mutants of some runs: whether the verdict on each is that of the full matrices. Returns how many verdicts there are of each kind.
fn compare(circuit: &Circuit, draw: Programs, seeds: u64, mutants: u64) -> usize {
    let wiring = Wiring::new(circuit, Without::default());
    let trials = Trials::new(&wiring);
    let mut verdicts = HashSet::new();
    for seed in 0..seeds {
        let mut rng = StdRng::seed_from_u64(seed);
        let run = draw(circuit, &mut rng).unwrap();
        let mut honest = rewritten_runs::write(circuit, &run, None, |_, _| {});
        honest.case.complete();
        let mut base = Base::new(&wiring, &honest.case);
        assert!(base.holds());
        let draw = Draw {
            wiring: &wiring,
            program: &run.program,
            assignment: &honest.case.assignment,
            live: live(&wiring, &honest.case.assignment),
        };
        for _ in 0..mutants {
            let kind = Mutation::draw(&wiring, &mut rng);
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
    verdicts.len()
}

type Programs = fn(&Circuit, &mut StdRng) -> Option<Run>;

#[test]
fn the_incremental_judgement_agrees_with_the_full_matrices() {
    assert_eq!(compare(&tiny(), draw, 8, 60), 3);
    assert!(compare(&with_sha256(), sha256_programs::draw, 2, 30) > 1);
}

/// The search on rows of SHA-256, and how good it is there. Many constraints of such a row alone refuse a mutant, some of each kind:
/// without one of them these seeds are enough for a counterexample. `sole_refusals` gives the numbers of a longer run.
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
        // What takes a word in limbs, or adds it, bounds it again.
        let redundant = family == Family::Sha256Words;
        assert_eq!(found == 0, redundant, "{family:?}: {found} constraints");
    }
    // What one of them alone refuses is a counterexample indeed without it. One of each family:
    let mut families = BTreeSet::new();
    for (index, refused) in &sole.found {
        let single = &sole.singles[*index];
        if !families.insert(single.family) {
            continue;
        }
        let open = Wiring::new(&circuit, single.without.clone());
        let mut written = rewritten_runs::write(&circuit, &refused.run, None, |_, _| {});
        written.case.complete();
        let mut base = Base::new(&open, &written.case);
        let mut trials = Trials::new(&open);
        trials.judge(
            &mut base,
            &refused.run,
            refused.change.clone(),
            (0, 0, "again"),
        );
        let report = &trials.report;
        assert_eq!(
            (report.counterexample_count, report.misjudged),
            (1, 0),
            "{report}"
        );
    }
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
