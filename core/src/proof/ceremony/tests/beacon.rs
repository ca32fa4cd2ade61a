//! Contributions whose factors come from a public value.

use super::*;

#[test]
fn a_beacon_is_computed_again_by_whoever_checks() {
    let ceremony = last()
        .contribute_beacon(b"a block of a public ledger", 4, &mut system_rng(), &Silent)
        .unwrap();
    ceremony.check(&mut system_rng()).unwrap();
    let records = ceremony.chain.records().to_vec();
    assert_eq!(chain_of(start(), records.clone()).unwrap(), ceremony.chain);
    assert_eq!(ceremony.chain.contributors(), 3);
    let change = |change: &dyn Fn(&mut Record<G2Projective>)| {
        let mut all = records.clone();
        change(all.last_mut().unwrap());
        refused("a changed beacon", chained(all))
    };
    let said = change(&|record| {
        if let Source::Beacon { value, .. } = &mut record.source {
            value[0] ^= 1
        }
    });
    assert!(
        said.contains("contribution 4 is not valid: its values do not come from its beacon"),
        "{said}"
    );
    let said = change(&|record| {
        if let Source::Beacon { bits, .. } = &mut record.source {
            *bits = 3
        }
    });
    assert!(said.contains("do not come from"), "{said}");
    let said = change(&|record| {
        if let Source::Beacon { bits, .. } = &mut record.source {
            *bits = 27
        }
    });
    assert!(said.contains("over the limits"), "{said}");
    let said = change(&|record| record.values[0] = G2Affine::generator());
    assert!(said.contains("do not come from"), "{said}");
}

#[test]
fn a_beacon_alone_makes_no_key() {
    let ceremony = HONEST[0]
        .contribute_beacon(b"public", 1, &mut system_rng(), &Silent)
        .unwrap();
    let error = ceremony.finish(&mut system_rng()).unwrap_err();
    assert!(error.to_string().contains("nobody contributed"), "{error}");
}
