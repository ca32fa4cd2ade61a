//! A false statement, told at two tiers: one where a word's top limb is short, one where it is full.

use super::forger::{Claim, Forger};
use super::tiny;
use provable::circuit::{Capacities, Circuit, Family};
use provable::vm::{Inputs, Limits, run};
use std::collections::BTreeSet;

/// Public input, public output.
pub type Tapes<'a> = (&'a [u32], &'a [u32]);

pub fn circuits() -> [Circuit; 2] {
    let full = Circuit::new(Capacities {
        range_bits: 8,
        ..tiny().layout.capacities
    })
    .unwrap();
    [tiny(), full]
}

/// Tells the lie; requires that the statement is false and that these families, and no others, object. How many
/// constraints do.
pub fn refused(
    text: &str,
    tapes: Tapes<'_>,
    families: &[Family],
    rows: impl Fn(usize, &mut Claim),
    tables: impl Fn(&mut Forger<'_>),
) -> usize {
    let mut count = 0;
    for circuit in &circuits() {
        let mut forger = Forger::new(circuit, text, tapes, &rows);
        tables(&mut forger);
        let inputs = Inputs {
            public: tapes.0.to_vec(),
            secret: vec![],
        };
        let limits = Limits {
            max_steps: 1000,
            ..Limits::default()
        };
        let truth = run(&forger.case.program, &inputs, limits);
        let is_true = truth.trap().is_none() && truth.outputs == tapes.1;
        assert!(!is_true, "no lie: {text}");
        let (objections, objecting) = forger.objections();
        // What is a word's top limb in one tier is as wide as the others in the other.
        let ranges = |family| match family {
            Family::TopSum => Family::RangeSum,
            other => other,
        };
        let objections: BTreeSet<Family> = objections.into_iter().map(ranges).collect();
        let expected: BTreeSet<Family> = families.iter().copied().collect();
        assert_eq!(objections, expected, "{text}");
        count = objecting;
    }
    count
}

pub fn nothing(_: &mut Forger<'_>) {}

pub fn honestly(_: usize, _: &mut Claim) {}
