//! Contributions that are left out, repeated, reordered, copied, or made without knowing the factors.

use super::*;

#[test]
fn contributions_that_are_left_out_repeated_or_reordered_are_refused() {
    chained(records()).unwrap();
    let mut without_first = records();
    without_first.remove(0);
    let mut without_second = records();
    without_second.remove(1);
    let mut repeated = records();
    repeated.push(repeated[2].clone());
    let mut twice = records();
    twice.insert(1, twice[0].clone());
    let mut reordered = records();
    reordered.swap(1, 2);
    for (what, records, number) in [
        ("without the first", without_first, 1),
        ("without the second", without_second, 2),
        ("the last twice", repeated, 4),
        ("the first twice", twice, 2),
        ("reordered", reordered, 2),
    ] {
        let said = refused(what, chained(records));
        assert!(
            said.contains(&format!("contribution {number} ")),
            "{what}: {said}"
        );
    }
    // A chain that ends sooner is valid by itself, and not that of the key.
    let ceremony = last();
    let sooner = chain_of(start(), records()[..2].to_vec()).unwrap();
    let ceremony = Ceremony {
        chain: sooner,
        ..ceremony
    };
    let said = refused("the last left out", ceremony.check(&mut system_rng()));
    assert!(said.contains("gamma differs"), "{said}");
    // The same contributions after another start.
    let said = refused(
        "another start",
        chain_of(Start::with_generators([7; 32]), records()).map(drop),
    );
    assert!(said.contains("contribution 1 "), "{said}");
}

#[test]
fn contributions_whose_maker_does_not_know_the_factors_are_refused() {
    let change = |change: &dyn Fn(&mut Record<G2Projective>)| {
        let mut all = records();
        change(&mut all[1]);
        refused("a changed contribution", chained(all))
    };
    for index in 0..3 {
        let name = ["gamma", "delta", "kappa"][index];
        // A value of someone else's choice.
        let said =
            change(&|record| record.values[index] = G2Projective::rand(&mut OsRng).into_affine());
        assert!(
            said.contains(
                "contribution 2 is not valid: its maker does not prove to know its factor of"
            ),
            "{said}"
        );
        let said = change(&|record| record.values[index] = G2Affine::identity());
        assert!(
            said.contains(&format!("its factor of {name} is zero")),
            "{said}"
        );
        let said = change(&|record| match &mut record.source {
            Source::Secret(proofs) => proofs[index].response += Fr::from(1u64),
            Source::Beacon { .. } => unreachable!(),
        });
        assert!(said.contains(name), "{said}");
        let said = change(&|record| match &mut record.source {
            Source::Secret(proofs) => proofs[index].commitment = G2Affine::identity(),
            Source::Beacon { .. } => unreachable!(),
        });
        assert!(said.contains(name), "{said}");
    }
    // The proof of one factor does not serve for another.
    let mut chain = Chain::<G2Projective>::new(start());
    let one = factors();
    chain.contribute(&one, &mut system_rng());
    let mut record = chain.records()[0].clone();
    record.values[1] = record.values[0];
    if let Source::Secret(proofs) = &mut record.source {
        proofs[1] = proofs[0];
    }
    let said = refused("a copied proof", chained(vec![record]));
    assert!(said.contains("does not prove to know"), "{said}");
}

/// Who answers the last contribution with one that undoes it, or with a value of their own, has to know the factor.
#[test]
fn a_value_that_cancels_what_came_before_is_refused() {
    let mut all = records();
    let mut last = all[2].clone();
    last.values = [G2Affine::generator(); 3];
    all.push(last);
    let said = refused("the generator again", chained(all));
    assert!(said.contains("contribution 4 "), "{said}");
}

#[test]
fn the_same_factors_twice_make_other_records_and_a_valid_chain() {
    let one = factors();
    let mut chain = Chain::<G2Projective>::new(start());
    chain.contribute(&one, &mut system_rng());
    chain.contribute(&one, &mut system_rng());
    let records = chain.records().to_vec();
    assert_ne!(records[0].source, records[1].source);
    chained(records.clone()).unwrap();
    // The first proof does not serve for the second.
    let mut reused = records;
    reused[1].source = reused[0].source.clone();
    let said = refused("a reused proof", chained(reused));
    assert!(said.contains("contribution 2 "), "{said}");
}

#[test]
fn factors_are_of_the_system_and_of_what_is_typed() {
    let zero = || rand_core_zero::Zero;
    let of = |typed: &[u8]| *Factors::draw(&mut zero(), typed).all();
    assert_eq!(of(b"a"), of(b"a"));
    assert_ne!(of(b"a"), of(b"b"));
    assert_ne!(*factors().all(), *factors().all());
    let [a, b, c] = of(b"");
    assert!(a != b && b != c && a != c);
}

/// A generator that gives zeros.
mod rand_core_zero {
    use rand_core::{CryptoRng, RngCore};

    pub struct Zero;

    impl RngCore for Zero {
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

    impl CryptoRng for Zero {}
}

#[test]
fn a_proof_of_another_contribution_to_the_same_values_is_refused() {
    let rng = &mut system_rng();
    let before = &HONEST[1];
    let [one, other] = [(), ()].map(|()| before.contribute(&factors(), rng, &Silent).unwrap());
    let [one, other] = [one, other].map(|ceremony| ceremony.chain.records()[1].clone());
    let (Source::Secret(first), Source::Secret(second)) = (&one.source, &other.source) else {
        panic!("both are secret");
    };
    // The first value with its proof is somebody else's.
    let spliced = Record {
        values: [one.values[0], other.values[1], other.values[2]],
        source: Source::Secret([first[0], second[1], second[2]]),
    };
    let mut chain = before.chain.clone();
    let said = refused("two contributions in one", chain.follow(spliced));
    assert!(said.contains("does not prove to know"), "{said}");
}

#[test]
fn factors_stay_unknown_if_the_random_numbers_can_be_predicted_and_something_was_typed() {
    let before = &HONEST[1];
    let made = |typed: &[u8]| {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let factors = Factors::draw(&mut rng, typed);
        let next = before.contribute(&factors, &mut rng, &Silent).unwrap();
        let Source::Secret(proofs) = next.chain.records()[1].source.clone() else {
            panic!("it is secret");
        };
        proofs.map(|proof| proof.commitment)
    };
    assert_eq!(made(b"typed"), made(b"typed"));
    // With the random number of a proof, its factor follows from the response.
    for (one, other) in made(b"typed").iter().zip(made(b"a guess")) {
        assert_ne!(*one, other);
    }
}
