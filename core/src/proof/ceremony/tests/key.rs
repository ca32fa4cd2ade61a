//! Keys of ceremonies: an honest one proves; one with a base that is changed is refused.

use super::*;

#[test]
fn a_key_of_three_contributors_proves_and_convinces() {
    let ceremony = last();
    let key = ceremony.finish(&mut system_rng()).unwrap();
    let program = assemble("PUSH 7\nWRITE\nHALT\n").program.unwrap();
    let inputs = Inputs::default();
    let trace = ExecutionTrace::new(&program, &inputs, Limits::default()).unwrap();
    let proved = prove_trace(&key, &program, &inputs, &trace, &mut system_rng(), &Silent);
    // It verifies its own proof.
    assert_eq!(proved.unwrap().proof.public_output, [7]);
    assert_eq!(ceremony.chain.contributors(), 3);
    let hashes = ceremony.chain.hashes();
    assert_eq!(hashes[..2], *HONEST[2].chain.hashes());
}

#[test]
fn every_base_that_is_changed_is_found() {
    type Change = fn(&mut Values);
    let changes: [(&str, Change, &str); 14] = [
        ("an A base", |one| one.a[3] = point(), "the A and B bases"),
        (
            "a B base in G1",
            |one| one.b_g1[2] = point(),
            "the A and B bases",
        ),
        (
            "a B base in G2",
            |one| one.b_g2[2] = G2Projective::rand(&mut OsRng).into_affine(),
            "the B bases in G2",
        ),
        (
            "two witness bases",
            |one| {
                let at = one.l.len() - 1;
                one.l.swap(at, at - 1)
            },
            "the witness and quotient",
        ),
        (
            "a base over delta of a committed variable",
            |one| one.l[1] = point(),
            "the witness and quotient",
        ),
        (
            "two quotient bases",
            |one| one.h.swap(1, 2),
            "the witness and quotient",
        ),
        (
            "the last quotient base",
            |one| *one.h.last_mut().unwrap() = point(),
            "the witness and quotient",
        ),
        (
            "two committed bases",
            |one| one.committed.swap(0, 1),
            "the committed bases",
        ),
        (
            "the blind's base",
            |one| *one.committed.last_mut().unwrap() = point(),
            "the committed bases",
        ),
        (
            "two statement bases",
            |one| one.statement.swap(0, 1),
            "the statement bases",
        ),
        (
            "a committed base that is the identity",
            |one| one.committed[1] = G1Affine::identity(),
            "point at infinity",
        ),
        (
            "delta in G1",
            |one| one.delta_g1 = point(),
            "delta is not the same",
        ),
        ("a missing base", |one| one.h.truncate(5), "quotient bases"),
        (
            "gamma and kappa changed for each other",
            |one| std::mem::swap(&mut one.gamma, &mut one.kappa),
            "the values are not those",
        ),
    ];
    for (what, change, reason) in changes {
        let mut ceremony = last();
        change(&mut ceremony.values);
        let said = refused(what, ceremony.check(&mut system_rng()));
        assert!(said.contains(reason), "{what}: {said}");
        // Nobody contributes to it either.
        let contributed = ceremony.contribute(&factors(), &mut system_rng(), &Silent);
        assert!(contributed.is_err(), "{what}");
        assert!(ceremony.finish(&mut system_rng()).is_err(), "{what}");
    }
}

/// A multiple of one base, moved to another under the same trapdoor: sums without weights would not notice.
#[test]
fn changes_that_cancel_in_a_plain_sum_are_found() {
    for at in 0..2 {
        let mut ceremony = last();
        let lists = &mut ceremony.values;
        let list = [&mut lists.committed, &mut lists.statement]
            .into_iter()
            .nth(at)
            .unwrap();
        let moved = list[0];
        list[1] = (list[1] + moved).into_affine();
        list[2] = (list[2] - moved).into_affine();
        refused("a moved multiple", ceremony.check(&mut system_rng()));
    }
}

#[test]
fn the_key_is_that_of_a_setup_with_the_same_trapdoors() {
    // Verified by the pairing equation above; here the verifier's own checks of the key.
    let key = last().finish(&mut system_rng()).unwrap();
    key.verifying.check().unwrap();
    assert!(
        Verifier::from_bytes(&key.verifying.to_bytes()).is_err(),
        "a tiny circuit is no tier"
    );
}

#[test]
fn a_key_without_contributions_is_refused() {
    let error = HONEST[0].finish(&mut system_rng()).unwrap_err();
    assert!(error.to_string().contains("nobody contributed"), "{error}");
}

#[test]
fn a_false_base_is_found_even_if_the_random_numbers_can_be_predicted() {
    let mut ceremony = last();
    ceremony.values.committed[0] = point();
    struct Zeros;
    impl rand_core::RngCore for Zeros {
        fn next_u32(&mut self) -> u32 {
            0
        }
        fn next_u64(&mut self) -> u64 {
            0
        }
        fn fill_bytes(&mut self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }
    let said = refused("a base of one's choice", ceremony.check(&mut Zeros));
    assert!(said.contains("the committed bases"), "{said}");
}

#[test]
fn powers_that_somebody_put_together_make_no_key_by_themselves() {
    let published = &HONEST[0].first.powers;
    // The powers of τ alone in place of those with α: so α is 1, and whoever knows that forges.
    let mut forged = published.clone();
    forged.alpha_g1 = forged.tau_g1[..forged.size()].to_vec();
    let rng = &mut system_rng();
    let said = refused("alpha of one", forged.are_usable());
    assert!(said.contains("equal or opposite"), "{said}");
    let import = PhaseOne::imported(published.clone());
    let begin = |first: PhaseOne| Ceremony::new(tiny_circuit(4), first, &mut system_rng(), &Silent);
    let alone = begin(import.clone()).unwrap();
    let alone = alone.contribute(&factors(), rng, &Silent).unwrap();
    alone.check(rng).unwrap();
    let said = refused("an import alone", alone.finish(rng).map(drop));
    assert!(said.contains("whoever imported them"), "{said}");
    // After a contribution, its relations are of no use.
    let forged = PhaseOne::imported(forged);
    let mended = forged.contribute(&factors(), rng, &Silent).unwrap();
    mended.powers.are_usable().unwrap();
    assert_ne!(mended.published(), import.published());
    let more = import.contribute(&factors(), rng, &Silent).unwrap();
    assert_eq!(more.published(), import.published());
    let mended = begin(more).unwrap();
    let mended = mended.contribute(&factors(), rng, &Silent).unwrap();
    mended.finish(rng).unwrap();
}
