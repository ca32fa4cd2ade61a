//! Tiers: sound capacities, full domains, and circuits that have not changed under their keys.
use provable::circuit::Circuit;
use provable::circuit::tier::TIERS;

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

/// A change of the constraints fails here. Then the ids in `tier.rs` must change too, and old keys are refused. The test takes the
/// tiers up to 33k; with `CIRCUIT_IDS=all` it takes all tiers, which is slow, and prints what it finds.
#[test]
fn circuits_have_the_ids_of_their_tiers() {
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

/// The constants of the last rows of a large tier are those of these rows: coefficient indices do not wrap.
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
