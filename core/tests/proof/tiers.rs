//! Tiers: sound capacities, full domains, and circuits that have not changed under their keys.
use crate::tier_table::{Best, TierTable};
use provable::circuit::Circuit;
use provable::circuit::shape::Shape;
use provable::circuit::tier::{LARGEST, MOST_ROWS, TIERS, Tier};
use std::path::Path;

#[test]
fn tiers_are_sound_and_in_the_order_of_their_domains_and_shapes() {
    for tier in &TIERS {
        assert!(tier.capacities.are_sound(), "{}", tier.name);
        assert_eq!(tier.circuit.len(), 64, "{}", tier.name);
        assert_eq!(Tier::named(tier.name), Some(tier));
    }
    let place = |tier: &Tier| (tier.domain_bits, tier.shape as u8);
    assert!(TIERS.is_sorted_by(|one, next| place(one) < place(next)));
    for shape in Shape::ALL {
        let tiers: Vec<&Tier> = TIERS.iter().filter(|tier| tier.shape == shape).collect();
        for pair in tiers.windows(2) {
            let (small, large) = (pair[0].capacities, pair[1].capacities);
            assert!(small.rows < large.rows && small.program <= large.program);
            assert!(small.heap <= large.heap && small.compare <= large.compare);
            assert!(small.stack <= large.stack && small.calls <= large.calls);
            assert!(small.arithmetic <= large.arithmetic && small.bitwise <= large.bitwise);
        }
        assert!(LARGEST.iter().any(|tier| Some(tier) == tiers.last()));
    }
    let rows = TIERS.iter().map(|tier| tier.capacities.rows).max();
    assert_eq!(rows, Some(MOST_ROWS));
}

/// The numbers of rows in `tier.rs` follow from the constraints. After a change of the circuit this fails and prints the rows that
/// it must have; `CIRCUIT_IDS=all` prints them with the ids.
#[test]
fn every_tier_has_the_most_rows_that_fill_its_domain() {
    let table = TierTable::counted();
    let best: Vec<Best> = TIERS
        .iter()
        .map(|tier| table.best(tier.shape, tier.domain_bits))
        .collect();
    let found = TIERS.iter().map(|tier| Best {
        shape: tier.shape,
        domain_bits: tier.domain_bits,
        rows: tier.capacities.rows,
        range_bits: tier.capacities.range_bits,
    });
    let lines: Vec<String> = best.iter().map(|best| best.line("…")).collect();
    assert!(
        found.eq(best.iter().copied()),
        "the table of tiers is:\n{}",
        lines.concat()
    );
    for (tier, best) in TIERS.iter().zip(&best) {
        assert_eq!(tier.name, best.name());
    }
    // The count of the table is that of the circuit.
    for tier in TIERS.iter().filter(|tier| tier.capacities.rows < 5000) {
        let circuit = Circuit::new(tier.capacities).unwrap();
        let constraints = circuit.matrices.constraints();
        assert_eq!(table.constraints(&tier.capacities), constraints);
        assert!(constraints <= 1 << tier.domain_bits, "{}", tier.name);
    }
}

#[test]
fn the_documentation_lists_the_tiers() {
    let mut table = String::from(
        "| domain | plain | k | wide | k | with SHA-256 | k |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for bits in TIERS[0].domain_bits..=LARGEST[0].domain_bits {
        let cells = Shape::ALL.map(|shape| {
            let mut tiers = TIERS.iter().filter(|tier| tier.shape == shape);
            let tier = tiers.find(|tier| tier.domain_bits == bits);
            tier.map_or("|  |  ".to_string(), |tier| {
                format!("| {} | {} ", tier.name, tier.capacities.range_bits)
            })
        });
        table.push_str(&format!("| 2^{bits} {}|\n", cells.concat()));
    }
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/proof-system.md");
    let docs = std::fs::read_to_string(docs).unwrap();
    assert!(
        docs.contains(&table),
        "docs/proof-system.md has no\n\n{table}"
    );
}

/// A change of the constraints fails here. Then the ids in `tier.rs` must change too, and old keys are refused. The test takes the
/// tiers up to 35,000 rows. With `CIRCUIT_IDS=all` it takes all tiers, which is slow, and prints the table of `tier.rs` for the
/// circuit as it is.
#[test]
fn circuits_have_the_ids_of_their_tiers() {
    let all = std::env::var("CIRCUIT_IDS").is_ok();
    let table = all.then(TierTable::counted);
    let mut changed = Vec::new();
    for tier in TIERS
        .iter()
        .filter(|tier| all || tier.capacities.rows <= 35_000)
    {
        let best = table
            .as_ref()
            .map(|table| table.best(tier.shape, tier.domain_bits));
        let capacities = best.map_or(tier.capacities, |best| best.capacities());
        let circuit = Circuit::new(capacities).unwrap();
        let constraints = circuit.matrices.constraints();
        let fill = constraints as f64 / (1u64 << tier.domain_bits) as f64;
        let id = hex::encode(circuit.id());
        if let Some(best) = best {
            print!("{}", best.line(&id));
        }
        assert!(
            fill > 0.92 && fill <= 1.0,
            "tier {} fills {fill} of its domain",
            tier.name
        );
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
    // The smallest one with more range rows than a 16-bit index counts.
    let tier = TIERS
        .iter()
        .find(|tier| tier.capacities.range_bits >= 16)
        .unwrap();
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
