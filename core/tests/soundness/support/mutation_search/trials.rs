//! Programs, changes, verdicts and tallies; a lie is what the constraints accept and the checker does not.

use super::forged::{self, Line, Run};
use super::found::{Found, Lie};
use super::kinds::{Draw, Kind, live};
use super::local::{Base, Change, Verdict};
use super::programs::{draw, trapping};
use super::wiring::{SUMS, Wiring};
use crate::support::Case;
use crate::support::cheat::Cheat;
use crate::support::checker::{Claimed, check, rows};
use crate::support::liar::Liar;
use crate::support::random::word;
use ark_bls12_381::Fr;
use provable::circuit::Family;
use provable::vm::Inputs;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::BTreeSet;

/// Local changes of one forged time line.
const ON_TOP: u64 = 4;

/// Lying time lines of a program that traps.
const A_TRAP: u64 = 8;

/// Draws changes and judges them.
pub struct Trials<'a> {
    pub wiring: &'a Wiring<'a>,
    cheat: Cheat<'a>,
    last: Vec<bool>,
    pub found: Found,
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
            cheat: Cheat::new(circuit),
            last,
            found: Found::default(),
        }
    }

    /// Draws a program by the seed and tries this many local changes and this many forged time lines.
    pub fn program(&mut self, seed: u64, local: u64, forged: u64) {
        let mut rng = StdRng::seed_from_u64(seed);
        if rng.gen_range(0..3) == 0 {
            self.trap(seed, local, &mut rng);
        } else if let Some(run) = draw(self.wiring.circuit, &mut rng) {
            self.run(&run, seed, local, forged, &mut rng);
        }
    }

    /// A program that mostly traps: time lines that lie where the circuit's rules leave no way on, and changes of them.
    fn trap(&mut self, seed: u64, local: u64, rng: &mut StdRng) {
        let circuit = self.wiring.circuit;
        let inputs = Inputs {
            public: (0..rng.gen_range(0..3)).map(|_| word(rng)).collect(),
            secret: (0..rng.gen_range(0..4)).map(|_| word(rng)).collect(),
        };
        let program = trapping(circuit, &inputs, rng);
        self.found.programs += 1;
        for part in 0..A_TRAP {
            let Some(mut told) = Liar::run(circuit, &program, &inputs, None, rng) else {
                continue;
            };
            circuit.derive(&mut told.case.assignment);
            let mut base = Base::new(self.wiring, &told.case);
            let run = Run {
                program: program.clone(),
                public: inputs.public.clone(),
                secret: inputs.secret.clone(),
                outputs: told.case.outputs.clone(),
            };
            let first = part * local / A_TRAP;
            self.judge(&mut base, &run, Change::default(), (seed, first, "trap"));
            let draw = Draw {
                wiring: self.wiring,
                program: &program,
                assignment: &told.case.assignment,
                live: live(self.wiring, &base.assignment),
            };
            for number in first + 1..(part + 1) * local / A_TRAP {
                let kind = Kind::ALL[rng.gen_range(0..Kind::ALL.len())];
                let change = draw.change(kind, rng);
                self.judge(&mut base, &run, change, (seed, number, "trap, changed"));
            }
        }
    }

    pub fn run(&mut self, run: &Run, seed: u64, local: u64, forged: u64, rng: &mut StdRng) {
        let circuit = self.wiring.circuit;
        let mut honest = forged::write(circuit, run, None, |_, _| {});
        honest.case.complete();
        let mut base = Base::new(self.wiring, &honest.case);
        assert!(base.holds(), "an honest run is refused: {run:?}");
        self.found.programs += 1;
        let live = live(self.wiring, &base.assignment);
        let draw = Draw {
            wiring: self.wiring,
            program: &run.program,
            assignment: &honest.case.assignment,
            live,
        };
        for number in 0..local {
            let kind = Kind::ALL[rng.gen_range(0..Kind::ALL.len())];
            let change = draw.change(kind, rng);
            self.judge(&mut base, run, change, (seed, number, kind.name()));
        }
        let line = Line {
            added: honest.added.clone(),
            removed: honest.removed.clone(),
            takers: honest.takers.clone(),
        };
        for number in local..local + forged {
            let known = (&honest.case.assignment[..], live);
            let change = forged::change(circuit, run, &line, known, rng);
            self.judge(&mut base, run, change.clone(), (seed, number, "forged"));
            // Another lie on top of it.
            let mut assignment = honest.case.assignment.clone();
            for (var, value) in &change.values {
                assignment[*var as usize] = *value;
            }
            let draw = Draw {
                assignment: &assignment,
                ..draw
            };
            for _ in 0..ON_TOP {
                let kind = Kind::ALL[rng.gen_range(0..Kind::ALL.len())];
                let mut both = change.clone();
                both.values.extend(draw.change(kind, rng).values);
                self.judge(&mut base, run, both, (seed, number, "forged, changed"));
            }
        }
    }

    /// Judges one change, and the trace of an accepted one.
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
            input: &run.public,
            output,
        };
        let judged = base.accepted(&change, |assignment| {
            check(claimed, &rows(layout, assignment))
        });
        let tally = self.found.tallies.entry(kind).or_default();
        tally.tried += 1;
        match judged {
            Err(Verdict::Local(family)) => {
                *self.found.refused.entry(family).or_default() += 1;
            }
            Err(Verdict::Sum(family)) => {
                tally.local += 1;
                *self.found.refused.entry(family).or_default() += 1;
            }
            Err(Verdict::Accepted) | Ok(Ok(())) => {
                tally.local += 1;
                tally.accepted += 1;
            }
            Ok(Err(fault)) => {
                tally.local += 1;
                tally.accepted += 1;
                if !self.confirmed(base, run, &change) {
                    self.found.misjudged += 1;
                    return;
                }
                let places = self.places(&change);
                self.found.tell(Lie {
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

    /// Whether the full matrices accept a candidate too, but for what was taken out and the sums that this leaves open.
    fn confirmed(&self, base: &Base<'_>, run: &Run, change: &Change) -> bool {
        let (circuit, without) = (self.wiring.circuit, &self.wiring.without);
        let loose = |row: usize| {
            let sum = SUMS.iter().position(|sum| *sum == circuit.families[row]);
            sum.is_some_and(|sum| self.wiring.open[sum] || !without.lookups.is_empty())
        };
        let failing = self.failing(base, run, change);
        failing
            .into_iter()
            .all(|row| without.constraints.contains(&row) || loose(row))
    }

    /// The families that object, by the full matrices.
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
        self.cheat.fix_up(&mut case.assignment);
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
