//! Ceremonies of a tiny circuit: an honest one makes a key that proves; every other is refused, with the reason.

use super::ceremony::{Ceremony, PhaseOne};
use super::chain::{Chain, Record, Source};
use super::error::CeremonyError;
use super::factors::Factors;
use super::powers::Powers;
use super::values::Values;
use crate::circuit::ExecutionTrace;
use crate::lang::program::assemble;
use crate::proof::random::system_rng;
use crate::proof::tests::tiny_circuit;
use crate::proof::{Silent, Verifier, prove_trace, reduction};
use crate::vm::{Inputs, Limits};
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{Field, UniformRand};
use ark_poly::EvaluationDomain;
use rand::rngs::OsRng;
use std::sync::LazyLock;

fn factors() -> Factors {
    Factors::draw(&mut system_rng(), b"typed")
}

fn bits() -> u32 {
    let circuit = tiny_circuit(4);
    let domain = reduction::domain(circuit.matrices.constraints()).unwrap();
    domain.size().trailing_zeros()
}

/// Phase 1 with two contributions, and a ceremony with three to phase 2.
static HONEST: LazyLock<Vec<Ceremony>> = LazyLock::new(|| {
    let rng = &mut system_rng();
    let mut first = PhaseOne::new(bits());
    for _ in 0..2 {
        first = first.contribute(&factors(), rng, &Silent).unwrap();
    }
    let mut all = vec![Ceremony::new(tiny_circuit(4), first, rng, &Silent).unwrap()];
    for _ in 0..3 {
        let next = all.last().unwrap().contribute(&factors(), rng, &Silent);
        all.push(next.unwrap());
    }
    all
});

fn last() -> Ceremony {
    HONEST[3].clone()
}

fn refused(what: &str, result: Result<(), CeremonyError>) -> String {
    match result {
        Ok(()) => panic!("{what} is accepted"),
        Err(error) => error.to_string(),
    }
}

fn point() -> G1Affine {
    G1Projective::rand(&mut OsRng).into_affine()
}

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
fn a_key_without_contributions_is_refused() {
    let error = HONEST[0].finish(&mut system_rng()).unwrap_err();
    assert!(error.to_string().contains("nobody contributed"), "{error}");
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
        ("a missing base", |one| drop(one.h.pop()), "quotient bases"),
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
            |one| drop(one.tau_g1.pop()),
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
    let of = |tau: Fr, alpha: Fr| {
        let g1 = |scalar: Fr| (G1Affine::generator() * scalar).into_affine();
        let power = |index: usize| tau.pow([index as u64]);
        Powers {
            tau_g1: (0..2 * n - 1).map(|i| g1(power(i))).collect(),
            tau_g2: (0..n)
                .map(|i| (G2Affine::generator() * power(i)).into_affine())
                .collect(),
            alpha_g1: (0..n).map(|i| g1(alpha * power(i))).collect(),
            beta_g1: (0..n).map(|i| g1(power(i))).collect(),
            beta_g2: G2Affine::generator(),
        }
    };
    let five = Fr::from(5u64);
    let check = |powers: Powers| {
        powers.check(n, &mut system_rng())?;
        powers.are_usable()
    };
    check(of(five, five)).unwrap();
    for (tau, alpha) in [
        (root, five),
        (Fr::ONE, five),
        (Fr::from(0u64), five),
        (five, Fr::from(0u64)),
    ] {
        let said = refused("a useless power", check(of(tau, alpha)));
        assert!(said.contains("unusable"), "{said}");
    }
}

fn records() -> Vec<Record<G2Projective>> {
    last().chain.records().to_vec()
}

fn chained(records: Vec<Record<G2Projective>>) -> Result<(), CeremonyError> {
    Chain::checked(start(), records).map(drop)
}

/// The hash with which phase 2 begins, as the first chain has it.
fn start() -> [u8; 32] {
    HONEST[0].chain.hash()
}

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
    let sooner = Chain::checked(start(), records()[..2].to_vec()).unwrap();
    let ceremony = Ceremony {
        chain: sooner,
        ..ceremony
    };
    let said = refused("the last left out", ceremony.check(&mut system_rng()));
    assert!(said.contains("gamma differs"), "{said}");
    // The same contributions after another start.
    let said = refused(
        "another start",
        Chain::checked([7; 32], records()).map(drop),
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
            said.contains(&format!(
                "contribution 2 is not valid: its maker does not prove to know its factor of {name}"
            )),
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
    // The proof of one factor does not serve for another, even if the two are equal.
    let mut chain = Chain::<G2Projective>::new(start());
    let one = factors();
    chain.contribute(&one, &mut system_rng());
    let mut record = chain.records()[0].clone();
    record.values[1] = record.values[0];
    if let Source::Secret(proofs) = &mut record.source {
        proofs[1] = proofs[0];
    }
    let said = refused("a copied proof", chained(vec![record]));
    assert!(said.contains("delta"), "{said}");
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
fn a_beacon_is_computed_again_by_whoever_checks() {
    let mut ceremony = last();
    let factors = ceremony.chain.beacon(b"a block of a public ledger", 4);
    ceremony.values = ceremony.values.multiplied(&factors, &Silent).unwrap();
    ceremony.check(&mut system_rng()).unwrap();
    let records = ceremony.chain.records().to_vec();
    assert_eq!(
        Chain::checked(start(), records.clone()).unwrap(),
        ceremony.chain
    );
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
            *bits = 41
        }
    });
    assert!(said.contains("over the limits"), "{said}");
    let said = change(&|record| record.values[0] = G2Affine::generator());
    assert!(said.contains("do not come from"), "{said}");
}

#[test]
fn a_beacon_alone_makes_no_key() {
    let mut ceremony = HONEST[0].clone();
    let factors = ceremony.chain.beacon(b"public", 1);
    ceremony.values = ceremony.values.multiplied(&factors, &Silent).unwrap();
    let error = ceremony.finish(&mut system_rng()).unwrap_err();
    assert!(error.to_string().contains("nobody contributed"), "{error}");
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
    assert!(first.for_domain(5).is_none() && first.for_domain(64).is_none());
    // Of another size than the circuit's domain, they make no key.
    let error = Ceremony::new(tiny_circuit(4), smaller, rng, &Silent).unwrap_err();
    assert!(error.to_string().contains("powers"), "{error}");
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
