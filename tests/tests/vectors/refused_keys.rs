//! Verifying keys that are refused, each with one fault.

use crate::folder::Folder;
use crate::points::{self, Group, compressed, negated};
use crate::proofs::key_of;
use crate::reasons;
use ark_bls12_381::G2Affine;
use ark_ec::AffineRepr;
use provable::VerifyingKey;
use provable::circuit::tier::TIERS;
use serde_json::{Value, json};

/// Where the parts of a key begin.
mod at {
    pub const CAPACITIES: usize = 16;
    pub const CIRCUIT: usize = CAPACITIES + 10 * 4;
    pub const BASES: usize = CIRCUIT + 32;
    pub const ALPHA: usize = BASES + 32;
    pub const BETA: usize = ALPHA + 48;
    pub const GAMMA: usize = BETA + 96;
    pub const DELTA: usize = GAMMA + 96;
    pub const KAPPA: usize = DELTA + 96;
    pub const STATEMENT: usize = KAPPA + 96;
    pub const END: usize = STATEMENT + 6 * 48;
}

fn cases() -> Vec<(String, Vec<u8>, &'static str)> {
    let key = key_of(&TIERS[0]).to_bytes();
    assert_eq!(key.len(), at::END);
    let with = |place: usize, part: &[u8]| {
        let mut bytes = key.clone();
        bytes[place..place + part.len()].copy_from_slice(part);
        bytes
    };
    let part = |place: usize, length: usize| key[place..place + length].to_vec();
    let generator = compressed(&G2Affine::generator());
    let (gamma, delta) = (part(at::GAMMA, 96), part(at::DELTA, 96));
    let other = key_of(&TIERS[1]).to_bytes();
    let number = |value: u32| value.to_le_bytes();
    let mut cases: Vec<(String, Vec<u8>, &'static str)> = [
        ("empty", vec![], "key-length"),
        ("short", key[..at::END - 1].to_vec(), "key-length"),
        ("long", [&key[..], &[0]].concat(), "key-length"),
        ("version-1", with(15, b"1"), "key-magic"),
        ("version-3", with(15, b"3"), "key-magic"),
        ("capital", with(0, b"P"), "key-magic"),
        ("rows", with(at::CAPACITIES, &number(45)), "key-circuit"),
        ("rows-none", with(at::CAPACITIES, &number(0)), "key-circuit"),
        (
            "rows-most",
            with(at::CAPACITIES, &number(u32::MAX)),
            "key-circuit",
        ),
        (
            "range-bits-none",
            with(at::CAPACITIES + 8, &number(0)),
            "key-circuit",
        ),
        (
            "sha256-one",
            with(at::CAPACITIES + 36, &number(1)),
            "key-circuit",
        ),
        (
            "capacities-of-another-tier",
            with(at::CAPACITIES, &other[at::CAPACITIES..at::CIRCUIT]),
            "key-circuit",
        ),
        ("circuit", with(at::CIRCUIT, &[0]), "key-circuit"),
        (
            "circuit-of-another-tier",
            with(at::CIRCUIT, &other[at::CIRCUIT..at::BASES]),
            "key-circuit",
        ),
        ("gamma-is-delta", with(at::GAMMA, &delta), "key-degenerate"),
        (
            "gamma-is-delta-negated",
            with(at::GAMMA, &negated::<G2Affine>(&delta)),
            "key-degenerate",
        ),
        (
            "delta-is-kappa",
            with(at::DELTA, &part(at::KAPPA, 96)),
            "key-degenerate",
        ),
        (
            "kappa-is-gamma-negated",
            with(at::KAPPA, &negated::<G2Affine>(&gamma)),
            "key-degenerate",
        ),
        (
            "gamma-is-the-generator",
            with(at::GAMMA, &generator),
            "key-degenerate",
        ),
        (
            "delta-is-the-generator",
            with(at::DELTA, &generator),
            "key-degenerate",
        ),
        (
            "kappa-is-the-generator-negated",
            with(at::KAPPA, &negated::<G2Affine>(&generator)),
            "key-degenerate",
        ),
    ]
    .map(|(name, bytes, reason)| (name.to_owned(), bytes, reason))
    .into();
    let first = [
        ("alpha", at::ALPHA),
        ("statement-0", at::STATEMENT),
        ("statement-5", at::END - 48),
    ];
    let second = [
        ("beta", at::BETA),
        ("gamma", at::GAMMA),
        ("delta", at::DELTA),
        ("kappa", at::KAPPA),
    ];
    for point in points::all() {
        let places: &[(&str, usize)] = match (point.group, point.name.as_str()) {
            (Group::G1, "infinity") => &first,
            (Group::G2, "infinity") => &second,
            (Group::G1, "outside-1" | "not-on-curve" | "modulus" | "infinity-with-sign") => {
                &first[..2]
            }
            (Group::G2, "outside-0" | "not-on-curve" | "modulus" | "infinity-with-sign") => {
                &second[..2]
            }
            _ => continue,
        };
        let reason = if point.name == "infinity" {
            "key-infinity"
        } else {
            "key-point"
        };
        for (field, place) in places {
            cases.push((
                format!("{field}-{}", point.name),
                with(*place, &point.bytes),
                reason,
            ));
        }
    }
    cases
}

/// The entries of the manifest, and the files that they name.
pub fn refused(folder: &mut Folder) -> Vec<Value> {
    let mut entries = Vec::new();
    for (name, bytes, reason) in cases() {
        let found = VerifyingKey::from_bytes(&bytes).map_err(|error| reasons::of_key(&error));
        assert_eq!(found.err(), Some(reason), "{name}");
        let key = format!("refused/{name}.vk");
        folder.put(&key, bytes);
        entries.push(json!({ "name": name, "key": key, "reason": reason }));
    }
    entries
}
