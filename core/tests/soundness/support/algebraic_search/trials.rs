//! Draws programs and skeletons and judges them. A counterexample is what the full matrices accept and the independent checker
//! refuses.

use super::answers::answer;
use super::layout::{HEAP, LEFT, STEP};
use super::matching::Matching;
use super::programs::{Drawn, draw};
use super::report::{Counterexample, Report};
use super::rows::Rows;
use super::setup::{ASKED, set_up};
use super::sha256::{self, TABLE};
use super::skeleton::{Paths, Skeleton};
use super::steering::{SteeringPair, steering_pairs};
use super::wiring::Wiring;
use super::write::Parts;
use super::{digits, write};
use crate::support::Case;
use crate::support::checker::{Claimed, Row, check, rows as read};
use crate::support::rebalance::Rebalancer;
use ark_bls12_381::Fr;
use provable::circuit::{Capacities, Circuit};
use provable::lang::isa::Op;
use provable::lang::program::Program;
use rand::rngs::StdRng;
use rand::seq::IteratorRandom;
use rand::{Rng, SeedableRng};
use std::collections::{BTreeMap, BTreeSet};

/// Paths through one program.
const PATHS: u64 = 40;
/// Ways to match the memory sum of one path.
const MATCHINGS: u64 = 3;

/// A circuit that is large enough for two long stretches.
pub fn circuit() -> Circuit {
    Circuit::new(Capacities {
        rows: 1024,
        program: 1024,
        range_bits: 10,
        heap: 4,
        stack: 6,
        calls: 3,
        arithmetic: ASKED,
        bitwise: ASKED,
        compare: ASKED,
        sha256: 0,
    })
    .unwrap()
}

/// Draws skeletons and judges them.
pub struct Trials<'a> {
    rows: Rows<'a>,
    rebalancer: Rebalancer<'a>,
    idle: Vec<Fr>,
    pub pairs: Vec<SteeringPair>,
    /// Reads a row before it is judged, for a circuit in which a column means something else.
    pub reading: fn(&mut Row),
    pub report: Report,
}

impl<'a> Trials<'a> {
    pub fn new(wiring: &'a Wiring<'a>) -> Self {
        let empty = Program::new(std::iter::empty());
        let mut rows = Rows::new(wiring);
        let pairs = steering_pairs(&mut rows);
        Trials {
            rows,
            rebalancer: Rebalancer::new(wiring.circuit),
            idle: Case::new(wiring.circuit, &empty, &[], &[]).assignment,
            pairs,
            reading: |_| {},
            report: Report::default(),
        }
    }

    /// Everything that one seed draws. A circuit with a table of SHA-256 gets programs that execute it.
    pub fn seed(&mut self, seed: u64) {
        let mut rng = StdRng::seed_from_u64(seed);
        if self.rows.wiring.circuit.layout.sha256.rows > 0 {
            let drawn = sha256::draw(self.rows.wiring.circuit, &mut rng);
            let Some((drawn, skeleton)) = drawn else {
                return;
            };
            self.report.programs += 1;
            self.report.paths += 1;
            return self.skeleton(seed, &drawn, &skeleton, &mut rng);
        }
        let pairs = std::mem::take(&mut self.pairs);
        let pair = match rng.gen_range(0..4) {
            0 => None,
            _ => pairs.iter().choose(&mut rng),
        };
        let drawn = draw(pair, &mut rng);
        self.pairs = pairs;
        let layout = &self.rows.wiring.circuit.layout;
        if drawn.encoding.entries.len() > layout.program.rows {
            return;
        }
        self.report.programs += 1;
        let paths = Paths {
            entries: &drawn.encoding.entries,
            starts: &drawn.starts,
            rows: layout.step.rows,
            delta: drawn.delta,
            honest: false,
        };
        let mut seen = BTreeSet::new();
        for _ in 0..PATHS {
            self.report.paths += 1;
            let Some(skeleton) = paths.draw(&mut rng) else {
                continue;
            };
            if skeleton.trades.is_empty() && rng.gen_range(0..30) > 0 {
                continue;
            }
            let path = skeleton.steps.iter().map(|step| (step.entry, step.delta));
            if !seen.insert(path.collect::<Vec<_>>()) {
                continue;
            }
            self.skeleton(seed, &drawn, &skeleton, &mut rng);
        }
    }

    /// Sets up the system of a skeleton and tries to match its memory sum.
    pub fn skeleton(&mut self, seed: u64, drawn: &Drawn, skeleton: &Skeleton, rng: &mut StdRng) {
        let pushed = drawn.program.instructions().iter();
        self.rows.hints = pushed
            .filter(|one| one.op == Op::Push)
            .filter_map(|one| one.operand)
            .collect();
        self.rows.punctual = rng.gen_range(0..8) > 0;
        let Ok(claimed) = set_up(
            &mut self.rows,
            &drawn.encoding.entries,
            skeleton,
            (&drawn.public, drawn.program.data()),
        ) else {
            self.report.refused += 1;
            return;
        };
        self.report.skeletons += 1;
        for _ in 0..MATCHINGS {
            self.report.matchings += 1;
            let (mark, apart) = (self.rows.system.mark(), self.rows.nonzero.len());
            self.matching(seed, (drawn, skeleton, &claimed), rng);
            self.rows.system.back(mark);
            self.rows.nonzero.truncate(apart);
        }
    }

    fn matching(
        &mut self,
        seed: u64,
        (drawn, skeleton, claimed): (&Drawn, &Skeleton, &[u32]),
        rng: &mut StdRng,
    ) {
        let free = free_removals(&self.rows, skeleton, rng);
        let mut matching = Matching::new(&mut self.rows);
        if !matching.all(&free, rng) {
            return;
        }
        let found = matching.found.clone();
        let Some(answers) = answer(&mut self.rows, rng) else {
            return;
        };
        if self.rows.system.propagate().is_err() {
            return;
        }
        self.report.solvable += 1;
        let rows = &self.rows;
        let Some(small) = digits::solve(&rows.system, rng) else {
            return;
        };
        let Some(values) = write::values(rows, &small) else {
            return;
        };
        let place = |cell: usize| rows.cells[cell].place;
        let own = |one: &super::matching::Match| {
            place(one.removal).0 == HEAP && place(one.removal) == place(one.addition)
        };
        let heap = rows.cells.iter().filter(|cell| cell.place.0 == HEAP);
        let mut used: BTreeSet<usize> = heap.map(|cell| cell.place.1).collect();
        for one in found.iter().filter(|one| own(one)) {
            used.remove(&place(one.removal).1);
        }
        let used: Vec<usize> = used.into_iter().collect();
        let left: Vec<(usize, usize)> = found
            .iter()
            .map(|one| place(one.removal))
            .filter(|place| LEFT.contains(&place.0))
            .collect();
        let Some(outputs) = write::output(claimed, &values) else {
            return;
        };
        let mut assignment = self.idle.clone();
        let rest = skeleton.steps.len() - 1;
        let entries = &drawn.encoding.entries;
        let parts = Parts {
            rest,
            used: &used,
            left: &left,
            answers: &answers,
            compressions: skeleton.words.len(),
        };
        if write::write(rows, entries, &parts, &values, &mut assignment).is_none() {
            return;
        }
        self.report.feasible += 1;
        let layout = &rows.wiring.circuit.layout;
        let claim = Claimed {
            program: drawn.program.instructions(),
            data: drawn.program.data(),
            input: &drawn.public,
            output: &outputs,
        };
        let mut traced = read(layout, &assignment);
        traced.iter_mut().for_each(self.reading);
        let Err(fault) = check(claim, &traced) else {
            self.report.runs += 1;
            return;
        };
        self.report.asked += 1;
        let mut case = Case {
            circuit: rows.wiring.circuit,
            program: drawn.program.clone(),
            public: drawn.public.clone(),
            outputs: outputs.clone(),
            assignment,
        };
        case.state();
        self.rebalancer.rebalance(&mut case.assignment);
        let violations = self.rebalancer.violations(&case.assignment);
        if !violations.is_empty() {
            for family in violations {
                *self.report.violations.entry(family).or_default() += 1;
            }
            return;
        }
        let unusual = found
            .iter()
            .filter(|one| one.cost > super::system::Cost::Nothing);
        let matches: Vec<String> = unusual
            .map(|one| {
                let name = |cell| write::place(layout, place(cell));
                format!(
                    "{} takes what {} adds",
                    name(one.removal),
                    name(one.addition)
                )
            })
            .collect();
        let trades: Vec<String> = skeleton
            .trades
            .iter()
            .filter_map(|row| {
                let next = skeleton.steps.get(row + 1)?;
                Some(format!(
                    "row {row} goes to entry {} with bits {:+}",
                    next.entry, next.delta
                ))
            })
            .collect();
        self.report.counterexamples.push(Counterexample {
            seed,
            fault,
            program: drawn.program.clone(),
            outputs,
            description: format!(
                "{} rows; {}; {}",
                skeleton.steps.len(),
                trades.join(", "),
                matches.join(", ")
            ),
            assignment: case.assignment,
        });
    }
}

/// A few removals that may equal any addition. Their kinds are drawn first, then their rows.
fn free_removals(rows: &Rows<'_>, skeleton: &Skeleton, rng: &mut StdRng) -> BTreeSet<usize> {
    let mut kinds: BTreeMap<(u64, i64), Vec<usize>> = BTreeMap::new();
    let mut before = (usize::MAX, 0);
    for (index, cell) in rows.cells.iter().enumerate() {
        if cell.place.0 == TABLE && cell.count < 0 {
            // The request, then the cells: all of one row are one kind.
            kinds
                .entry((u64::MAX, cell.place.1 as i64))
                .or_default()
                .push(index);
        }
        if cell.place.0 != STEP || cell.count > 0 {
            continue;
        }
        // A row may remove two cells.
        before = (
            cell.place.1,
            if before.0 == cell.place.1 {
                before.1 + 1
            } else {
                0
            },
        );
        let bits = skeleton.steps[cell.place.1].bits;
        kinds.entry((bits, before.1)).or_default().push(index);
    }
    let mut found = BTreeSet::new();
    for _ in 0..rng.gen_range(0..3) {
        let kind = kinds.values().choose(rng);
        found.extend(kind.and_then(|kind| kind.iter().choose(rng)));
    }
    found
}
