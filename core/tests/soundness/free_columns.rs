//! The values that a prover is free to change, all at once. Near a satisfying assignment the constraints are linear in small
//! changes, so the directions that violate nothing can be computed. They must be those of the idle columns. The tests of
//! `columns` change one value at a time; these tests find values that are free only together.
//!
//! A logarithmic derivative counts as what it proves for every challenge. Equal tuples change together, as their packed part
//! and their fields under β and β². A multiplicity changes only between equal tuples. A value that is looked up in a table of
//! constants does not change: the other entries are far away, and `columns` tests them.

use crate::support::equations::{Equations, Form, add};
use crate::support::{Case, PROGRAMS, SUMS, assemble, tiny};
use ark_bls12_381::Fr;
use ark_ff::{One, Zero};
use provable::circuit::Family;
use provable::circuit::builder::Rule;
use provable::circuit::encoding::Bit;
use provable::circuit::layout::statement::{BETA, RHO};
use provable::circuit::layout::{arithmetic, bitwise, compare, leftover, program, step};
use provable::circuit::variable::Var;
use std::collections::{BTreeSet, HashMap, HashSet};

struct Linear<'a> {
    case: &'a Case<'a>,
    /// Products with β and β²: the constraint with the other factor, and the power.
    scaled: HashMap<u32, (usize, usize)>,
}

impl Linear<'_> {
    /// The changes of one side of a constraint. The statement and the constant do not change.
    fn side(&self, matrix: usize, row: usize) -> Form {
        let matrices = &self.case.circuit.matrices;
        let start = self.case.circuit.layout.committed_start() as u32;
        let entries = matrices.abc[matrix].row(row);
        entries
            .filter(|(var, _)| *var >= start)
            .map(|(var, coefficient)| (var, matrices.coefficients[coefficient as usize]))
            .collect()
    }

    /// A tuple's change: packed part, part under β, part under β².
    fn tuple(&self, row: usize) -> [Form; 3] {
        let mut parts = [Form::new(), Form::new(), Form::new()];
        for (var, value) in self.side(1, row) {
            match self.scaled.get(&var) {
                Some((constraint, power)) => {
                    let factor = self.side(0, *constraint);
                    add(&mut parts[*power], &factor, value);
                }
                None => add(&mut parts[0], &Form::from([(var, Fr::one())]), value),
            }
        }
        parts
    }
}

/// The committed variables that are free if the dropped constraints are taken out.
fn movable(case: &Case<'_>, dropped: impl Fn(usize) -> bool) -> BTreeSet<u32> {
    let circuit = case.circuit;
    let matrices = &circuit.matrices;
    let of_family = |family| circuit.families.iter().position(|found| *found == family);
    let is_only = |row: usize, var: u32| {
        let mut entries = matrices.abc[1].row(row);
        entries.next() == Some((var, 0)) && entries.next().is_none()
    };
    let mut linear = Linear {
        case,
        scaled: HashMap::new(),
    };
    let mut skipped: HashSet<usize> = HashSet::new();
    let mut constraint_of = HashMap::new();
    for derivation in &circuit.derivations {
        let row = derivation.constraint as usize;
        // The first derived variable is β² itself.
        let squared = circuit.derivations[0].var;
        let power = [BETA.0, squared]
            .into_iter()
            .position(|var| is_only(row, var));
        let rho = is_only(row, RHO.0);
        match (derivation.rule, power) {
            (Rule::Product, Some(power)) => {
                linear.scaled.insert(derivation.var, (row, power + 1));
                skipped.insert(row);
            }
            (Rule::Product, None) if rho => drop(skipped.insert(row)),
            (Rule::Quotient, _) => drop(constraint_of.insert(derivation.var, row)),
            _ => {}
        }
    }
    let mut equations = Equations::default();
    for family in SUMS {
        let sum = of_family(family).unwrap();
        skipped.insert(sum);
        let mut groups: HashMap<Fr, Vec<(usize, Fr)>> = HashMap::new();
        for (var, coefficient) in matrices.abc[0].row(sum) {
            let Some(row) = constraint_of.get(&var).copied() else {
                continue;
            };
            skipped.insert(row);
            let sign = matrices.coefficients[coefficient as usize];
            let denominator = matrices.dot(1, row, &case.assignment);
            groups.entry(denominator).or_default().push((row, sign));
        }
        for members in groups.into_values() {
            let (mut total, mut change) = (Fr::zero(), Form::new());
            let mut first: Option<[Form; 3]> = None;
            for (row, sign) in members {
                let weight = matrices.dot(2, row, &case.assignment) * sign;
                total += weight;
                add(&mut change, &linear.side(2, row), sign);
                if weight.is_zero() {
                    continue;
                }
                let tuple = linear.tuple(row);
                match &first {
                    None => first = Some(tuple),
                    Some(first) => {
                        for (part, other) in tuple.into_iter().zip(first) {
                            let mut difference = part;
                            add(&mut difference, other, -Fr::one());
                            equations.require(difference);
                        }
                    }
                }
            }
            equations.require(change);
            // The rest of the group is the verifier's own tuple, which does not change.
            if let (false, Some(tuple)) = (total.is_zero(), first) {
                tuple.into_iter().for_each(|part| equations.require(part));
            }
        }
    }
    // The program table belongs to the statement: its evaluation is a polynomial identity in β and ρ.
    for row in 0..circuit.layout.program.rows {
        for column in [program::BITS, program::OPERAND] {
            let Var(var) = circuit.layout.program.at(row, column);
            equations.require(Form::from([(var, Fr::one())]));
        }
    }
    for row in (0..matrices.constraints()).filter(|row| !skipped.contains(row) && !dropped(*row)) {
        // The evaluation itself is fixed above.
        if circuit.families[row] == Family::ProgramTable {
            continue;
        }
        let value = |matrix| matrices.dot(matrix, row, &case.assignment);
        let mut form = Form::new();
        add(&mut form, &linear.side(0, row), value(1));
        add(&mut form, &linear.side(1, row), value(0));
        add(&mut form, &linear.side(2, row), -Fr::one());
        equations.require(form);
    }
    let layout = &circuit.layout;
    equations.movable(
        layout.committed_start() as u32,
        layout.committed_end() as u32,
    )
}

/// The columns without a meaning in their row.
fn idle(case: &Case<'_>) -> BTreeSet<u32> {
    use Bit::*;
    let layout = &case.circuit.layout;
    let value = |var: Var| case.assignment[var.0 as usize];
    let mut idle = BTreeSet::from([layout.blind.at(0, 0).0]);
    for row in 0..layout.step.rows {
        let at = |column| layout.step.at(row, column);
        let entry = case.entry(row);
        if entry.stack_port() == 0 && !entry.any(&[Push, Here]) {
            idle.insert(at(step::FILL).0);
        }
    }
    for block in [&layout.stack, &layout.calls] {
        for row in 0..block.rows {
            if value(block.at(row, leftover::ACTIVE)).is_zero() {
                idle.insert(block.at(row, leftover::VALUE).0);
            }
        }
    }
    // No shift, no amount.
    for row in 0..layout.arithmetic.rows {
        if value(layout.arithmetic.at(row, arithmetic::SHIFT)).is_zero() {
            idle.insert(layout.arithmetic.at(row, arithmetic::AMOUNT).0);
        }
    }
    // Rows that answer the same question can share its multiplicity in any way.
    for (block, column) in [
        (&layout.arithmetic, arithmetic::MULTIPLICITY),
        (&layout.arithmetic, arithmetic::ROTATED),
        (&layout.bitwise, bitwise::MULTIPLICITY),
        (&layout.compare, compare::MULTIPLICITY),
    ] {
        let content = |row: usize| -> Vec<Fr> {
            (1..block.width)
                .filter(|other| (block.name, *other) != ("arithmetic", arithmetic::ROTATED))
                .map(|column| value(block.at(row, column)))
                .collect()
        };
        for row in 0..block.rows {
            let alike = (0..block.rows).any(|other| other != row && content(other) == content(row));
            if alike {
                idle.insert(block.at(row, column).0);
            }
        }
    }
    idle
}

#[test]
fn only_idle_columns_are_free() {
    let circuit = tiny();
    for (name, text, public, secret) in PROGRAMS {
        let case = Case::new(&circuit, &assemble(text), public, secret);
        let place = |var: &u32| {
            let blocks = circuit.layout.blocks();
            let found = blocks
                .iter()
                .find_map(|block| Some((block.name, block.place(*var as usize)?)));
            found.unwrap()
        };
        let (movable, idle) = (movable(&case, |_| false), idle(&case));
        let free: Vec<_> = movable.difference(&idle).map(place).collect();
        let stuck: Vec<_> = idle.difference(&movable).map(place).collect();
        assert!(free.is_empty(), "{name}: free though not idle: {free:?}");
        assert!(stuck.is_empty(), "{name}: idle but fixed: {stuck:?}");
    }
}

/// The control: without any one of these families one more column is free.
#[test]
fn a_dropped_family_frees_a_column() {
    use Family::*;
    let circuit = tiny();
    for (family, program) in [
        (Boundary, "seed"),
        (CarryFlag, "adder"),
        (Top, "stack"),
        (Spill, "stack"),
        (HeapPort, "heap"),
        (SetBit, "heap"),
        (ArithmeticTable, "divide"),
        (CompareTable, "compare"),
    ] {
        let found = PROGRAMS.iter().find(|(name, ..)| *name == program);
        let (_, text, public, secret) = found.unwrap();
        let case = Case::new(&circuit, &assemble(text), public, secret);
        let without = movable(&case, |row| circuit.families[row] == family);
        assert!(
            without.difference(&idle(&case)).next().is_some(),
            "{family:?}"
        );
    }
}
