//! The programs of a search.

use super::rewritten_runs::Run;
use crate::support::random_programs::{growing, instruction, lines, program, word};
use crate::support::{PROGRAMS, assemble};
use provable::circuit::Circuit;
use provable::circuit::ExecutionTrace;
use provable::lang::program::Program;
use provable::vm::{Inputs, Limits};
use rand::Rng;
use rand::rngs::StdRng;

/// Programs that come close to each trap.
const EDGES: &[(&str, &[u32], &[u32])] = &[
    ("PUSH 9,PUSH 1,DIV,PUSH 1,MOD,WRITE", &[], &[]),
    ("PUSH 4294967295,PUSH 31,SHR,PUSH 31,SHL,WRITE", &[], &[]),
    ("PUSH 1,ASSERT,PUSH 4294967295,ASSERT", &[], &[]),
    (
        "PUSH 5,STORE 0,LOAD 0,WRITE,PUSH 6,STORE 0,LOAD 0,WRITE,LOAD 0,WRITE",
        &[],
        &[],
    ),
    (
        "PUSH 3,PUSH 4294967295,STORE,PUSH 4294967295,LOAD,WRITE,PUSH 4,PUSH 0,STORE,PUSH 0,LOAD,WRITE",
        &[],
        &[],
    ),
    ("SECRET,JZ 4,PUSH 1,WRITE", &[], &[0]),
    ("SECRET,JNZ 4,PUSH 1,WRITE", &[], &[7]),
    ("PUSH 1,PUSH 2,SUB,JC 6,PUSH 1,WRITE", &[], &[]),
    ("CALL 3,PUSH 1,HALT,CALL 5,RET,PUSH 2,POP,RET", &[], &[]),
    ("READ,READ,WRITE,WRITE,READ,WRITE", &[5, 6, 6], &[]),
    (
        "PUSH 1,PUSH 2,PUSH 3,DUP 2,WRITE,SWAP 2,WRITE,WRITE,WRITE",
        &[],
        &[],
    ),
    ("PUSH 7,POP,PUSH 8,POP,PUSH 9,WRITE", &[], &[]),
    (
        "SECRET,MUL 7,WRITE,SECRET,NOP,SECRET,MULHI,WRITE,SECRET,ROTL 5,WRITE,SECRET,ROTR 31,WRITE",
        &[],
        &[1000, 4294967295, 4294967294, 2147483649, 3],
    ),
    (
        "SECRET,SECRET,ROTL,WRITE,SECRET,SECRET,ROTR,WRITE,SECRET,DIV 7,WRITE",
        &[],
        &[2147483649, 31, 2147483649, 1, 30],
    ),
    (
        "PUSH 4294967295,PUSH 5,PUT 0,PUSH 6,PUT 4294967295,LOADX 0,WRITE,PUSH 0,PUSH 7,PUT 0,LOADX 0,WRITE",
        &[],
        &[],
    ),
    (
        "SECRET,DUP 0,STORE 1,DUP 0,ADD 3,WRITE,LOAD 1,DUP 0,AND 6,DUP 0,EQ 4,WRITE,POP,SWAP 0,WRITE",
        &[],
        &[4],
    ),
    (
        "SECRET,EQ 0,JZ 4,HALT,SECRET,DUP 0,SHL 5,SWAP 1,SHR 27,OR,WRITE,PUSH 1,POP,JMP 15,HALT,SECRET,EQ 0,ASSERT",
        &[],
        &[3, 2147483649, 0],
    ),
    (
        "PUSH 4294967295,PUSH 1,ADD,WRITE,JNC 7,PUSH 65536,PUSH 65536,MUL,WRITE,JC 11,NOP",
        &[],
        &[],
    ),
    ("PUSH 3,DUP 0,WRITE,PUSH 1,SUB,DUP 0,JNZ 1,WRITE", &[], &[]),
    (
        "SECRET,SECRET,LT,WRITE,SECRET,NOT,WRITE,SECRET,PUSH 12,AND,WRITE",
        &[],
        &[3, 4, 5, 6],
    ),
    (
        "SECRET,PUSH 5,AND,WRITE,SECRET,PUSH 9,OR,WRITE,SECRET,SECRET,XOR,WRITE",
        &[],
        &[3, 4, 5, 6],
    ),
    (
        "SECRET,PUSH 7,MUL,WRITE,SECRET,PUSH 7,DIV,WRITE,SECRET,PUSH 7,MOD,WRITE",
        &[],
        &[1000, 100, 99],
    ),
    (
        "SECRET,PUSH 5,SHL,WRITE,SECRET,PUSH 2,SHR,WRITE,SECRET,PUSH 0,SHL,WRITE",
        &[],
        &[3, 400, 5],
    ),
];

/// Instructions that usually trap at any place.
const TRAPS: &[&str] = &[
    "LOAD 9",
    "PUSH 9,LOAD",
    "PUSH 4294967295,LOADX 1",
    "PUSH 0,PUSH 5,PUT 4294967295",
    "PUSH 4294967295,PUSH 5,PUT 1",
    "PUSH 5,ROTL 32",
    "PUSH 5,PUSH 33,NOP,ROTR",
    "DUP 0,STORE 1",
    "PUSH 0,EQ 1,ASSERT",
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

/// A program that usually traps: a random one, or one that halts without one more instruction.
pub fn trapping(circuit: &Circuit, inputs: &Inputs, rng: &mut StdRng) -> Program {
    if rng.gen_range(0..4) == 0 {
        return program(rng);
    }
    let mut instructions = growing(inputs, circuit, rng).instructions().to_vec();
    let place = rng.gen_range(0..=instructions.len());
    let more = match rng.r#gen() {
        true => lines(TRAPS[rng.gen_range(0..TRAPS.len())]),
        false => vec![instruction(rng)],
    };
    instructions.splice(place..place, more);
    Program::new(instructions.into_iter().zip(1..))
}

/// A run that halts and fits the circuit: of a known program, or of a random one.
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
    let trace = ExecutionTrace::new(program, inputs, limits).ok()?;
    trace.fits(&circuit.layout).ok()?;
    Some(Run {
        program: program.clone(),
        public: inputs.public.clone(),
        secret: inputs.secret.clone(),
        outputs: trace.outputs.clone(),
    })
}
