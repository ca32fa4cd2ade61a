//! Instructions that share rows do exactly what they do apart: they leave the same state, and they trap in the same cases.
//! Each program stands beside its unfused form, in which unreachable jumps lead to every instruction.

use crate::support::checker::{Claimed, check, rows};
use crate::support::malicious_prover::MaliciousProver;
use crate::support::random_programs::{IDIOMS, idiom, instruction, lines, word};
use crate::support::rebalance::Rebalancer;
use crate::support::{Case, unfused};
use provable::circuit::encoding::length;
use provable::circuit::{Capacities, Circuit, ExecutionTrace};
use provable::lang::isa::OperandKind;
use provable::lang::program::{Instruction, Program};
use provable::vm::{Inputs, Limits, run};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Attempts of the malicious prover at a program that traps.
const ATTEMPTS: usize = 3;

fn circuit() -> Circuit {
    Circuit::new(Capacities {
        rows: 64,
        program: 160,
        range_bits: 6,
        heap: 8,
        stack: 24,
        calls: 2,
        arithmetic: 16,
        bitwise: 12,
        compare: 12,
        sha256: 0,
    })
    .unwrap()
}

/// A program and its unfused form.
fn both(instructions: &[Instruction]) -> [Program; 2] {
    let text: Vec<String> = instructions
        .iter()
        .map(|one| match one.operand {
            Some(operand) => format!("{} {operand}", one.op.spec().mnemonic),
            None => one.op.spec().mnemonic.to_string(),
        })
        .collect();
    let text = text.join(",");
    [lines(&text), lines(&unfused(&text))]
        .map(|instructions| Program::new(instructions.into_iter().zip(1..)))
}

struct Trials<'a> {
    circuit: &'a Circuit,
    rebalancer: Rebalancer<'a>,
    rng: StdRng,
    halted: usize,
    trapped: usize,
    /// Programs that have fewer rows than their unfused form.
    shorter: usize,
}

impl Trials<'_> {
    /// Asserts that both forms have a witness or that none has.
    fn assert_alike(&mut self, instructions: &[Instruction]) {
        let programs = both(instructions);
        let inputs = Inputs::default();
        let truths = programs
            .each_ref()
            .map(|program| run(program, &inputs, Limits::default()));
        let [fused, apart] = &truths;
        assert_eq!(fused.outputs, apart.outputs);
        let reasons = truths
            .each_ref()
            .map(|truth| truth.trap().map(|trap| trap.reason.clone()));
        assert_eq!(reasons[0], reasons[1], "{instructions:?}");
        let own = instructions.len() + 1;
        self.shorter += usize::from(length(&programs[0]) + own < length(&programs[1]));
        if reasons[0].is_some() {
            self.trapped += 1;
            for program in &programs {
                self.assert_refused(program);
            }
            return;
        }
        self.halted += 1;
        let left = programs.each_ref().map(|program| self.witness(program));
        assert_eq!(left[0], left[1], "{instructions:?}");
        assert_eq!(left[0].2, fused.outputs);
    }

    /// The words that a run leaves on the stack and in the heap, and its output. The witness is accepted.
    fn witness(&self, program: &Program) -> (Vec<u64>, Vec<(u32, u64)>, Vec<u32>) {
        let trace = ExecutionTrace::new(program, &Inputs::default(), Limits::default()).unwrap();
        let case = Case::new(self.circuit, program, &[], &[]);
        case.expect_satisfied(&format!("{program:?}"));
        let claimed = Claimed {
            program: program.instructions(),
            data: program.data(),
            input: &[],
            output: &case.outputs,
        };
        let judged = check(claimed, &rows(&self.circuit.layout, &case.assignment));
        assert_eq!(judged, Ok(()), "{program:?}");
        let mut stack: Vec<u64> = trace.stack.iter().map(|cell| cell.value).collect();
        stack.extend(trace.rows.last().map(|row| row.top));
        let heap = trace.heap.iter();
        let heap = heap.map(|(address, cell)| (*address, cell.value)).collect();
        (stack, heap, trace.outputs.clone())
    }

    fn assert_refused(&mut self, program: &Program) {
        let inputs = Inputs::default();
        for _ in 0..ATTEMPTS {
            let attempt =
                MaliciousProver::attempt(self.circuit, program, &inputs, None, &mut self.rng);
            let Some(mut attempt) = attempt else { continue };
            self.rebalancer.rebalance(&mut attempt.case.assignment);
            let violations = self.rebalancer.violations(&attempt.case.assignment);
            let deviations = &attempt.deviations;
            assert!(!deviations.is_empty(), "no deviation: {program:?}");
            assert!(!violations.is_empty(), "{deviations:?}: {program:?}");
        }
    }
}

fn trials(circuit: &Circuit) -> Trials<'_> {
    Trials {
        circuit,
        rebalancer: Rebalancer::new(circuit),
        rng: StdRng::seed_from_u64(1),
        halted: 0,
        trapped: 0,
        shorter: 0,
    }
}

/// Shows C, then ends. Jumps of the instructions before go to the end.
fn ended(mut instructions: Vec<Instruction>) -> Vec<Instruction> {
    let end = instructions.len() as u32 + 3;
    instructions.extend(lines(&format!("JC {end},PUSH 1,WRITE")));
    for instruction in &mut instructions {
        if instruction.op.spec().operand == OperandKind::Target {
            instruction.operand = Some(end);
        }
    }
    instructions
}

/// Every idiom on stacks of every depth that matters, with C clear and set, with cells that are stored and not.
#[test]
fn each_idiom_does_what_its_instructions_do() {
    let circuit = circuit();
    let mut trials = trials(&circuit);
    for idiom in IDIOMS {
        for depth in 0..5 {
            for (stored, words) in [(false, [1, 0, 5, 2, 0]), (true, [0, 1 << 30, 1, 0, 3])] {
                let mut text = String::new();
                if stored {
                    text += "PUSH 6,NOP,STORE 0,PUSH 7,NOP,STORE 1,PUSH 4294967295,ADD 1,POP,NOP,";
                }
                for word in &words[5 - depth..] {
                    text += &format!("PUSH {word},NOP,");
                }
                let mut instructions = lines(&text);
                instructions.extend(lines(idiom));
                trials.assert_alike(&ended(instructions));
            }
        }
    }
    assert!(
        trials.halted > 150 && trials.trapped > 60,
        "{} {}",
        trials.halted,
        trials.trapped
    );
    assert_eq!(trials.shorter, 10 * IDIOMS.len());
}

#[test]
fn random_idioms_do_what_their_instructions_do() {
    let circuit = circuit();
    let mut trials = trials(&circuit);
    let mut rng = StdRng::seed_from_u64(2);
    for _ in 0..250 {
        let mut instructions = lines("PUSH 6,NOP,STORE 0,PUSH 7,NOP,STORE 1,");
        for _ in 0..rng.gen_range(0..5) {
            instructions.extend(lines(&format!("PUSH {}", word(&mut rng))));
        }
        for _ in 0..rng.gen_range(1..5) {
            let more = match rng.gen_range(0..4) {
                0 => vec![instruction(&mut rng)],
                _ => idiom(&mut rng),
            };
            let plain = |one: &Instruction| {
                !one.op.is_control_flow()
                    && ["READ", "SECRET"]
                        .iter()
                        .all(|other| *other != one.op.spec().mnemonic)
            };
            if more.iter().all(plain) {
                instructions.extend(more);
            }
        }
        trials.assert_alike(&ended(instructions));
    }
    assert!(
        trials.halted > 60 && trials.trapped > 60,
        "{} {}",
        trials.halted,
        trials.trapped
    );
    assert!(trials.shorter > 200, "{}", trials.shorter);
}
