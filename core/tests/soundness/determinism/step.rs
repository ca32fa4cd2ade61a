//! The step relation is a function: given the state, the instruction, and what memory, the secret input and the
//! coprocessors answer, a row's constraints leave one next state, one result and one tuple for each port.
//!
//! *Proved* here, from the matrices themselves and for all inputs at once (`crate::support::determinism` has the rules):
//! - for every encoding that an instruction of `isa::SPECS` has, each column of the next state, and each tuple that the
//!   row adds, removes, asks or fetches, is a function of the inputs;
//! - for AND, OR and XOR, EQ, LT and GT, MUL and SHL, and for SHR by each amount, the table's answer is a function of the question;
//! - for DIV and MOD the same for all dividends, divisor by divisor: for the divisors that are tried here. (For any
//!   divisor d the argument is the same: remainders are below d, so two of them differ by less than d, and quotients by
//!   less than 1.)
//!
//! The inputs of a row: the state; `fill` if a pop takes it; r if the general port removes a cell or SECRET takes a word; r and
//! the carry if a coprocessor answers; all ages and `set`. The entry determines the growth of the counters: the fetch compares it
//! as it compares the bits.
//!
//! *Tested* elsewhere: the one solution is the machine's (honest rows satisfy the constraints: `honest_rows_have_every_encoding`
//! below, and `random_programs`); the memory answers with what was stored (`mutation_search`, and the argument in
//! `docs/proof-system.md`). A lookup counts as what it proves, except with probability about terms/p over the challenges.

use crate::support::determinism::Differences;
use crate::support::{Case, PROGRAMS, assemble, tiny_circuits};
use ark_bls12_381::Fr;
use provable::circuit::encoding::Bit::{self, *};
use provable::circuit::encoding::{COLUMNS, UNFETCHABLE, encode};
use provable::circuit::field::{FieldEncoding, FieldEntry};
use provable::circuit::layout::step;
use provable::circuit::{Circuit, Family};
use provable::lang::isa::{Op, OperandKind, SPECS};
use provable::lang::program::Instruction;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The state's columns.
const STATE: [(&str, usize); 7] = [
    ("pc", step::PC),
    ("depth", step::DEPTH),
    ("calls", step::CALLS),
    ("read", step::READ),
    ("written", step::WRITTEN),
    ("top", step::TOP),
    ("flag", step::FLAG),
];

/// Every encoding of every instruction, by its control bits.
fn encodings() -> BTreeMap<u64, (Op, FieldEntry)> {
    let mut encodings = BTreeMap::new();
    let mut add = |op: Op, entry: FieldEntry| {
        assert!(entry.bits < UNFETCHABLE, "{op:?} has no encoding");
        encodings.entry(entry.bits).or_insert((op, entry));
    };
    // The tests of SHA-256 have circuits with its table.
    for spec in SPECS.iter().filter(|spec| spec.op != Op::Sha256) {
        let operands: &[Option<u32>] = match spec.operand {
            OperandKind::None => &[None],
            OperandKind::Word | OperandKind::Target => &[Some(0), Some(1), Some(7)],
            _ => &[None, Some(0), Some(1), Some(7)],
        };
        for operand in operands {
            let (op, operand) = (spec.op, *operand);
            for entry in encode(Instruction { op, operand }, 3) {
                add(op, entry);
            }
        }
    }
    // Rows that several instructions share.
    for text in [
        "DUP 0,ADD 5",
        "DUP 0,SUB 5",
        "DUP 0,MUL 5",
        "DUP 0,LT 5",
        "DUP 0,STORE 5",
        "EQ 0,ASSERT",
        "POP,JMP 0",
    ] {
        let program = assemble(text);
        let encoding = FieldEncoding::new(&program);
        assert_eq!(encoding.entries.len(), 2, "{text}");
        add(program.instructions()[1].op, encoding.entries[0]);
    }
    encodings
}

/// What the constraints of a row that executes this entry leave undetermined.
fn undetermined(
    circuit: &Circuit,
    row: usize,
    entry: FieldEntry,
    dropped: Option<Family>,
) -> BTreeSet<String> {
    let layout = &circuit.layout;
    let (here, next) = (
        |column| layout.step.at(row, column),
        |column| layout.step.at(row + 1, column),
    );
    let own: HashSet<u32> = (0..layout.step.width)
        .map(|column| here(column).0)
        .collect();
    let state = STATE.iter().map(|(_, column)| next(*column).0);
    let allowed = own.iter().copied().chain(state).collect();
    let mut differences = Differences::new(circuit, &own, &allowed, dropped);
    let has = |bits: &[Bit]| entry.any(bits);
    let bit = |bit| Fr::from(entry.has(bit));
    for bit in 0..COLUMNS {
        differences.know(here(step::BIT + bit), Fr::from(entry.bits >> bit & 1));
    }
    let pops = Fr::from(entry.pops());
    for (counter, growth) in [
        (step::DEPTH, bit(Push) - pops),
        (step::CALLS, bit(Call) - bit(Ret)),
        (step::READ, bit(Read)),
        (step::WRITTEN, bit(Write)),
    ] {
        differences.follows(next(counter), here(counter), growth);
    }
    for (_, column) in STATE {
        differences.input(here(column));
    }
    for column in [step::OPERAND, step::FILL_AGE, step::AGE, step::SET] {
        differences.input(here(column));
    }
    if entry.stack_port() < 0 {
        differences.input(here(step::FILL));
    }
    let secret = entry.bits == 1 << Push as u32;
    if has(&[AtConst, AtAddr, AtDepth, Read, Cop, CopCarry]) || secret {
        let limbs = layout
            .step
            .span(row, step::LIMB, layout.step.width - step::LIMB);
        differences.input_word(&limbs, layout.capacities.range_bits);
    }
    if has(&[Cop, CopCarry]) {
        differences.input(here(step::CARRY));
    }
    differences.solve();
    let mut open = BTreeSet::new();
    for (name, column) in STATE {
        if !differences.is_same(next(column)) {
            open.insert(format!("next {name}"));
        }
    }
    for term in differences.terms(&[Family::MemorySum, Family::CoprocessorSum, Family::FetchSum]) {
        if !differences.agrees(term) {
            open.insert(format!("{:?}", differences.family(term)));
        }
    }
    open
}

#[test]
fn a_step_has_one_outcome() {
    let encodings = encodings();
    let covered: BTreeSet<Op> = SPECS.iter().map(|spec| spec.op).collect();
    assert_eq!(covered.len(), SPECS.len());
    for circuit in &tiny_circuits() {
        for (op, entry) in encodings.values() {
            for row in [0, 5, circuit.layout.step.rows - 2] {
                let open = undetermined(circuit, row, *entry, None);
                assert!(open.is_empty(), "{op:?}, row {row}: {open:?}");
            }
        }
    }
}

/// The control: without a family, what it determines is undetermined.
#[test]
fn without_a_family_an_outcome_is_undetermined() {
    let circuit = &tiny_circuits()[0];
    let text = |text: &str| encode(assemble(text).instructions()[0], 3)[0];
    for (family, instruction, expected) in [
        (Family::Arithmetic, "ADD", "next top"),
        (Family::Arithmetic, "PUSH 1", "next top"),
        (Family::CarryBit, "SUB", "next flag"),
        (Family::ResultRange, "ADD", "next top"),
        (Family::RangeSum, "SUB", "next top"),
        (Family::ZeroTest, "JNZ 7", "next pc"),
        (Family::ZeroTest, "JC 7", "next pc"),
        (Family::Jump, "NOP", "next pc"),
        (Family::CarryFlag, "NOP", "next flag"),
        (Family::Top, "PUSH 1", "next top"),
        (Family::Arithmetic, "ADD 3", "next top"),
        (Family::Arithmetic, "SUB 3", "next flag"),
        (Family::Base, "ADD 3", "next top"),
        (Family::Base, "LOADX 3", "HeapPort"),
        (Family::Base, "PUT 3", "HeapPort"),
        (Family::Base, "XOR 3", "Coprocessor"),
        (Family::Spill, "DUP 0", "next top"),
        (Family::Spill, "XOR 3", "Coprocessor"),
        (Family::Spill, "LOADX 3", "HeapPort"),
        (Family::Spill, "PUSH 1", "StackPort"),
        (Family::Spill, "CALL 3", "StackPort"),
    ] {
        let open = undetermined(circuit, 5, text(instruction), Some(family));
        assert!(
            open.contains(expected),
            "{family:?}, {instruction}: {open:?}"
        );
    }
}

/// The control: each encoding has an honest row, in an assignment that satisfies everything.
#[test]
fn honest_rows_have_every_encoding() {
    let circuit = &tiny_circuits()[0];
    let mut seen = BTreeSet::new();
    for (name, text, public, secret) in PROGRAMS {
        let case = Case::new(circuit, &assemble(text), public, secret);
        case.expect_satisfied(name);
        for row in 0..circuit.layout.step.rows {
            seen.insert(case.entry(row).bits);
        }
    }
    let expected: BTreeSet<u64> = encodings().into_keys().collect();
    assert_eq!(seen, expected);
}
