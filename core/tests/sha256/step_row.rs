//! SHA256 as a row of a run: the row's request, the table's answer and the heap together.

use crate::support::recount::recount;
use ark_bls12_381::Fr;
use ark_ff::UniformRand;
use provable::circuit::layout::{heap, step};
use provable::circuit::sha256::{ACTIVE, TIME};
use provable::circuit::statement::{Challenges, statement};
use provable::circuit::variable::Var;
use provable::circuit::{Capacities, Circuit, ExecutionTrace, Family};
use provable::lang::program::{Program, assemble};
use provable::vm::{Inputs, Limits};
use rand::rngs::OsRng;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static CIRCUIT: LazyLock<Circuit> = LazyLock::new(|| {
    Circuit::new(Capacities {
        rows: 64,
        program: 64,
        range_bits: 8,
        heap: 64,
        stack: 4,
        calls: 2,
        arithmetic: 2,
        bitwise: 2,
        compare: 2,
        sha256: 3,
    })
    .unwrap()
});

/// A program with its data: a state and a block at these addresses.
fn program(state: u32, block: u32, text: &str) -> Program {
    let words = |from: u32, count: u32| {
        (0..count).map(move |place| {
            let address = from.wrapping_add(place);
            (address, address.wrapping_mul(0x9e37_79b9) ^ 0x5bd1_e995)
        })
    };
    let program = assemble(text).program.unwrap();
    program.with_data(words(state, 8).chain(words(block, 16)))
}

/// A run and its assignment, before the statement is written.
struct Case {
    program: Program,
    outputs: Vec<u32>,
    assignment: Vec<Fr>,
}

impl Case {
    fn new(program: Program) -> Self {
        let inputs = Inputs::default();
        let trace = ExecutionTrace::new(&program, &inputs, Limits::default()).unwrap();
        Case {
            assignment: trace.commit(&CIRCUIT.layout).unwrap(),
            outputs: trace.outputs.clone(),
            program,
        }
    }

    fn put(&mut self, var: Var, value: impl Into<Fr>) {
        self.assignment[var.0 as usize] = value.into();
    }

    /// The families of the constraints that do not hold, with the multiplicities that suit the lookups.
    fn violations(&self) -> BTreeSet<Family> {
        let mut assignment = self.assignment.clone();
        let [gamma, beta, rho] = [(); 3].map(|()| Fr::rand(&mut OsRng));
        let challenges = Challenges { gamma, beta, rho };
        let capacities = &CIRCUIT.layout.capacities;
        let values = statement(&self.program, &[], &self.outputs, capacities, &challenges).unwrap();
        assignment[1..=values.len()].copy_from_slice(&values);
        recount(&CIRCUIT, &mut assignment);
        CIRCUIT.derive(&mut assignment);
        let constraints = 0..CIRCUIT.matrices.constraints();
        let failing = constraints.filter(|row| !CIRCUIT.matrices.holds(*row, &assignment));
        failing.map(|row| CIRCUIT.families[row]).collect()
    }
}

/// Executions on any addresses, the greatest and neighbouring ones too, one after the other and between stores.
#[test]
fn runs_that_execute_it_are_proved() {
    let last = u32::MAX - 7;
    for (state, block) in [
        (100, 200),
        (last, 0),
        (0, u32::MAX - 15),
        (16, 0),
        (0, 8),
        (24, 32),
    ] {
        for after in [
            String::new(),
            format!("PUSH {block}\nSHA256\nPUSH {block}\nSHA256"),
            format!(
                "PUSH 5\nSTORE {block}\nPUSH {block}\nSHA256\nPUSH 6\nPUT 7\nPUSH {block}\nSHA256"
            ),
            format!("POP\nLOAD {block}\nSTORE {state}\nPUSH {state}\nPUSH {block}\nSHA256"),
        ] {
            let text = format!(
                "PUSH {state}\nPUSH {block}\nSHA256\n{after}\nLOADX 3\nWRITE\nLOAD {state}\nWRITE\nLOAD {block}\nWRITE"
            );
            let case = Case::new(program(state, block, &text));
            assert_eq!(case.violations(), BTreeSet::new(), "{text}");
        }
    }
}

#[test]
fn another_output_is_refused() {
    let text = "PUSH 100\nPUSH 200\nSHA256\nLOADX 3\nWRITE";
    let mut case = Case::new(program(100, 200, text));
    case.outputs[0] ^= 1;
    assert_eq!(case.violations(), BTreeSet::from([Family::MemorySum]));
}

/// A run of which one row is another: it pops and requests nothing, or the table's row is not active, or has another time.
#[test]
fn a_row_that_the_table_does_not_answer_is_refused() {
    let text = "PUSH 100\nPUSH 200\nSHA256\nLOADX 3\nWRITE";
    let case = || Case::new(program(100, 200, text));
    let layout = &CIRCUIT.layout;
    let mut silent = case();
    silent.put(layout.step.at(2, layout.hash().unwrap()), 0u64);
    assert!(silent.violations().contains(&Family::FetchSum));
    for (column, value) in [(ACTIVE, 0u64), (TIME, 2), (TIME, 4)] {
        let mut other = case();
        other.put(layout.sha256.at(0, column), value);
        assert_eq!(other.violations(), BTreeSet::from([Family::MemorySum]));
    }
    let mut twice = case();
    twice.put(layout.sha256.at(1, ACTIVE), 1u64);
    assert_eq!(twice.violations(), BTreeSet::from([Family::MemorySum]));
}

/// The bit of a row that is no SHA256.
#[test]
fn a_request_that_the_program_does_not_make_is_refused() {
    let text = "PUSH 100\nPUSH 200\nPOP\nLOADX 3\nWRITE";
    let mut case = Case::new(program(100, 200, text));
    let layout = &CIRCUIT.layout;
    case.put(layout.step.at(2, layout.hash().unwrap()), 1u64);
    assert!(case.violations().contains(&Family::FetchSum));
}

/// The heap's last tuple of a word of the state, as it was before.
#[test]
fn a_state_that_stays_as_it_was_is_refused() {
    let text = "PUSH 100\nPUSH 200\nSHA256\nPOP";
    let mut case = Case::new(program(100, 200, text));
    assert_eq!(case.violations(), BTreeSet::new());
    let layout = &CIRCUIT.layout;
    let row = (0..layout.heap.rows).find(|row| {
        let address = layout.heap.at(*row, heap::ADDRESS).0 as usize;
        case.assignment[address] == Fr::from(100u64)
    });
    let old = case.program.datum(100).unwrap();
    case.put(layout.heap.at(row.unwrap(), heap::VALUE), old);
    assert_eq!(case.violations(), BTreeSet::from([Family::MemorySum]));
}

/// Without the table a run does not fit, and no row has the bit.
#[test]
fn a_circuit_without_the_table_has_no_such_row() {
    let capacities = Capacities {
        sha256: 0,
        ..CIRCUIT.layout.capacities
    };
    let circuit = Circuit::new(capacities).unwrap();
    assert_eq!(circuit.layout.hash(), None);
    let limbs = capacities.word_limbs();
    assert_eq!(circuit.layout.step.width, step::LIMB + limbs);
    let program = program(100, 200, "PUSH 100\nPUSH 200\nSHA256");
    let trace = ExecutionTrace::new(&program, &Inputs::default(), Limits::default()).unwrap();
    let shortage = trace.commit(&circuit.layout).unwrap_err();
    assert!(shortage.to_string().contains("executions of SHA256"));
}
