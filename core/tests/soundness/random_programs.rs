//! Random programs over every instruction: what the interpreter accepts has a satisfying witness, what traps has
//! none, however a prover who follows the circuit's rules lies where they leave no way on.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use provable::circuit::encoding::{Encoding, encode, length};
use provable::circuit::witness::ExecutionTrace;
use provable::circuit::{Capacities, Circuit, Family};
use provable::lang::isa::{Op, SPECS};
use provable::lang::program::{Instruction, Program};
use provable::vm::{Inputs, Limits, Machine, Status, TrapReason};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::{BTreeMap, BTreeSet};
use support::Case;
use support::cheat::Cheat;
use support::liar::{Disguise, Liar};
use support::random::{lines, program, word};

/// Programs that halt, for each operation executed.
const HALTING: usize = 40;
/// Lies about each kind of trap, at least.
const LIES: usize = 48;
/// Lies about one program.
const A_PROGRAM: usize = 6;
/// Of those, the ones that begin by executing something else in the trap's place.
const DISGUISED: usize = 2;
/// The interpreter is quick: draw until every kind is full.
const DRAWN: usize = 400_000;

/// A kind of trap, and the operation that trapped where there is a choice.
type Kind = (&'static str, Option<Op>);

/// `None` for what never happens here: the circuit has no limit of memory, and the generator, as the assembler, gives
/// every instruction its operand. Exhaustive, so that a new reason has to be placed.
fn kind(reason: &TrapReason, op: Option<Op>) -> Option<Kind> {
    Some(match reason {
        TrapReason::StackUnderflow { .. } => ("underflow", op),
        TrapReason::DivisionByZero => ("division by zero", op),
        TrapReason::ShiftTooLong { .. } => ("long shift", op),
        TrapReason::NeverStored { .. } => ("never stored", None),
        TrapReason::JumpOutside { .. } => ("jump outside", op),
        TrapReason::NoOpenCall => ("no open call", None),
        TrapReason::PublicInputExhausted { .. } => ("no input", None),
        TrapReason::SecretInputExhausted { .. } => SECRET,
        TrapReason::AssertionFailed => ("assertion", None),
        TrapReason::PublicInputUnread { .. } => ("input unread", None),
        TrapReason::StepLimit { .. } => ("too many steps", None),
        TrapReason::MemoryLimit { .. } | TrapReason::OperandMissing => return None,
    })
}

/// No trap for a prover, who makes the secret input as long as the run needs.
const SECRET: Kind = ("no secret", None);

fn kinds() -> BTreeSet<Kind> {
    let of = |name, ops: &[Op]| -> Vec<Kind> { ops.iter().map(|op| (name, Some(*op))).collect() };
    let takes = SPECS.iter().filter(|spec| spec.op.effect(None).needs > 0);
    let takes: Vec<Op> = takes.map(|spec| spec.op).collect();
    let jumps = [Op::Jmp, Op::Jz, Op::Jnz, Op::Jc, Op::Jnc, Op::Call];
    let mut kinds = BTreeSet::from([SECRET]);
    kinds.extend(of("underflow", &takes));
    kinds.extend(of("jump outside", &jumps));
    kinds.extend(of("division by zero", &[Op::Div, Op::Mod]));
    kinds.extend(of("long shift", &[Op::Shl, Op::Shr]));
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
    })
    .unwrap()
}

/// What became of one kind.
#[derive(Default)]
struct Tally {
    lies: usize,
    /// The families that alone refused a lie without disguise.
    alone: BTreeSet<Family>,
    /// The fewest families that refused a lie without disguise.
    fewest: Option<usize>,
}

struct Trials<'a> {
    circuit: &'a Circuit,
    cheat: Cheat<'a>,
    /// In how many programs that halt an operation was executed.
    executed: BTreeMap<Op, usize>,
    tallies: BTreeMap<Kind, Tally>,
}

impl Trials<'_> {
    /// Both provers satisfy the circuit, and the second without a lie.
    fn halts(&mut self, program: &Program, inputs: &Inputs, limits: Limits, rng: &mut StdRng) {
        let trace = ExecutionTrace::new(program, inputs, limits).unwrap();
        let starts = Encoding::new(program).starts;
        let operation = |position: u32| {
            let index = starts.partition_point(|start| *start <= position);
            program.instructions().get(index - 1)
        };
        let rows = trace.rows.iter().filter_map(|row| operation(row.pc));
        let executed: BTreeSet<Op> = rows.map(|instruction| instruction.op).collect();
        let enough = |op| self.executed.get(op).is_some_and(|count| *count >= HALTING);
        if executed.iter().all(enough) || trace.fits(&self.circuit.layout).is_err() {
            return;
        }
        for op in executed {
            *self.executed.entry(op).or_default() += 1;
        }
        let case = Case::new(self.circuit, program, &inputs.public, &inputs.secret);
        case.expect_satisfied(&format!("{program:?}"));
        let mut told = Liar::run(self.circuit, program, inputs, None, rng).unwrap();
        assert!(told.lies.is_empty(), "{:?} in {program:?}", told.lies);
        self.cheat.fix_up(&mut told.case.assignment);
        told.case.expect_satisfied(&format!("{program:?}"));
    }

    /// No lie satisfies the circuit.
    fn traps(
        &mut self,
        kind: Kind,
        program: &Program,
        inputs: &Inputs,
        at: (usize, u32),
        rng: &mut StdRng,
    ) {
        let tally = self.tallies.entry(kind).or_default();
        if tally.lies >= LIES {
            return;
        }
        let (row, pc) = at;
        let position = Encoding::new(program).starts[pc as usize];
        for number in 0..A_PROGRAM {
            let disguise = (number < DISGUISED).then(|| {
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
                Disguise {
                    row,
                    entry: encode(other, position)[0],
                    in_table: rng.r#gen(),
                }
            });
            let Some(mut told) = Liar::run(self.circuit, program, inputs, disguise, rng) else {
                continue;
            };
            tally.lies += 1;
            self.cheat.fix_up(&mut told.case.assignment);
            let objections = self.cheat.failures(&told.case.assignment);
            let what = || format!("{kind:?}, {inputs:?}, {:?}, {program:?}", told.lies);
            // Without a lie there was nothing to refuse, which only a longer secret input makes possible.
            assert!(kind == SECRET || !told.lies.is_empty(), "{}", what());
            assert_eq!(objections.is_empty(), told.lies.is_empty(), "{}", what());
            if disguise.is_none() {
                let fewest = tally.fewest.get_or_insert(objections.len());
                *fewest = objections.len().min(*fewest);
                if objections.len() == 1 {
                    tally.alone.extend(objections);
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
        cheat: Cheat::new(&circuit),
        executed: BTreeMap::new(),
        tallies: BTreeMap::new(),
    };
    let mut rng = StdRng::seed_from_u64(1);
    let rows = circuit.layout.step.rows;
    let limits = Limits {
        max_steps: rows as u64,
        ..Limits::default()
    };
    let kinds = kinds();
    let full = |trials: &Trials<'_>| {
        let trapped = |kind| trials.tallies.get(kind).map_or(0, |tally| tally.lies);
        let halted = |op| trials.executed.get(op).map_or(0, |count| *count);
        kinds.iter().all(|kind| trapped(kind) >= LIES)
            && SPECS.iter().all(|spec| halted(&spec.op) >= HALTING)
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
        let mut row = 0;
        let ended = loop {
            let rows = machine.current().map_or(1, length);
            match machine.step() {
                Ok(Status::Running) => row += rows,
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
    for spec in &SPECS {
        let halting = trials.executed.get(&spec.op).copied();
        assert!(halting >= Some(HALTING), "{}: {halting:?}", spec.mnemonic);
    }
    let mut alone = BTreeSet::new();
    for kind in &kinds {
        let tally = trials.tallies.remove(kind).unwrap_or_default();
        assert!(tally.lies >= LIES, "{kind:?}: {}", tally.lies);
        // Lies that a single family, or two, refuse are lies well told: a pop at depth 0 of a word that has to be one
        // runs into both the missing cell and the missing word.
        let fewest = tally.fewest.unwrap();
        match *kind == SECRET {
            true => assert_eq!(fewest, 0, "a longer secret input makes a witness"),
            false => assert!(fewest <= 2, "{kind:?}: {fewest} families"),
        }
        alone.extend(tally.alone);
    }
    assert!(trials.tallies.is_empty(), "{:?}", trials.tallies.keys());
    // Every rule that stands between a trap and its witness stood alone at least once.
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
