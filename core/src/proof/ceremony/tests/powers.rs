//! Powers that are not what they should be.

use super::*;

#[test]
fn powers_that_are_changed_are_found() {
    type Change = fn(&mut Powers);
    let changes: [(&str, Change, &str); 13] = [
        (
            "a power in G1",
            |one| one.tau_g1[5] = point(),
            "not tau times",
        ),
        (
            "the last power in G1",
            |one| *one.tau_g1.last_mut().unwrap() = point(),
            "not tau times",
        ),
        (
            "a power in G2",
            |one| one.tau_g2[5] = G2Projective::rand(&mut OsRng).into_affine(),
            "value in G2",
        ),
        (
            "the last power in G2",
            |one| *one.tau_g2.last_mut().unwrap() = G2Affine::generator(),
            "value in G2",
        ),
        (
            "a power with alpha",
            |one| one.alpha_g1[4] = point(),
            "not tau times",
        ),
        (
            "the last power with beta",
            |one| *one.beta_g1.last_mut().unwrap() = point(),
            "not tau times",
        ),
        ("two powers", |one| one.tau_g1.swap(3, 4), "not tau times"),
        (
            "beta in G2",
            |one| one.beta_g2 = G2Affine::generator(),
            "beta is not the same",
        ),
        (
            "the first power",
            |one| one.tau_g1[0] = point(),
            "begin with the generators",
        ),
        (
            "alpha",
            |one| {
                one.alpha_g1
                    .iter_mut()
                    .for_each(|one| *one = G1Affine::identity())
            },
            "alpha differs",
        ),
        ("tau", |one| one.tau_g1[1] = point(), "tau differs"),
        ("beta", |one| one.beta_g1[0] = point(), "beta differs"),
        (
            "a missing power",
            |one| one.tau_g1.truncate(9),
            "powers of tau in G1",
        ),
    ];
    for (what, change, reason) in changes {
        let mut first = last().first;
        change(&mut first.powers);
        let said = refused(what, first.check(&mut system_rng()));
        assert!(said.contains(reason), "{what}: {said}");
        assert!(
            first
                .contribute(&factors(), &mut system_rng(), &Silent)
                .is_err(),
            "{what}"
        );
    }
}

/// τ of the domain makes t(τ) zero; τ, α or β zero makes bases the identity. No chain of contributions leads there by chance.
#[test]
fn powers_that_make_a_key_useless_are_refused() {
    let n = 1usize << 3;
    let root = crate::proof::reduction::Domain::new(n).unwrap().group_gen();
    let beta = Fr::from(7u64);
    let of = |tau: Fr, alpha: Fr| {
        let g1 = |scalar: Fr| (G1Affine::generator() * scalar).into_affine();
        let power = |index: usize| tau.pow([index as u64]);
        Powers {
            tau_g1: (0..2 * n - 1).map(|i| g1(power(i))).collect(),
            tau_g2: (0..n)
                .map(|i| (G2Affine::generator() * power(i)).into_affine())
                .collect(),
            alpha_g1: (0..n).map(|i| g1(alpha * power(i))).collect(),
            beta_g1: (0..n).map(|i| g1(beta * power(i))).collect(),
            beta_g2: (G2Affine::generator() * beta).into_affine(),
        }
    };
    let five = Fr::from(5u64);
    let check = |powers: Powers| {
        powers.check(n, &mut system_rng())?;
        powers.are_usable()
    };
    check(of(five, Fr::from(6u64))).unwrap();
    for (tau, alpha) in [
        // One list for another: whoever did it knows a relation.
        (five, Fr::ONE),
        (five, -Fr::ONE),
        (five, five),
        (five, -beta),
        (root, five),
        (provable_msm::transform::coset_offset(n).unwrap(), five),
        (Fr::ONE, five),
        (Fr::from(0u64), five),
        (five, Fr::from(0u64)),
    ] {
        let said = refused("a useless power", check(of(tau, alpha)));
        assert!(said.contains("unusable"), "{said}");
    }
}

#[test]
fn powers_for_a_smaller_domain_have_the_same_contributions() {
    let rng = &mut system_rng();
    let mut first = PhaseOne::new(4);
    for _ in 0..2 {
        first = first.contribute(&factors(), rng, &Silent).unwrap();
    }
    let smaller = first.for_domain(3).unwrap();
    smaller.check(rng).unwrap();
    assert_eq!(
        (smaller.powers().size(), smaller.chain()),
        (8, first.chain())
    );
    assert!(
        first.for_domain(5).is_none()
            && first.for_domain(63).is_none()
            && first.for_domain(64).is_none()
    );
    // Of another size than the circuit's domain, they make no key.
    let error = Ceremony::new(tiny_circuit(4), smaller, rng, &Silent).unwrap_err();
    assert!(error.to_string().contains("powers"), "{error}");
}
