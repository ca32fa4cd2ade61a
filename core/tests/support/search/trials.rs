//! Programs, changes, verdicts and tallies; a lie is what the constraints accept and the checker does not.

use super::forged::{self, Line, Run};
use super::found::{Found, Lie};
use super::kinds::{live, Draw, Kind};
use super::local::{Base, Change, Verdict};
use super::wiring::{Wiring, SUMS};
use crate::support::cheat::Cheat;
use crate::support::checker::{check, rows, Claimed};
use crate::support::liar::Liar;
use crate::support::random::{growing, instruction, lines, program, word};
use crate::support::{assemble, PROGRAMS};
use ark_bls12_381::Fr;
use provable_core::circuit::witness::Recording;
use provable_core::circuit::{Circuit, Family};
use provable_core::program::Program;
use provable_core::vm::{Inputs, Limits};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::BTreeSet;

/// Programs that stop just short of each trap.
pub const EDGES: &[(&str, &[u32], &[u32])] = &[
    ("PUSH 9,PUSH 1,DIV,PUSH 1,MOD,WRITE", &[], &[]),
    ("PUSH 4294967295,PUSH 31,SHR,PUSH 31,SHL,WRITE", &[], &[]),
    ("PUSH 1,ASSERT,PUSH 4294967295,ASSERT", &[], &[]),
    ("PUSH 5,STORE 0,LOAD 0,WRITE,PUSH 6,STORE 0,LOAD 0,WRITE,LOAD 0,WRITE", &[], &[]),
    ("PUSH 3,PUSH 4294967295,STORE,PUSH 4294967295,LOAD,WRITE,PUSH 4,PUSH 0,STORE,PUSH 0,LOAD,WRITE", &[], &[]),
    ("SECRET,JZ 4,PUSH 1,WRITE", &[], &[0]),
    ("SECRET,JNZ 4,PUSH 1,WRITE", &[], &[7]),
    ("PUSH 1,PUSH 2,SUB,JC 6,PUSH 1,WRITE", &[], &[]),
    ("CALL 3,PUSH 1,HALT,CALL 5,RET,PUSH 2,POP,RET", &[], &[]),
    ("READ,READ,WRITE,WRITE,READ,WRITE", &[5, 6, 6], &[]),
    ("PUSH 1,PUSH 2,PUSH 3,DUP 2,WRITE,SWAP 2,WRITE,WRITE,WRITE", &[], &[]),
    ("PUSH 7,POP,PUSH 8,POP,PUSH 9,WRITE", &[], &[]),
    ("PUSH 4294967295,PUSH 1,ADD,WRITE,JNC 7,PUSH 65536,PUSH 65536,MUL,WRITE,JC 11,NOP", &[], &[]),
    ("PUSH 3,DUP 0,WRITE,PUSH 1,SUB,DUP 0,JNZ 1,WRITE", &[], &[]),
    ("SECRET,SECRET,LT,WRITE,SECRET,NOT,WRITE,SECRET,PUSH 12,AND,WRITE", &[], &[3, 4, 5, 6]),
];

/// Local changes of one forged time line.
const ON_TOP: u64 = 4;

/// What mostly traps wherever it stands.
const TRAPS: &[&str] = &[
    "LOAD 9",
    "PUSH 9,LOAD",
    "RET",
    "JMP 63",
    "PUSH 0,ASSERT",
    "PUSH 5,PUSH 0,DIV",
    "PUSH 5,PUSH 0,MOD",
    "PUSH 5,PUSH 32,SHL",
    "PUSH 5,PUSH 33,SHR",
    "READ",
    "DUP 9",
    "SWAP 9",
    "CALL 63",
    "PUSH 0,JZ 63",
];

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
        let mut honest = forged::write(circuit, run, |_, _| {});
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

    /// Whether the full matrices accept a candidate too, dropped families and what they leave open aside.
    fn confirmed(&self, base: &Base<'_>, run: &Run, change: &Change) -> bool {
        let open = |family: &Family| {
            let sum = SUMS.iter().position(|sum| sum == family);
            self.wiring.dropped.contains(family) || sum.is_some_and(|sum| self.wiring.open[sum])
        };
        self.full(base, run, change).iter().all(open)
    }

    /// The families that object, by the full matrices.
    pub fn full(&self, base: &Base<'_>, run: &Run, change: &Change) -> BTreeSet<Family> {
        let mut case = crate::support::Case {
            circuit: self.wiring.circuit,
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
        self.cheat.failures(&case.assignment)
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

/// A program that mostly traps: a random one, or one that would halt but for an instruction more.
fn trapping(circuit: &Circuit, inputs: &Inputs, rng: &mut StdRng) -> Program {
    if rng.gen_range(0..4) == 0 {
        return program(rng);
    }
    let mut instructions = growing(inputs, circuit, rng).instructions().to_vec();
    let place = rng.gen_range(0..=instructions.len());
    let more = match rng.gen() {
        true => lines(TRAPS[rng.gen_range(0..TRAPS.len())]),
        false => vec![instruction(rng)],
    };
    instructions.splice(place..place, more);
    Program::new(instructions.into_iter().zip(1..))
}

/// A run that halts within the circuit: a known one, or one grown at random.
pub fn draw(circuit: &Circuit, rng: &mut StdRng) -> Option<Run> {
    let inputs = |public: &[u32], secret: &[u32]| Inputs {
        public: public.to_vec(),
        secret: secret.to_vec(),
    };
    let (program, inputs) = match rng.gen_range(0..4) {
        0 => {
            let (_, text, public, secret) = PROGRAMS[rng.gen_range(0..PROGRAMS.len())];
            (assemble(text), inputs(public, secret))
        }
        1 => {
            let (text, public, secret) = EDGES[rng.gen_range(0..EDGES.len())];
            (assemble(text), inputs(public, secret))
        }
        _ => {
            let public: Vec<u32> = (0..rng.gen_range(0..4)).map(|_| word(rng)).collect();
            let secret: Vec<u32> = (0..4).map(|_| word(rng)).collect();
            let inputs = inputs(&public, &secret);
            (growing(&inputs, circuit, rng), inputs)
        }
    };
    run_of(circuit, &program, &inputs)
}

/// The run of a program, if it halts and fits.
pub fn run_of(circuit: &Circuit, program: &Program, inputs: &Inputs) -> Option<Run> {
    let limits = Limits {
        max_steps: circuit.layout.capacities.rows as u64,
        ..Limits::default()
    };
    let recording = Recording::new(program, inputs, limits).ok()?;
    recording.fits(&circuit.layout).ok()?;
    Some(Run {
        program: program.clone(),
        public: inputs.public.clone(),
        secret: inputs.secret.clone(),
        outputs: recording.outputs,
    })
}
