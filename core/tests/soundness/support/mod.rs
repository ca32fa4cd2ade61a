//! What the soundness tests and the two searches share: tiny circuits, provers of false witnesses, the independent checker.
#![allow(dead_code)]

pub mod algebraic_search;
pub mod assert_refused;
pub mod checker;
pub mod determinism;
pub mod equation_prover;
pub mod equations;
pub mod false_witness;
pub mod malicious_prover;
pub mod mutation_search;
#[path = "../../support/programs.rs"]
mod programs;
pub mod random_programs;
pub mod rebalance;
pub mod reverted_fixes;
pub mod rows;

pub use programs::{PROGRAMS, assemble};

/// A program none of whose instructions shares a row with others: unreachable jumps after it lead to each of them.
pub fn unfused(text: &str) -> String {
    let count = text.split(',').filter(|line| !line.is_empty()).count();
    let jumps: Vec<String> = (0..=count).map(|index| format!("JMP {index}")).collect();
    format!("{text},HALT,{}", jumps.join(","))
}

use ark_bls12_381::Fr;
use ark_ff::One;
use provable::circuit::ExecutionTrace;
use provable::circuit::encoding::Bit;
use provable::circuit::field::FieldEntry;
use provable::circuit::layout::step;
use provable::circuit::statement::{Challenges, statement};
use provable::circuit::tuple::COPROCESSOR;
use provable::circuit::{Capacities, Circuit, Family};
use provable::lang::program::Program;
use provable::vm::{Inputs, Limits};

/// The logarithmic-derivative sums. The memory's comes first: in the others the multiplicities of the table's entries are the
/// prover's choice.
pub const SUMS: [Family; 7] = [
    Family::MemorySum,
    Family::RangeSum,
    Family::FetchSum,
    Family::CoprocessorSum,
    Family::DigitSum,
    Family::PowerSum,
    Family::TopSum,
];

/// The constraints of the sums of a circuit, in the order of [`SUMS`], and then those of SHA-256's tables, each of which has a sum of
/// its own.
pub fn sums(circuit: &Circuit) -> Vec<usize> {
    let families = SUMS.iter().chain([&Family::Sha256Sums]);
    let rows = families.flat_map(|family| {
        let all = circuit.families.iter().enumerate();
        all.filter(move |(_, found)| *found == family)
    });
    rows.map(|(row, _)| row).collect()
}

/// A circuit that is small enough for tests to visit every variable.
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
        sha256: 0,
    })
    .unwrap()
}

/// Two tiny circuits: in the first the top limb of a word is shorter than the others, in the second it is as long.
pub fn tiny_circuits() -> [Circuit; 2] {
    let full = Circuit::new(Capacities {
        range_bits: 8,
        ..tiny().layout.capacities
    })
    .unwrap();
    [tiny(), full]
}

/// A circuit with a table of SHA-256. Its memory holds a state, a block and a few cells more.
pub fn with_sha256() -> Circuit {
    Circuit::new(Capacities {
        rows: 64,
        program: 64,
        heap: 40,
        range_bits: 8,
        sha256: 2,
        ..tiny().layout.capacities
    })
    .unwrap()
}

/// The first bits of the fields of the coprocessor tuple: a, the operation, the carry, the result, b.
pub fn shifts() -> [u32; 5] {
    let of = |name| COPROCESSOR.fields.iter().find(|field| field.name == name);
    ["a", "op", "c", "result", "b"].map(|name| of(name).unwrap().shift)
}

/// A claimed run: its statement at fixed challenges, and an assignment.
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

    /// Fixed challenges in place of those of a transcript.
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

    /// Writes the statement, and the derived variables that follow from it and the committed block.
    pub fn complete(&mut self) {
        self.state();
        self.circuit.derive(&mut self.assignment);
    }

    /// Writes the statement.
    pub fn state(&mut self) {
        let capacities = self.circuit.layout.capacities;
        let statement = statement(
            &self.program,
            &self.public,
            &self.outputs,
            &capacities,
            &Self::challenges(),
        )
        .unwrap();
        self.assignment[1..=statement.len()].copy_from_slice(&statement);
    }

    /// The entry that a row executes. Some control bits are no columns: the counters of this row and the next determine them.
    pub fn entry(&self, row: usize) -> FieldEntry {
        let block = self.circuit.layout.step;
        let value = |row, column| self.assignment[block.at(row, column).0 as usize];
        let has = |bit: Bit| value(row, step::BIT + bit as usize).is_one();
        let growth = |column| match row + 1 < block.rows {
            true => value(row + 1, column) - value(row, column),
            false => Fr::from(0u64),
        };
        let pops = [Bit::Add, Bit::Sub, Bit::Cop, Bit::CopCarry, Bit::Drop];
        let taken = || Fr::from(pops.into_iter().any(has)) - Fr::from(has(Bit::Here));
        let set = |bit: &Bit| match bit {
            Bit::Push => (growth(step::DEPTH) + taken()).is_one(),
            Bit::Call => (growth(step::CALLS) + Fr::from(has(Bit::Ret))).is_one(),
            Bit::Read => growth(step::READ).is_one(),
            Bit::Write => growth(step::WRITTEN).is_one(),
            Bit::Hash => {
                let column = self.circuit.layout.hash();
                column.is_some_and(|column| value(row, column).is_one())
            }
            bit => has(*bit),
        };
        let bits = Bit::ALL.iter().filter(|bit| set(bit));
        FieldEntry {
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
