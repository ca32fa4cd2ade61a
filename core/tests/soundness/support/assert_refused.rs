//! A false statement with a false witness is refused, at each of the tiny circuits, by exactly the families that are named.

use super::false_witness::{Claim, FalseWitness};
use super::tiny_circuits;
use ark_bls12_381::Fr;
use provable::circuit::Family;
use provable::vm::{Inputs, Limits, run};
use std::collections::BTreeSet;

/// Public input, public output.
pub type Tapes<'a> = (&'a [u32], &'a [u32]);

/// Makes the false witness and asserts two things: the statement is false, and exactly these families have violated
/// constraints. Returns how many constraints are violated.
pub fn assert_refused(
    text: &str,
    tapes: Tapes<'_>,
    families: &[Family],
    rows: impl Fn(usize, &mut Claim),
    tables: impl Fn(&mut FalseWitness<'_>),
) -> usize {
    let mut count = 0;
    for circuit in &tiny_circuits() {
        let mut witness = FalseWitness::new(circuit, text, tapes, &rows);
        tables(&mut witness);
        let inputs = Inputs {
            public: tapes.0.to_vec(),
            secret: vec![],
        };
        let limits = Limits {
            max_steps: 1000,
            ..Limits::default()
        };
        let truth = run(&witness.case.program, &inputs, limits);
        let is_true = truth.trap().is_none() && truth.outputs == tapes.1;
        assert!(!is_true, "the statement is true: {text}");
        let (violations, violated) = witness.violations();
        // The top limb has a range table of its own only where it is shorter than the other limbs.
        let ranges = |family| match family {
            Family::TopSum => Family::RangeSum,
            other => other,
        };
        let violations: BTreeSet<Family> = violations.into_iter().map(ranges).collect();
        let expected: BTreeSet<Family> = families.iter().copied().collect();
        assert_eq!(violations, expected, "{text}");
        count = violated;
    }
    count
}

/// For claims that are all honest.
pub fn unchanged_rows(_: usize, _: &mut Claim) {}

/// For tables that follow from the claims of the rows.
pub fn unchanged_tables(_: &mut FalseWitness<'_>) {}

/// An operation on two pushed words in two forms, each with the row of the operation: as a row that pops two words, and
/// as one that has the second word in its operand.
pub fn forms(text: &str) -> [(String, usize); 2] {
    let lines: Vec<&str> = text.split(',').collect();
    let (pushes, rest) = lines.split_at(2);
    // Targets behind the operation are one instruction later.
    let later = rest.iter().map(|line| match line.strip_prefix("JC ") {
        Some(target) => format!("JC {}", target.parse::<u32>().unwrap() + 1),
        None => (*line).to_string(),
    });
    let later: Vec<String> = later.collect();
    let apart = format!("{},NOP,{}", pushes.join(","), later.join(","));
    [(apart, 3), (text.to_string(), 1)]
}

/// Claims this result and this carry of an operation on two pushed words, in both of its [`forms`], with a table as the closure
/// fills it.
pub fn carries(
    text: &str,
    (result, carry): (i64, i64),
    families: &[Family],
    table: impl Fn(&mut FalseWitness<'_>),
) {
    for (text, row) in forms(text) {
        let claims = |at, claim: &mut Claim| {
            if at == row {
                (claim.result, claim.carry) = (Fr::from(result), Fr::from(carry));
            }
        };
        assert_refused(&text, (&[], &[result as u32]), families, claims, &table);
    }
}
