//! Tiers: sound capacities, full domains, and circuits that have not changed under their keys.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

use provable::circuit::Circuit;
use provable::proof::tier::TIERS;

#[test]
fn every_tier_is_sound_and_larger_than_the_one_before() {
    for tier in &TIERS {
        assert!(tier.capacities.are_sound(), "{}", tier.name);
        assert_eq!(tier.circuit.len(), 64, "{}", tier.name);
    }
    for pair in TIERS.windows(2) {
        let (small, large) = (pair[0].capacities, pair[1].capacities);
        assert!(
            small.rows < large.rows && small.program <= large.program && small.heap <= large.heap
        );
        assert!(small.stack <= large.stack && small.calls <= large.calls);
        assert!(small.arithmetic <= large.arithmetic && small.bitwise <= large.bitwise);
    }
}

/// A change of the constraints shows here; then the ids in `tier.rs` change with it, and old keys are refused.
/// Up to 33k: `CIRCUIT_IDS=all` writes all of them, which the two largest make slow, and prints what is found.
#[test]
fn circuits_are_the_ones_the_tiers_name() {
    let all = std::env::var("CIRCUIT_IDS").is_ok();
    let mut changed = Vec::new();
    for tier in TIERS
        .iter()
        .filter(|tier| all || tier.capacities.rows <= 35_000)
    {
        let circuit = Circuit::new(tier.capacities).unwrap();
        let constraints = circuit.matrices.constraints();
        let fill = constraints as f64 / constraints.next_power_of_two() as f64;
        let id = hex::encode(circuit.id());
        if all {
            println!("{} {id} {constraints} {fill:.3}", tier.name);
        }
        assert!(fill > 0.92, "tier {} fills {fill} of its domain", tier.name);
        if tier.circuit != id {
            changed.push((tier.name, id));
        }
    }
    assert!(changed.is_empty(), "other circuits: {changed:#?}");
}

/// A row's constants at the far end of a large tier are that row's: coefficient indices do not wrap.
#[test]
fn large_tiers_keep_their_coefficients() {
    use ark_bls12_381::Fr;
    let tier = TIERS.iter().find(|tier| tier.name == "33k").unwrap();
    let circuit = Circuit::new(tier.capacities).unwrap();
    let last = circuit.layout.range.at(circuit.layout.range.rows - 1, 0).0;
    let row = (0..circuit.matrices.constraints())
        .rev()
        .find(|row| {
            circuit.matrices.abc[2]
                .row(*row)
                .any(|(var, _)| var == last)
        })
        .unwrap();
    let (_, coefficient) = circuit.matrices.abc[1]
        .row(row)
        .find(|(var, _)| *var == 0)
        .unwrap();
    let entry = circuit.matrices.coefficients[coefficient as usize];
    assert_eq!(entry, -Fr::from(circuit.layout.range.rows as u64 - 1));
    assert!(circuit.matrices.coefficients.len() > usize::from(u16::MAX));
}
