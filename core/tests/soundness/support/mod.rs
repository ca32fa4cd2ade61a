//! A tiny tier and programs that use every instruction.
#![allow(dead_code)]

pub mod algebra;
pub mod cheat;
pub mod checker;
pub mod determinism;
pub mod equation_prover;
pub mod equations;
pub mod flaws;
pub mod forger;
pub mod liar;
pub mod lie;
pub mod proving;
pub mod random;
pub mod search;

use ark_bls12_381::Fr;
use ark_ff::One;
use provable::circuit::encoding::{Bit, Entry};
use provable::circuit::layout::step;
use provable::circuit::statement::{Challenges, statement};
use provable::circuit::tuple::COPROCESSOR;
use provable::circuit::witness::ExecutionTrace;
use provable::circuit::{Capacities, Circuit};
use provable::lang::isa::Op;
use provable::lang::program::{Instruction, Program};
use provable::vm::{Inputs, Limits};

/// A tier small enough for tests to visit every variable.
pub fn tiny() -> Circuit {
    Circuit::new(Capacities {
        rows: 32,
        program: 32,
        range_bits: 6,
        heap: 4,
        stack: 6,
        calls: 2,
        arithmetic: 6,
        bitwise: 4,
        compare: 8,
    })
    .unwrap()
}

/// Name, program, public input, secret input. Every instruction appears, with and without its operand.
pub const PROGRAMS: &[(&str, &str, &[u32], &[u32])] = &[
    ("empty", "", &[], &[]),
    (
        "seed",
        "PUSH 10,PUSH 20,ADD,STORE 0,LOAD 0,PUSH 5,ADD,HALT",
        &[],
        &[],
    ),
    (
        "stack",
        "PUSH 1,PUSH 2,PUSH 3,DUP 0,DUP 1,DUP 3,SWAP 0,SWAP 1,SWAP 3,POP,POP,NOP",
        &[],
        &[],
    ),
    (
        "adder",
        "PUSH 4294967295,PUSH 2,ADD,PUSH 5,SUB,PUSH 7,PUSH 3,SUB,HALT",
        &[],
        &[],
    ),
    (
        "compare",
        "PUSH 3,PUSH 3,EQ,PUSH 1,LT,PUSH 9,GT,PUSH 8,PUSH 2,GT,PUSH 4,PUSH 5,LT,PUSH 1,EQ",
        &[],
        &[],
    ),
    (
        "multiply",
        "PUSH 65536,PUSH 65537,MUL,PUSH 7,MUL,PUSH 3,MUL,HALT",
        &[],
        &[],
    ),
    (
        "divide",
        "PUSH 100,PUSH 7,DIV,PUSH 100,PUSH 7,MOD,PUSH 9,SHL,PUSH 31,SHR",
        &[],
        &[],
    ),
    (
        "bits",
        "PUSH 3735928559,PUSH 305419896,AND,PUSH 252645135,OR,PUSH 4042322160,XOR,NOT,HALT",
        &[],
        &[],
    ),
    (
        "jumps",
        "PUSH 0,JZ 3,HALT,PUSH 1,JZ 2,PUSH 1,JNZ 8,HALT,PUSH 0,JNZ 7,JMP 11,HALT",
        &[],
        &[],
    ),
    (
        "carries",
        "PUSH 1,PUSH 2,SUB,JC 5,HALT,JNC 4,PUSH 1,ADD,JC 10,HALT,PUSH 0,PUSH 0,ADD,JNC 15,HALT,JC 14",
        &[],
        &[],
    ),
    (
        "calls",
        "CALL 3,CALL 3,HALT,PUSH 4,CALL 7,POP,RET,PUSH 9,POP,RET",
        &[],
        &[],
    ),
    ("open call", "CALL 2,HALT,PUSH 1", &[], &[]),
    (
        "heap",
        "PUSH 7,PUSH 4000000000,STORE,PUSH 4000000000,LOAD,PUSH 3,STORE,LOAD 3",
        &[],
        &[],
    ),
    (
        "heap computed",
        "PUSH 5,PUSH 9,PUSH 4000000000,STORE,PUSH 4000000000,LOAD,STORE 1,PUSH 2,STORE 1,LOAD 1",
        &[],
        &[],
    ),
    (
        "tapes",
        "READ,READ,SECRET,ADD,WRITE,WRITE,SECRET,POP,PUSH 1,ASSERT",
        &[5, 6],
        &[7, 8, 9],
    ),
];

/// Where the coprocessor tuple's fields begin: a, op, c, the result, b.
pub fn shifts() -> [u32; 5] {
    let fields = COPROCESSOR.fields;
    [0, 1, 2, 3, 4].map(|index| fields[index].shift)
}

/// Assembles lines separated by commas: mnemonic, operand.
pub fn assemble(text: &str) -> Program {
    let lines = text.split(',').filter(|line| !line.is_empty());
    Program::new(lines.enumerate().map(|(index, line)| {
        let mut words = line.split(' ');
        let op = Op::from_mnemonic(words.next().unwrap()).unwrap();
        let operand = words.next().map(|word| word.parse().unwrap());
        (Instruction { op, operand }, index as u32 + 1)
    }))
}

/// A run, its statement at fixed challenges, and its assignment.
pub struct Case<'a> {
    pub circuit: &'a Circuit,
    pub program: Program,
    pub public: Vec<u32>,
    pub outputs: Vec<u32>,
    pub assignment: Vec<Fr>,
}

impl<'a> Case<'a> {
    pub fn new(circuit: &'a Circuit, program: &Program, public: &[u32], secret: &[u32]) -> Self {
        let inputs = Inputs {
            public: public.to_vec(),
            secret: secret.to_vec(),
        };
        let trace = ExecutionTrace::new(program, &inputs, Limits::default()).expect("halts");
        let assignment = trace.commit(&circuit.layout).expect("fits");
        let mut case = Case {
            circuit,
            program: program.clone(),
            public: public.to_vec(),
            outputs: trace.outputs.clone(),
            assignment,
        };
        case.complete();
        case
    }

    /// Challenges as a transcript would give them: unrelated to anything.
    pub fn challenges() -> Challenges {
        let fixed = |n: u64| {
            use ark_ff::Field;
            Fr::from(n).pow([0x1234_5678_9abc_def1])
        };
        Challenges {
            gamma: fixed(7),
            beta: fixed(11),
            rho: fixed(13),
        }
    }

    /// Fills in the statement and everything that follows from the committed block.
    pub fn complete(&mut self) {
        self.state();
        self.circuit.derive(&mut self.assignment);
    }

    /// Fills in the statement.
    pub fn state(&mut self) {
        let capacities = self.circuit.layout.capacities;
        let statement = statement(
            &self.program,
            &self.public,
            &self.outputs,
            capacities.program,
            capacities.rows,
            &Self::challenges(),
        )
        .unwrap();
        self.assignment[1..=statement.len()].copy_from_slice(&statement);
    }

    /// What a row executes: its control bits, those that the counters say too, and its operand.
    pub fn entry(&self, row: usize) -> Entry {
        let block = self.circuit.layout.step;
        let value = |row, column| self.assignment[block.at(row, column).0 as usize];
        let has = |bit: Bit| value(row, step::BIT + bit as usize).is_one();
        let growth = |column| match row + 1 < block.rows {
            true => value(row + 1, column) - value(row, column),
            false => Fr::from(0u64),
        };
        let pops = [Bit::Add, Bit::Sub, Bit::Cop, Bit::CopCarry, Bit::Drop];
        let set = |bit: &Bit| match bit {
            Bit::Push => (growth(step::DEPTH) + Fr::from(pops.into_iter().any(has))).is_one(),
            Bit::Call => (growth(step::CALLS) + Fr::from(has(Bit::Ret))).is_one(),
            Bit::Read => growth(step::READ).is_one(),
            Bit::Write => growth(step::WRITTEN).is_one(),
            bit => has(*bit),
        };
        let bits = Bit::ALL.iter().filter(|bit| set(bit));
        Entry {
            bits: bits.fold(0, |sum, bit| sum | 1 << *bit as u32),
            operand: value(row, step::OPERAND),
        }
    }

    pub fn failure(&self) -> Option<String> {
        let row = self.circuit.matrices.first_failure(&self.assignment)?;
        Some(format!(
            "constraint {row}, {:?}",
            self.circuit.families[row]
        ))
    }

    pub fn expect_satisfied(&self, name: &str) {
        assert_eq!(self.failure(), None, "{name}");
    }
}
