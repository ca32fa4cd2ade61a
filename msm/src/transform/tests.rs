//! Transforms compared with those of arkworks.
#![allow(clippy::unwrap_used)]

use super::*;
use ark_ff::{Field, One, UniformRand, Zero};
use ark_poly::{EvaluationDomain, Radix2EvaluationDomain};
use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;

fn random_or_edge(rng: &mut ChaCha8Rng) -> Fr {
    match rng.next_u32() % 4 {
        0 => Fr::zero(),
        1 => Fr::one(),
        2 => -Fr::one(),
        _ => Fr::rand(rng),
    }
}

/// Compares the products on the coset with those that arkworks computes.
fn assert_agrees(transform: &Transform, [one, other]: [&[Fr]; 2], size: usize) {
    let domain = Radix2EvaluationDomain::<Fr>::new(size).unwrap();
    let offset = coset_offset(size).unwrap();
    assert_eq!(offset.pow([size as u64]), -Fr::one());
    let coset = domain.get_coset(offset).unwrap();
    let [left, right] = [one, other].map(|values| coset.fft(&domain.ifft(values)));
    let expected: Vec<Fr> = left.iter().zip(&right).map(|(a, b)| *a * b).collect();
    let [one, other] = [one, other].map(|values| transform.on_coset(values));
    assert!(*one.times(&other) == expected, "{size}");
}

#[test]
fn values_on_the_coset_agree_with_arkworks() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    // From 2^15 on a level is split among threads.
    for size in (0..=15).map(|log| 1 << log) {
        for backend in Backend::available() {
            let transform = Transform::with(backend, size).unwrap();
            let random: Vec<Fr> = (0..size).map(|_| Fr::rand(&mut rng)).collect();
            let mixed: Vec<Fr> = (0..size).map(|_| random_or_edge(&mut rng)).collect();
            assert_agrees(&transform, [&random, &mixed], size);
            let some = &mixed[..rng.gen_range(0..=size)];
            assert_agrees(&transform, [some, &random], size);
            // Equal values give the largest sums.
            for value in [Fr::one(), -Fr::one(), Fr::rand(&mut rng)] {
                assert_agrees(&transform, [&vec![value; size], &random], size);
            }
        }
    }
}

#[test]
fn a_coset_beyond_the_roots_of_the_field_is_refused() {
    assert!(coset_offset(1 << 31).is_some());
    assert!(coset_offset(1 << 32).is_none());
}

#[test]
fn a_size_that_is_no_power_of_two_is_refused() {
    for size in [0, 3, 6, 24, 48, 3 << 20, 1 << 63, usize::MAX] {
        assert!(coset_offset(size).is_none() && Transform::new(size).is_none());
    }
}

#[test]
fn values_of_different_transforms_have_no_products() {
    let some = [Fr::one(); 128];
    let values = |backend, size| {
        Transform::with(backend, size)
            .unwrap()
            .on_coset(&some[..size])
    };
    for backend in Backend::available() {
        assert!(values(backend, 128).times(&values(backend, 64)).is_empty());
        for other in Backend::available().filter(|other| *other != backend) {
            assert!(values(backend, 64).times(&values(other, 64)).is_empty());
            assert!(values(backend, 64).times(&values(other, 128)).is_empty());
        }
    }
}

#[test]
#[cfg(target_arch = "x86_64")]
fn too_few_values_for_a_backend_are_transformed_by_the_next_slower_one() {
    let with = |size| Transform::with(Backend::Ifma, size).unwrap().0;
    if Backend::Ifma.is_available() {
        assert!(matches!(with(64), AnyTransform::Ifma(_)));
    }
    if Backend::Avx2.is_available() {
        assert!(matches!(with(32), AnyTransform::Avx2(_)));
        assert!(matches!(with(16), AnyTransform::Avx2(_)));
    }
    assert!(matches!(with(8), AnyTransform::Portable(_)));
}
