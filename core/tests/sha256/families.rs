//! No family of the table is superfluous: for each there is a false witness that violates it alone.

use crate::support::{CIRCUIT, Case, INITIAL};
use ark_bls12_381::Fr;
use ark_ff::{Field, Zero};
use provable::circuit::Family;
use std::collections::{BTreeSet, HashMap};

/// What is false in a witness.
#[derive(Clone, Copy)]
enum Lie {
    /// The heap has another result than the row.
    Heap,
    /// A result that is another word: its carry is a fraction.
    Carry,
    /// A function's result that is one more, and the word with it.
    Function,
    /// Two pieces that make the same word, and whose spread forms are those of other numbers.
    Pieces,
}

fn case(lie: Lie) -> Case {
    let mut case = Case::of(&CIRCUIT, INITIAL, [3; 16]);
    let mut change = |name: &str, by: i64| {
        let before = case.get(name);
        case.set(name, before + Fr::from(by));
    };
    match lie {
        Lie::Heap => case.change_result(3, 77),
        Lie::Carry => case.set_word("result 3", 77),
        Lie::Function => {
            change("a 64 function 1 chunk 0", 1);
            change("a 64 limb 0", 1);
        }
        Lie::Pieces => {
            change("state 1 bit 0", 1 << 11);
            change("state 1 bit 11", -1);
        }
    }
    if !matches!(lie, Lie::Heap) {
        case.agree();
    }
    case
}

/// Moves what is left of a sum into one of its terms: then only the family of the term refuses.
fn moved(lie: Lie, sum: Family, family: Family) -> BTreeSet<Family> {
    let mut case = case(lie);
    assert_eq!(case.violations(), BTreeSet::from([sum]), "{family:?}");
    let (circuit, assignment) = (&case.circuit, &mut case.assignment);
    let derivations = circuit.derivations.iter();
    let families: HashMap<u32, Family> = derivations
        .map(|derived| (derived.var, circuit.families[derived.constraint as usize]))
        .collect();
    for row in 0..circuit.matrices.constraints() {
        let left = circuit.matrices.dot(0, row, assignment);
        if circuit.families[row] != sum || left.is_zero() {
            continue;
        }
        let mut terms = circuit.matrices.abc[0].row(row);
        let (var, index) = terms
            .find(|(var, _)| families.get(var) == Some(&family))
            .unwrap();
        let coefficient = circuit.matrices.coefficients[index as usize];
        assignment[var as usize] -= left * coefficient.inverse().unwrap();
    }
    case.violated()
}

#[test]
fn each_family_refuses_a_false_witness_that_no_other_refuses() {
    use Family::*;
    let cases = [
        (Lie::Heap, MemorySum, Sha256Requests),
        (Lie::Heap, MemorySum, Sha256Memory),
        (Lie::Carry, RangeSum, Sha256Additions),
        (Lie::Carry, RangeSum, Sha256Words),
        (Lie::Function, Sha256Sums, Sha256Functions),
        (Lie::Function, Sha256Sums, Sha256Tables),
        (Lie::Pieces, Sha256Sums, Sha256Pieces),
    ];
    let mut needed = BTreeSet::from([Sha256Sums]);
    for (lie, sum, family) in cases {
        assert_eq!(moved(lie, sum, family), BTreeSet::from([family]));
        needed.insert(family);
    }
    let all = Family::ALL.iter().copied();
    let all: BTreeSet<Family> = all.filter(|family| *family >= Sha256Requests).collect();
    assert_eq!(needed, all);
}
