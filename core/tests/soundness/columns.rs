//! Every committed column, on a row of every instruction. A test changes one value, derives and balances everything that follows,
//! and some constraint must be violated.
//!
//! A column that is idle in a row is listed with its reason. The list is exact: the change of an idle column must be accepted.
//! `free_columns` computes what is free only together with other values, except for the time of a push, which is the last test here.

use crate::support::false_witness::{Claim, FalseWitness, fr, integer};
use crate::support::rebalance::Rebalancer;
use crate::support::{Case, PROGRAMS, assemble, tiny};
use ark_bls12_381::Fr;
use ark_ff::{One, Zero};
use provable::circuit::Family;
use provable::circuit::encoding::Bit;
use provable::circuit::field::FieldEntry;
use provable::circuit::layout::{arithmetic, bitwise, compare, heap, leftover, step};
use std::collections::BTreeSet;

/// Why a column may hold anything (within its range) on a row of this instruction.
fn idle(column: usize, entry: FieldEntry) -> Option<&'static str> {
    use Bit::*;
    let has = |bits: &[Bit]| entry.any(bits);
    let moves = entry.stack_port() != 0;
    let removes = has(&[AtConst, AtAddr, AtDepth, Read]);
    match column {
        step::CARRY if !has(&[Add, Sub, Imm, Cop, CopCarry]) => Some("no sum and no coprocessor"),
        step::FILL if !moves && !has(&[Here, Push]) => Some("the stack port is off"),
        step::FILL_AGE if !moves => Some("the stack port is off"),
        step::AGE if !removes => Some("the general port removes nothing"),
        step::SET if !removes && !has(&[Push, Result]) => Some("the general port removes nothing"),
        step::SET if !removes => Some("no cell: as before, but only −2 will do for 1"),
        limb if limb >= step::LIMB => {
            let used = has(&[Imm, Ret]) || entry.result_is_next_top() || removes;
            (!used).then_some("the row has no result")
        }
        _ => None,
    }
}

/// Other values in place of one.
fn alternatives(value: Fr, boolean: bool) -> Vec<Fr> {
    let one = Fr::one();
    match boolean {
        true => vec![one - value, value + one + one],
        false => vec![
            value + one,
            value - one,
            value + Fr::from(1u64 << 32),
            -value - one,
        ],
    }
}

#[test]
fn a_step_row_admits_no_other_value() {
    let circuit = tiny();
    let rebalancer = Rebalancer::new(&circuit);
    let mut seen = BTreeSet::new();
    for (name, text, public, secret) in PROGRAMS {
        let program = assemble(text);
        let case = Case::new(&circuit, &program, public, secret);
        assert!(rebalancer.violations(&case.assignment).is_empty(), "{name}");
        for row in 0..circuit.layout.step.rows {
            let at = |column| circuit.layout.step.at(row, column);
            let value = |column| case.assignment[at(column).0 as usize];
            let entry = case.entry(row);
            let bits = entry.bits;
            if !seen.insert(bits) {
                continue;
            }
            for column in 0..circuit.layout.step.width {
                let boolean = (step::BIT..step::LIMB).contains(&column)
                    || [step::FLAG, step::CARRY, step::SET].contains(&column);
                let mut others = alternatives(value(column), boolean);
                if column == step::SET {
                    others.push(-Fr::from(2u64));
                }
                let accepted = others.into_iter().any(|other| {
                    rebalancer
                        .violations_after(&case, &[(at(column), other)])
                        .is_empty()
                });
                let reason = idle(column, entry);
                assert_eq!(
                    accepted,
                    reason.is_some(),
                    "{name}, row {row}, bits {bits:b}, column {column} ({:?}), listed as {reason:?}",
                    step::NAMES.get(column)
                );
            }
        }
    }
    // ASSERT is a JZ or a JNZ, and JMP is JZ with JNZ. The coprocessors' operations share a row.
    assert_eq!(seen.len(), 36);
}

/// Whether an arithmetic row shifts.
fn shifts(case: &Case<'_>, row: usize) -> bool {
    let var = case.circuit.layout.arithmetic.at(row, arithmetic::SHIFT);
    case.assignment[var.0 as usize].is_one()
}

/// Whether a heap row's cell was stored.
fn stored(case: &Case<'_>, row: usize) -> bool {
    let var = case.circuit.layout.heap.at(row, heap::SET);
    case.assignment[var.0 as usize].is_one()
}

/// Whether a heap row's cell is untouched and another address is free beside it.
fn has_room(case: &Case<'_>, row: usize) -> bool {
    let block = case.circuit.layout.heap;
    let address = |row: usize| integer(case.assignment[block.at(row, heap::ADDRESS).0 as usize]);
    let before = row.checked_sub(1).map_or(-1, address);
    let after = if row + 1 < block.rows {
        address(row + 1)
    } else {
        1 << 32
    };
    !stored(case, row) && (address(row) - before > 1 || after - address(row) > 1)
}

/// Rows of the other tables: the first, a used one and the last.
#[test]
fn a_table_row_admits_no_other_value() {
    let circuit = tiny();
    let rebalancer = Rebalancer::new(&circuit);
    let layout = &circuit.layout;
    for (name, text, public, secret) in PROGRAMS {
        let program = assemble(text);
        let case = Case::new(&circuit, &program, public, secret);
        for block in [
            &layout.heap,
            &layout.stack,
            &layout.calls,
            &layout.program,
            &layout.arithmetic,
            &layout.bitwise,
            &layout.compare,
        ] {
            for row in [0, 1, block.rows - 1] {
                // The first column of a coprocessor's row is its multiplicity. A row that is not asked answers nothing.
                let asked = case.assignment[block.at(row, 0).0 as usize];
                if ["arithmetic", "bitwise", "compare"].contains(&block.name) && asked.is_zero() {
                    continue;
                }
                for column in 0..block.width {
                    let var = block.at(row, column);
                    let value = case.assignment[var.0 as usize];
                    let accepted = alternatives(value, false).into_iter().any(|other| {
                        rebalancer
                            .violations_after(&case, &[(var, other)])
                            .is_empty()
                    });
                    let first = case.assignment[block.at(row, 0).0 as usize];
                    let reason = match (block.name, column) {
                        ("stack" | "calls", leftover::VALUE | leftover::TIME)
                            if first.is_zero() =>
                        {
                            Some("nothing is left in this cell")
                        }
                        ("program", 2)
                        | ("arithmetic", arithmetic::MULTIPLICITY | arithmetic::ROTATED)
                        | ("bitwise", bitwise::MULTIPLICITY)
                        | ("compare", compare::MULTIPLICITY) => {
                            Some("a multiplicity, which is balanced again")
                        }
                        ("heap", heap::ADDRESS) if has_room(&case, row) => {
                            Some("any untouched cell")
                        }
                        ("arithmetic", arithmetic::AMOUNT) if !shifts(&case, row) => {
                            Some("no shift, no amount")
                        }
                        _ => None,
                    };
                    assert_eq!(
                        accepted,
                        reason.is_some(),
                        "{name}: {} row {row} column {column}, {reason:?}",
                        block.name
                    );
                }
            }
        }
    }
}

/// Every derived variable is determined: any other value violates a constraint that has it. The only exception is the
/// inverse of a result that is zero, which multiplies nothing.
#[test]
fn a_derived_value_admits_no_other() {
    let circuit = tiny();
    let mut touching = vec![Vec::new(); circuit.variables];
    for constraint in 0..circuit.matrices.constraints() {
        for matrix in &circuit.matrices.abc {
            for (var, _) in matrix.row(constraint) {
                touching[var as usize].push(constraint);
            }
        }
    }
    for (name, text, public, secret) in PROGRAMS {
        let mut case = Case::new(&circuit, &assemble(text), public, secret);
        for derivation in &circuit.derivations {
            let var = derivation.var as usize;
            let honest = case.assignment[var];
            case.assignment[var] = honest + Fr::one();
            let rejected = touching[var]
                .iter()
                .any(|row| !circuit.matrices.holds(*row, &case.assignment));
            let denominator =
                circuit
                    .matrices
                    .dot(1, derivation.constraint as usize, &case.assignment);
            case.assignment[var] = honest;
            assert!(rejected || denominator.is_zero(), "{name}: {derivation:?}");
        }
    }
}

/// A push may claim a later time, up to the time before its word is removed, if the removal claims it too. That is harmless: a cell of
/// the stack is live once at a time, so the removed word is the same.
#[test]
fn a_push_may_claim_a_later_time_before_its_pop_only() {
    let circuit = tiny();
    let violations = |rows: i64| {
        let late = |row: usize, claim: &mut Claim| {
            if row == 1 {
                claim.fill_age -= fr(rows);
            }
        };
        let text = "PUSH 1,PUSH 2,NOP,NOP,POP,WRITE";
        FalseWitness::new(&circuit, text, (&[], &[1]), late)
            .violations()
            .0
    };
    for rows in 0..=2 {
        assert!(violations(rows).is_empty(), "{rows}");
    }
    for rows in [-1, 3, 64] {
        assert_eq!(
            violations(rows),
            BTreeSet::from([Family::RangeSum]),
            "{rows}"
        );
    }
}
