//! The files of ceremonies: each comes back as it was, and every other sequence of bytes is refused.

use super::*;
use crate::circuit::Circuit;
use proptest::prelude::*;
use std::io::Cursor;

fn powers_bytes() -> Vec<u8> {
    let mut first = PhaseOne::new(2);
    let rng = &mut system_rng();
    first = first.contribute(&factors(), rng, &Silent).unwrap();
    first = first.contribute_beacon(b"public", 2, rng, &Silent).unwrap();
    let mut bytes = vec![];
    first.write(&mut bytes).unwrap();
    bytes
}

static POWERS: LazyLock<Vec<u8>> = LazyLock::new(powers_bytes);

static CEREMONY: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut bytes = vec![];
    last().write(&mut bytes).unwrap();
    bytes
});

fn read_powers(mut bytes: &[u8]) -> Result<PhaseOne, CeremonyError> {
    PhaseOne::read(&mut bytes, &Silent)
}

fn read(mut bytes: &[u8]) -> Result<Ceremony, CeremonyError> {
    let circuit = tiny_circuit(4);
    Ceremony::read_for(&mut bytes, &Silent, |id, _| {
        (circuit.id() == *id).then(|| circuit.clone())
    })
}

fn written(first: &PhaseOne) -> Vec<u8> {
    let mut bytes = vec![];
    first.write(&mut bytes).unwrap();
    bytes
}

#[test]
fn files_come_back_as_they_were() {
    let first = read_powers(&POWERS).unwrap();
    first.check(&mut system_rng()).unwrap();
    assert_eq!(written(&first), *POWERS);
    let ceremony = read(&CEREMONY).unwrap();
    ceremony.check(&mut system_rng()).unwrap();
    let before = last();
    assert_eq!(
        (&ceremony.first, &ceremony.values),
        (&before.first, &before.values)
    );
    assert_eq!(ceremony.chain, before.chain);
}

#[test]
fn a_file_for_a_circuit_of_no_tier_is_refused() {
    let error = Ceremony::read(&mut &CEREMONY[..], &Silent).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("circuit that this version does not have"),
        "{error}"
    );
    let other = Ceremony::read_for(&mut &CEREMONY[..], &Silent, |_, _| Some(tiny_circuit(4)));
    other.unwrap();
    // A circuit of another size: the bytes are not those of its key.
    let larger: Circuit = tiny_circuit(40);
    let result = Ceremony::read_for(&mut &CEREMONY[..], &Silent, |_, _| Some(larger.clone()));
    assert!(result.is_err());
}

#[test]
fn a_file_that_ends_too_soon_or_too_late_is_refused() {
    for bytes in [&*POWERS, &*CEREMONY] {
        let refuse = |bytes: &[u8]| match bytes.starts_with(b"provable powers1") {
            true => read_powers(bytes).map(drop),
            false => read(bytes).map(drop),
        };
        for length in [0, 15, 16, 17, 20, 100, bytes.len() / 2, bytes.len() - 1] {
            let said = refused("a short file", refuse(&bytes[..length]));
            assert!(said.contains("it ends within") || length < 16, "{said}");
        }
        let longer = [bytes.as_slice(), &[0]].concat();
        let said = refused("a long file", refuse(&longer));
        assert!(said.contains("more bytes follow"), "{said}");
    }
}

#[test]
fn numbers_that_are_too_large_are_refused_before_anything_is_reserved() {
    let mut many = POWERS.clone();
    many[18..22].copy_from_slice(&u32::MAX.to_le_bytes());
    let said = refused("many contributions", read_powers(&many).map(drop));
    assert!(said.contains("contributions, and at most"), "{said}");
    for bits in [0, 28, 63, 64, 255] {
        let mut large = POWERS.clone();
        large[16] = bits;
        let said = refused("a large domain", read_powers(&large).map(drop));
        assert!(said.contains("its domain has"), "{said}");
    }
    // A domain that is larger than the file has points: read as far as there are some.
    let mut large = POWERS.clone();
    large[16] = 27;
    refused("a domain without points", read_powers(&large).map(drop));
}

/// On the curve and outside the group: a sum with random weights may miss the part of small order.
#[test]
fn points_outside_the_group_are_refused() {
    let outside = loop {
        let x = ark_bls12_381::Fq::rand(&mut OsRng);
        match G1Affine::get_point_from_x_unchecked(x, true) {
            Some(point) if !point.is_in_correct_subgroup_assuming_on_curve() => break point,
            _ => {}
        }
    };
    let mut ceremony = last();
    let power = &mut ceremony.first.powers.tau_g1[7];
    *power = (*power + outside).into_affine();
    let mut bytes = vec![];
    ceremony.write(&mut bytes).unwrap();
    let said = refused("a power outside the group", read(&bytes).map(drop));
    assert!(
        said.contains("number 7 of the powers of tau in G1"),
        "{said}"
    );
    let mut ceremony = last();
    let base = &mut ceremony.values.h[3];
    *base = (*base + outside).into_affine();
    let mut bytes = vec![];
    ceremony.write(&mut bytes).unwrap();
    let said = refused("a base outside the group", read(&bytes).map(drop));
    assert!(said.contains("number 3 of the quotient bases"), "{said}");
}

#[test]
fn published_powers_are_read_with_and_without_a_hash_before_them() {
    let first = read_powers(&POWERS).unwrap();
    let mut published = vec![];
    first.write_powers(&mut published).unwrap();
    let with_hash = [&[0x5a; 64], published.as_slice()].concat();
    for file in [&published, &with_hash] {
        for bits in [1, 2] {
            let import = PhaseOne::import(&mut Cursor::new(file), bits, &Silent).unwrap();
            import.check(&mut system_rng()).unwrap();
            assert!(import.is_imported() && import.chain().contributors() == 0);
            assert_eq!(import.powers, first.powers.for_domain(1 << bits).unwrap());
            // It goes on from there, and its file comes back.
            let more = import
                .contribute(&factors(), &mut system_rng(), &Silent)
                .unwrap();
            assert_eq!(read_powers(&written(&more)).unwrap(), more);
            more.check(&mut system_rng()).unwrap();
        }
        let error = PhaseOne::import(&mut Cursor::new(file), 3, &Silent).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("powers for 4 points, and 2^3 are wanted"),
            "{error}"
        );
    }
    for length in [
        0,
        1,
        published.len() - 1,
        published.len() + 1,
        with_hash.len() + 96,
    ] {
        let mut other = published.clone();
        other.resize(length, 0);
        let error = PhaseOne::import(&mut Cursor::new(&other), 2, &Silent).unwrap_err();
        assert!(
            error.to_string().contains("published powers have"),
            "{error}"
        );
    }
    // Inconsistent powers are read, and refused by the check.
    let mut wrong = first;
    wrong.powers.alpha_g1.swap(1, 2);
    let mut published = vec![];
    wrong.write_powers(&mut published).unwrap();
    let import = PhaseOne::import(&mut Cursor::new(&published), 2, &Silent).unwrap();
    let said = refused("powers in another order", import.check(&mut system_rng()));
    assert!(said.contains("not tau times"), "{said}");
}

/// Begun by others, and begun here: neither passes for the other.
#[test]
fn the_origin_of_powers_cannot_be_changed() {
    let first = read_powers(&POWERS).unwrap();
    let mut published = vec![];
    first.write_powers(&mut published).unwrap();
    let import = PhaseOne::import(&mut Cursor::new(&published), 2, &Silent).unwrap();
    let more = import
        .contribute(&factors(), &mut system_rng(), &Silent)
        .unwrap();
    let mut bytes = written(&more);
    assert_eq!(bytes[17], 1);
    bytes[17] = 0;
    bytes.drain(18..18 + 144);
    let said = refused("imported powers as own ones", read_powers(&bytes).map(drop));
    assert!(said.contains("contribution 1 "), "{said}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn powers_with_a_changed_byte_are_refused(at in any::<prop::sample::Index>(), change in 1u8..) {
        let mut bytes = POWERS.clone();
        let at = at.index(bytes.len());
        bytes[at] ^= change;
        let result = read_powers(&bytes).and_then(|first| first.check(&mut system_rng()));
        prop_assert!(result.is_err(), "byte {}", at);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), keep in 0usize..60) {
        let mut begun = POWERS[..keep].to_vec();
        begun.extend(&bytes);
        let _ = read_powers(&begun);
        let mut begun = CEREMONY[..keep].to_vec();
        begun.extend(&bytes);
        let _ = read(&begun);
        let _ = PhaseOne::import(&mut Cursor::new(&bytes), 1, &Silent);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_ceremony_with_a_changed_byte_is_refused(at in any::<prop::sample::Index>(), change in 1u8..) {
        let mut bytes = CEREMONY.clone();
        let at = at.index(bytes.len());
        bytes[at] ^= change;
        let result = read(&bytes).and_then(|ceremony| ceremony.check(&mut system_rng()));
        prop_assert!(result.is_err(), "byte {}", at);
    }
}
