//! Draws programs and mutations and judges them. A counterexample is what the constraints accept and the checker refuses.

use super::incremental::{Base, Change, Verdict};
use super::mutations::{Draw, Mutation, live};
use super::programs::draw;
use super::report::{Counterexample, Report};
use super::rewritten_runs::{self, Accesses, Run};
use super::sole_refusals::SoleRefusals;
use super::wiring::Wiring;
use crate::support::Case;
use crate::support::checker::{Claimed, check, rows};
use crate::support::false_witness::FalseWitness;
use crate::support::rebalance::Rebalancer;
use ark_bls12_381::Fr;
use provable::circuit::Family;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::BTreeSet;

/// Local mutations of one rewritten run.
const MUTATIONS_EACH: u64 = 4;

/// Draws mutations and judges them.
pub struct Trials<'a> {
    pub wiring: &'a Wiring<'a>,
    rebalancer: Rebalancer<'a>,
    last: Vec<bool>,
    /// What is measured of the refused mutants, if it is.
    pub sole: Option<SoleRefusals>,
    pub report: Report,
}

impl<'a> Trials<'a> {
    pub fn new(wiring: &'a Wiring<'a>) -> Self {
        let circuit = wiring.circuit;
        let mut last = vec![false; circuit.variables];
        for term in wiring.terms.iter().filter(|term| term.entry) {
            for (var, _) in circuit.matrices.abc[2].row(term.constraint as usize) {
                last[var as usize] = true;
            }
        }
        Trials {
            wiring,
            rebalancer: Rebalancer::new(circuit),
            last,
            sole: None,
            report: Report::default(),
        }
    }

    /// Draws a program from the seed, and tries this many local mutations and this many rewritten runs.
    pub fn program(&mut self, seed: u64, local: u64, rewritten: u64) {
        let mut rng = StdRng::seed_from_u64(seed);
        let rows = self.wiring.circuit.layout.sha256.rows;
        if rows > 0 && rng.gen_range(0..8) > 0 {
            return self.sha256(seed, (local, rewritten), &mut rng);
        }
        if rng.gen_range(0..3) == 0 {
            self.trap(seed, local, &mut rng);
        } else if let Some(run) = draw(self.wiring.circuit, &mut rng) {
            self.run(&run, seed, local, rewritten, &mut rng);
        }
    }

    pub fn run(&mut self, run: &Run, seed: u64, local: u64, rewritten: u64, rng: &mut StdRng) {
        let honest = rewritten_runs::write(self.wiring.circuit, run, None, |_, _| {});
        let holds = self.around(honest, run, seed, (local, rewritten), rng);
        assert!(holds, "an honest run is refused: {run:?}");
    }

    /// Mutations of a witness. Returns whether the constraints accept it as it is.
    pub(super) fn around(
        &mut self,
        mut honest: FalseWitness<'_>,
        run: &Run,
        seed: u64,
        (local, rewritten): (u64, u64),
        rng: &mut StdRng,
    ) -> bool {
        let circuit = self.wiring.circuit;
        honest.case.complete();
        let mut base = Base::new(self.wiring, &honest.case);
        let holds = base.holds();
        self.judge(&mut base, run, Change::default(), (seed, 0, "as written"));
        self.report.programs += 1;
        let live = live(self.wiring, &base.assignment);
        let draw = Draw {
            wiring: self.wiring,
            program: &run.program,
            assignment: &honest.case.assignment,
            live,
        };
        for number in 0..local {
            let kind = Mutation::draw(self.wiring, rng);
            let change = draw.change(kind, rng);
            self.judge(&mut base, run, change, (seed, number, kind.name()));
        }
        let accesses = Accesses {
            added: honest.added.clone(),
            removed: honest.removed.clone(),
            takers: honest.takers.clone(),
        };
        for number in local..local + rewritten {
            let known = (&honest.case.assignment[..], live);
            let change = rewritten_runs::change(circuit, run, &accesses, known, rng);
            self.judge(
                &mut base,
                run,
                change.clone(),
                (seed, number, "rewritten run"),
            );
            // Another mutation in addition.
            let mut assignment = honest.case.assignment.clone();
            for (var, value) in &change.values {
                assignment[*var as usize] = *value;
            }
            let draw = Draw {
                assignment: &assignment,
                ..draw
            };
            // With SHA-256 a rewritten run changes thousands of values, and each of these mutants all of them again.
            let each = match circuit.layout.sha256.rows {
                0 => MUTATIONS_EACH,
                _ => u64::from(number % MUTATIONS_EACH == 0),
            };
            for _ in 0..each {
                let kind = Mutation::draw(self.wiring, rng);
                let mut both = change.clone();
                both.values.extend(draw.change(kind, rng).values);
                self.judge(
                    &mut base,
                    run,
                    both,
                    (seed, number, "rewritten run, mutated"),
                );
            }
        }
        holds
    }

    /// Judges one mutation, and the trace of an accepted one.
    pub fn judge(
        &mut self,
        base: &mut Base<'_>,
        run: &Run,
        mut change: Change,
        (seed, number, kind): (u64, u64, &'static str),
    ) {
        let same = |(var, value): &(u32, Fr)| base.assignment[*var as usize] == *value;
        change
            .values
            .retain(|moved| !self.last[moved.0 as usize] && !same(moved));
        if change.values.is_empty() && change.output.is_none() && base.holds() {
            return;
        }
        let layout = &self.wiring.circuit.layout;
        let output = change.output.as_ref().unwrap_or(&run.outputs);
        let claimed = Claimed {
            program: run.program.instructions(),
            data: run.program.data(),
            input: &run.public,
            output,
        };
        let judged = base.accepted(&change, |assignment| {
            check(claimed, &rows(layout, assignment))
        });
        if let (Err(_), Some(sole)) = (&judged, &mut self.sole) {
            sole.note(base, &change, (run, seed, kind), |assignment| {
                check(claimed, &rows(layout, assignment))
            });
        }
        let counts = self.report.counts.entry(kind).or_default();
        counts.tried += 1;
        match judged {
            Err(Verdict::Local(family)) => {
                *self.report.refused.entry(family).or_default() += 1;
            }
            Err(Verdict::Sum(family)) => {
                counts.local += 1;
                *self.report.refused.entry(family).or_default() += 1;
            }
            Err(Verdict::Accepted) | Ok(Ok(())) => {
                counts.local += 1;
                counts.accepted += 1;
            }
            Ok(Err(fault)) => {
                counts.local += 1;
                counts.accepted += 1;
                if !self.confirmed(base, run, &change) {
                    self.report.misjudged += 1;
                    return;
                }
                let places = self.places(&change);
                self.report.record(Counterexample {
                    seed,
                    number,
                    kind,
                    run: run.clone(),
                    fault,
                    change,
                    places,
                });
            }
        }
    }

    /// Whether the full matrices accept a candidate too, except for what was taken out and for the sums that this leaves open.
    fn confirmed(&self, base: &Base<'_>, run: &Run, change: &Change) -> bool {
        let without = &self.wiring.without;
        let loose = |row: usize| {
            let sum = self.wiring.sums.iter().position(|sum| *sum == row);
            sum.is_some_and(|sum| self.wiring.open[sum] || !without.lookups.is_empty())
        };
        let failing = self.failing(base, run, change);
        failing
            .into_iter()
            .all(|row| without.constraints.contains(&row) || loose(row))
    }

    /// The families of the violated constraints, by the full matrices.
    pub fn full(&self, base: &Base<'_>, run: &Run, change: &Change) -> BTreeSet<Family> {
        let failing = self.failing(base, run, change).into_iter();
        failing
            .map(|row| self.wiring.circuit.families[row])
            .collect()
    }

    fn failing(&self, base: &Base<'_>, run: &Run, change: &Change) -> Vec<usize> {
        let circuit = self.wiring.circuit;
        let mut case = Case {
            circuit,
            program: run.program.clone(),
            public: run.public.clone(),
            outputs: change.output.clone().unwrap_or(run.outputs.clone()),
            assignment: base.assignment.clone(),
        };
        for (var, value) in &change.values {
            case.assignment[*var as usize] = *value;
        }
        case.state();
        self.rebalancer.rebalance(&mut case.assignment);
        let all = 0..circuit.matrices.constraints();
        all.filter(|row| !circuit.matrices.holds(*row, &case.assignment))
            .collect()
    }

    fn places(&self, change: &Change) -> Vec<String> {
        let blocks = self.wiring.circuit.layout.blocks();
        let place = |(var, value): &(u32, Fr)| {
            let found = blocks
                .iter()
                .find_map(|block| Some((block, block.place(*var as usize)?)));
            let (block, (row, column)) = found?;
            Some(format!("{} {row}.{column}={value}", block.name))
        };
        change.values.iter().take(40).filter_map(place).collect()
    }
}
