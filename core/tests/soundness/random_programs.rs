//! Random programs over every instruction. A run that the machine accepts has a satisfying witness. A run that traps has none:
//! every attempt of the malicious prover is refused.

use crate::support::Case;
use crate::support::checker::{Claimed, check, rows};
use crate::support::malicious_prover::{MaliciousProver, Substitution};
use crate::support::random_programs::{lines, program, word};
use crate::support::rebalance::Rebalancer;
use provable::circuit::ExecutionTrace;
use provable::circuit::encoding::encode;
use provable::circuit::field::FieldEncoding;
use provable::circuit::{Capacities, Circuit, Family};
use provable::lang::isa::{Op, SPECS, Spec};
use provable::lang::program::{Instruction, Program};
use provable::vm::{Inputs, Limits, Machine, Status, TrapReason};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::{BTreeMap, BTreeSet};

/// The number of halting programs for each operation.
const HALTING: usize = 40;
/// The least number of attempts for each kind of trap.
const ATTEMPTS: usize = 48;
/// Attempts for one program.
const ATTEMPTS_EACH: usize = 6;
/// Of those, the attempts that execute another instruction in place of the one that traps.
const SUBSTITUTED: usize = 2;
/// The most programs that are drawn. The machine is fast, so all kinds are complete before.
const DRAWN: usize = 400_000;

/// A kind of trap, and the operation that trapped where there is a choice.
type Kind = (&'static str, Option<Op>);

/// `None` for reasons that cannot occur here: no program has SHA256 (its tests have circuits with its table) or much data, the circuit
/// has no limit of memory, and the generator gives every instruction its
/// operand, as the assembler does. The match is exhaustive, so that a new reason has to be added.
fn kind(reason: &TrapReason, op: Option<Op>) -> Option<Kind> {
    Some(match reason {
        TrapReason::StackUnderflow { .. } => ("underflow", op),
        TrapReason::DivisionByZero => ("division by zero", op),
        TrapReason::ShiftTooLong { .. } => ("long shift", op),
        TrapReason::NoAddress { .. } => ("no address", op),
        TrapReason::NeverStored { .. } => ("never stored", None),
        TrapReason::JumpOutside { .. } => ("jump outside", op),
        TrapReason::NoOpenCall => ("no open call", None),
        TrapReason::PublicInputExhausted { .. } => ("no input", None),
        TrapReason::SecretInputExhausted { .. } => SECRET,
        TrapReason::AssertionFailed => ("assertion", None),
        TrapReason::PublicInputUnread { .. } => ("input unread", None),
        TrapReason::StepLimit { .. } => ("too many steps", None),
        TrapReason::MemoryLimit { .. }
        | TrapReason::OperandMissing
        | TrapReason::DataTooLarge { .. }
        | TrapReason::PastTheLastAddress { .. }
        | TrapReason::WordsOverlap { .. } => return None,
    })
}

/// No trap for a prover, because it chooses the secret input as long as the run needs.
const SECRET: Kind = ("no secret", None);

/// All operations but SHA256, whose tests have circuits with its table.
fn specs() -> impl Iterator<Item = &'static Spec> {
    SPECS.iter().filter(|spec| spec.op != Op::Sha256)
}

fn kinds() -> BTreeSet<Kind> {
    let of = |name, ops: &[Op]| -> Vec<Kind> { ops.iter().map(|op| (name, Some(*op))).collect() };
    let takes = specs().filter(|spec| spec.op.effect(None).needs > 0);
    let takes: Vec<Op> = takes.map(|spec| spec.op).collect();
    let jumps = [Op::Jmp, Op::Jz, Op::Jnz, Op::Jc, Op::Jnc, Op::Call];
    let mut kinds = BTreeSet::from([SECRET]);
    kinds.extend(of("underflow", &takes));
    kinds.extend(of("jump outside", &jumps));
    kinds.extend(of("division by zero", &[Op::Div, Op::Mod]));
    kinds.extend(of("long shift", &[Op::Shl, Op::Shr, Op::Rotl, Op::Rotr]));
    kinds.extend(of("no address", &[Op::Loadx, Op::Put]));
    for name in [
        "never stored",
        "no open call",
        "no input",
        "assertion",
        "input unread",
        "too many steps",
    ] {
        kinds.insert((name, None));
    }
    kinds
}

fn circuit() -> Circuit {
    Circuit::new(Capacities {
        rows: 32,
        program: 32,
        range_bits: 6,
        heap: 8,
        stack: 12,
        calls: 6,
        arithmetic: 8,
        bitwise: 6,
        compare: 8,
        sha256: 0,
    })
    .unwrap()
}

/// The attempts at one kind of trap.
#[derive(Default)]
struct Counts {
    attempts: usize,
    /// The families that alone refused an attempt without a substitution.
    alone: BTreeSet<Family>,
    /// The least number of families that refused an attempt without a substitution.
    fewest: Option<usize>,
}

impl Counts {
    /// A longer secret input makes a witness, at least once.
    fn enough(&self, kind: Kind) -> bool {
        self.attempts >= ATTEMPTS && (kind != SECRET || self.fewest == Some(0))
    }
}

struct Trials<'a> {
    circuit: &'a Circuit,
    rebalancer: Rebalancer<'a>,
    /// In how many programs that halt an operation was executed.
    executed: BTreeMap<Op, usize>,
    counts: BTreeMap<Kind, Counts>,
}

impl Trials<'_> {
    /// The honest prover and the malicious one satisfy the circuit, and the malicious one does not deviate.
    fn halts(&mut self, program: &Program, inputs: &Inputs, limits: Limits, rng: &mut StdRng) {
        let trace = ExecutionTrace::new(program, inputs, limits).unwrap();
        let encoding = FieldEncoding::new(program);
        let pcs: BTreeSet<u32> = trace.rows.iter().map(|row| row.pc).collect();
        let instructions = program.instructions().iter().enumerate();
        let executed: BTreeSet<Op> = instructions
            .filter(|(index, _)| {
                let group = encoding.group(*index);
                group.is_some_and(|(_, rows)| pcs.contains(&rows.start))
            })
            .map(|(_, instruction)| instruction.op)
            .collect();
        let enough = |op| self.executed.get(op).is_some_and(|count| *count >= HALTING);
        if executed.iter().all(enough) || trace.fits(&self.circuit.layout).is_err() {
            return;
        }
        for op in executed {
            *self.executed.entry(op).or_default() += 1;
        }
        let case = Case::new(self.circuit, program, &inputs.public, &inputs.secret);
        case.expect_satisfied(&format!("{program:?}"));
        let claimed = Claimed {
            program: program.instructions(),
            data: program.data(),
            input: &inputs.public,
            output: &case.outputs,
        };
        let judged = check(claimed, &rows(&self.circuit.layout, &case.assignment));
        assert_eq!(judged, Ok(()), "{program:?}, {inputs:?}");
        let mut attempt =
            MaliciousProver::attempt(self.circuit, program, inputs, None, rng).unwrap();
        assert!(
            attempt.deviations.is_empty(),
            "{:?} in {program:?}",
            attempt.deviations
        );
        self.rebalancer.rebalance(&mut attempt.case.assignment);
        attempt.case.expect_satisfied(&format!("{program:?}"));
    }

    /// No attempt with a deviation satisfies the circuit.
    fn traps(
        &mut self,
        kind: Kind,
        program: &Program,
        inputs: &Inputs,
        at: (usize, u32),
        rng: &mut StdRng,
    ) {
        let kind_counts = self.counts.entry(kind).or_default();
        if kind_counts.enough(kind) {
            return;
        }
        let (row, pc) = at;
        let (_, places) = FieldEncoding::new(program)
            .group(pc as usize)
            .unwrap_or((0..1, 0..1));
        let position = places.start;
        for number in 0..ATTEMPTS_EACH {
            let substitution = (number < SUBSTITUTED).then(|| {
                let others = lines("NOP,HALT,PUSH 0,PUSH 1,DUP 0,POP,ADD,JMP 3,SECRET,STORE 0");
                let own = program.instructions().get(pc as usize).copied();
                let other = match own {
                    // The same with another operand: an address, a place, a depth.
                    Some(own) if own.operand.is_some() && rng.r#gen() => Instruction {
                        operand: Some(rng.gen_range(0..4)),
                        ..own
                    },
                    _ => others[rng.gen_range(0..others.len())],
                };
                Substitution {
                    row,
                    entry: encode(other, position)[0],
                    in_table: rng.r#gen(),
                }
            });
            let Some(mut attempt) =
                MaliciousProver::attempt(self.circuit, program, inputs, substitution, rng)
            else {
                continue;
            };
            kind_counts.attempts += 1;
            self.rebalancer.rebalance(&mut attempt.case.assignment);
            let violations = self.rebalancer.violations(&attempt.case.assignment);
            let what = || {
                format!(
                    "{kind:?}, {inputs:?}, {:?}, {program:?}",
                    attempt.deviations
                )
            };
            // An attempt without a deviation is honest. Only a longer secret input makes that possible.
            assert!(
                kind == SECRET || !attempt.deviations.is_empty(),
                "{}",
                what()
            );
            assert_eq!(
                violations.is_empty(),
                attempt.deviations.is_empty(),
                "{}",
                what()
            );
            if substitution.is_none() {
                let fewest = kind_counts.fewest.get_or_insert(violations.len());
                *fewest = violations.len().min(*fewest);
                if violations.len() == 1 {
                    kind_counts.alone.extend(violations);
                }
            }
        }
    }
}

#[test]
fn random_programs_are_satisfied_or_refused() {
    let circuit = circuit();
    let mut trials = Trials {
        circuit: &circuit,
        rebalancer: Rebalancer::new(&circuit),
        executed: BTreeMap::new(),
        counts: BTreeMap::new(),
    };
    let mut rng = StdRng::seed_from_u64(1);
    let rows = circuit.layout.step.rows;
    // A row is at most nine steps. So a run that reaches the limit has more rows than there are.
    let limits = Limits {
        max_steps: 10 * rows as u64,
        ..Limits::default()
    };
    let kinds = kinds();
    let full = |trials: &Trials<'_>| {
        let trapped = |kind| {
            trials
                .counts
                .get(kind)
                .is_some_and(|counts| counts.enough(*kind))
        };
        let halted = |op| trials.executed.get(op).map_or(0, |count| *count);
        kinds.iter().all(trapped) && specs().all(|spec| halted(&spec.op) >= HALTING)
    };
    for _ in 0..DRAWN {
        if full(&trials) {
            break;
        }
        let program = program(&mut rng);
        let public: Vec<u32> = (0..rng.gen_range(0..3)).map(|_| word(&mut rng)).collect();
        let secret: Vec<u32> = (0..rng.gen_range(0..4)).map(|_| word(&mut rng)).collect();
        let inputs = Inputs { public, secret };
        let mut machine = Machine::new(&program, &inputs, limits);
        let encoding = FieldEncoding::new(&program);
        // The row in which the group begins that traps.
        let mut row = 0;
        let ended = loop {
            let index = machine.pc() as usize;
            let group = encoding.group(index);
            let (own, rows) = group.map_or((true, 1), |(group, rows)| {
                (group.end == index + 1, rows.len())
            });
            match machine.step() {
                Ok(Status::Running) => row += if own { rows } else { 0 },
                ended => break ended,
            }
        };
        match ended {
            Ok(_) => trials.halts(&program, &inputs, limits, &mut rng),
            Err(trap) => {
                let op = machine.current().map(|instruction| instruction.op);
                let kind = kind(&trap.reason, op).expect("a trap the generator does not make");
                trials.traps(kind, &program, &inputs, (row, trap.pc), &mut rng);
            }
        }
    }
    for spec in specs() {
        let halting = trials.executed.get(&spec.op).copied();
        assert!(halting >= Some(HALTING), "{}: {halting:?}", spec.mnemonic);
    }
    let mut alone = BTreeSet::new();
    for kind in &kinds {
        let kind_counts = trials.counts.remove(kind).unwrap_or_default();
        assert!(
            kind_counts.attempts >= ATTEMPTS,
            "{kind:?}: {}",
            kind_counts.attempts
        );
        // An attempt is a good one if only one family or two refuse it. (A pop at depth 0 of a value that must be a word violates two:
        // the cell is missing, and the word is.)
        let fewest = kind_counts.fewest.unwrap();
        match *kind == SECRET {
            true => assert_eq!(fewest, 0, "a longer secret input makes a witness"),
            false => assert!(fewest <= 2, "{kind:?}: {fewest} families"),
        }
        alone.extend(kind_counts.alone);
    }
    assert!(trials.counts.is_empty(), "{:?}", trials.counts.keys());
    // Each of these families alone refused a trap at least once.
    for family in [
        Family::Boundary,
        Family::CoprocessorSum,
        Family::FetchSum,
        Family::Jump,
        Family::MemorySum,
        Family::PowerSum,
        Family::SetBit,
        Family::TopSum,
    ] {
        assert!(alone.contains(&family), "{family:?} never refused alone");
    }
}
