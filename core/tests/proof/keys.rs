//! Unsafe keys, and keys for another circuit than a tier's, are refused.

use crate::support::{at, compressed, keys};
use ark_bls12_381::{G1Affine, G2Affine};
use ark_ec::AffineRepr;
use provable::circuit::tier::UNKNOWN;
use provable::circuit::tier::{TIERS, Tier};
use provable::proof::{KeyError, ProvingKey, Silent, VerifyingKey, setup, system_rng};
use provable::store::{Entry, KeyStore};

#[test]
fn unsafe_verifying_keys_are_refused() {
    let bytes = keys()[0].verifying.to_bytes();
    let refusal = |at: usize, point: &[u8]| {
        let mut bytes = bytes.clone();
        bytes[at..at + point.len()].copy_from_slice(point);
        VerifyingKey::from_bytes(&bytes).unwrap_err()
    };
    let is_weak = |error: &KeyError| matches!(error, KeyError::Degenerate(..));
    let is_identity = |error: &KeyError| matches!(error, KeyError::Identity(_));
    let [gamma, delta] = [at::GAMMA, at::DELTA].map(|at| bytes[at..at + 96].to_vec());
    let negative = compressed(&-keys()[0].verifying.delta());
    let generator = compressed(&G2Affine::generator());
    for (name, at, point) in [
        ("gamma = delta", at::GAMMA, &delta),
        ("gamma = -delta", at::GAMMA, &negative),
        ("kappa = gamma", at::KAPPA, &gamma),
        ("delta = generator", at::DELTA, &generator),
    ] {
        let refusal = refusal(at, point);
        assert!(is_weak(&refusal), "{name}: {refusal}");
    }
    let (none, none_2) = (compressed(&G1Affine::zero()), compressed(&G2Affine::zero()));
    for (name, at, point) in [
        ("identity kappa", at::KAPPA, &none_2),
        ("identity alpha", at::ALPHA, &none),
        ("identity base", at::STATEMENT + 2 * 48, &none),
    ] {
        let refusal = refusal(at, point);
        assert!(is_identity(&refusal), "{name}: {refusal}");
    }
    for end in 0..bytes.len() {
        assert!(VerifyingKey::from_bytes(&bytes[..end]).is_err());
    }
    // A point of the curve outside the subgroup.
    let outside = (1u64..)
        .filter_map(|x| G1Affine::get_point_from_x_unchecked(x.into(), true))
        .find(|point| !point.is_in_correct_subgroup_assuming_on_curve());
    let refusal = refusal(at::ALPHA, &compressed(&outside.unwrap()));
    assert!(matches!(refusal, KeyError::Malformed(_)), "{refusal}");
}

/// A circuit of an attacker, or of an unsound version, accepts false statements. Bytes or capacities never become a key for a
/// circuit that is no tier's.
#[test]
fn a_key_for_another_circuit_is_refused() {
    let bytes = keys()[0].verifying.to_bytes();
    assert!(VerifyingKey::from_bytes(&bytes).is_ok());
    let is_refused = |error: KeyError| {
        let message = error.to_string();
        let is_unknown = matches!(error, KeyError::UnknownCircuit);
        is_unknown
            && ["0.2.0", "RET", "SECURITY.md"].map(|part| message.contains(part)) == [true; 3]
    };
    let mut whole = Vec::new();
    keys()[0].write(&mut whole).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = KeyStore::open(folder.path());
    // Each capacity, and each byte of the circuit's identity.
    for at in (at::CAPACITIES..at::CIRCUIT)
        .step_by(4)
        .chain(at::CIRCUIT..at::CIRCUIT + 32)
    {
        let (mut bytes, mut whole) = (bytes.clone(), whole.clone());
        bytes[at] ^= 1;
        whole[at] ^= 1;
        assert!(
            is_refused(VerifyingKey::from_bytes(&bytes).unwrap_err()),
            "{at}"
        );
        assert!(
            is_refused(ProvingKey::from_bytes(&whole).unwrap_err()),
            "{at}"
        );
        assert!(is_refused(store.import(&bytes).unwrap_err()), "{at}");
    }
    let path = folder.path().join("other.pk");
    whole[at::CIRCUIT] ^= 1;
    std::fs::write(&path, &whole).unwrap();
    assert!(is_refused(ProvingKey::open(&path).unwrap_err()));
    // The store lists it as unknown, and does not use it.
    let [entry] = &store.list().unwrap()[..] else {
        panic!("not one key");
    };
    assert_eq!((entry.tier, &entry.key), (UNKNOWN, &None));
    assert!(store.find(&entry.digest).unwrap().is_none());
    let audit = Entry::proving_key(std::slice::from_ref(entry), &entry.digest);
    assert!(is_refused(audit.unwrap_err()));
    // Setup makes no such key.
    let [smallest, next, ..] = &TIERS;
    let mut smaller = *smallest;
    smaller.capacities.heap -= 1;
    let exchanged = Tier {
        capacities: next.capacities,
        ..*smallest
    };
    for tier in [smaller, exchanged] {
        assert!(is_refused(
            setup(&tier, &mut system_rng(), &Silent).unwrap_err()
        ));
        assert!(is_refused(store.proving_key(&tier, &Silent).unwrap_err()));
    }
}
