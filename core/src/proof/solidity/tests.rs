//! The templates are filled, the tables hold the program, and what is no setup is refused. `tests/evm` runs the contracts.

use super::*;
use crate::circuit::tier::TIERS;
use crate::lang::program::Program;
use crate::proof::VerifyingKey;
use crate::proof::key::Origin;
use ark_bls12_381::{Fr, G1Affine, G2Affine};
use ark_ec::{AffineRepr, CurveGroup};
use ark_serialize::CanonicalSerialize;

/// A key of points that are no key's: multiples of the generators.
fn key() -> VerifyingKey {
    let g1 = |by: u64| (G1Affine::generator() * Fr::from(by)).into_affine();
    let g2 = |by: u64| (G2Affine::generator() * Fr::from(by)).into_affine();
    VerifyingKey {
        capacities: TIERS[0].capacities,
        circuit: hex::decode(TIERS[0].circuit).unwrap().try_into().unwrap(),
        alpha: g1(2),
        beta: g2(3),
        gamma: g2(4),
        delta: g2(5),
        kappa: g2(6),
        statement: (7..13).map(g1).collect(),
        bases: [7; 32],
    }
}

fn program(text: &str) -> Program {
    text.parse().unwrap()
}

#[test]
fn every_slot_is_filled_and_the_origin_alone_depends_on_who_exports() {
    let key = key();
    for text in ["READ\nWRITE", ".data A at 3 7, 8\nLOAD A\nMUL 9\nWRITE"] {
        let program = program(text);
        let contract = Contract::new(&key, &program, Evaluation::Table).unwrap();
        let of = |origin| contract.source("Verifier", origin).unwrap();
        let (made, unknown) = (of(Some(Origin::Made)), of(None));
        assert!(!made.contains("{{") && !made.contains("}}"), "{made}");
        assert!(made.contains(&hex::encode(program.digest())));
        assert!(made.contains(&hex::encode(key.digest())));
        assert!(made.contains("MADE ON ONE MACHINE"));
        let rest = |source: &str| -> Vec<String> {
            let lines = source.lines().filter(|line| !line.starts_with(ORIGIN));
            lines.map(str::to_owned).collect()
        };
        assert_ne!(made, unknown);
        assert_eq!(rest(&made), rest(&unknown));
        assert_eq!(made.contains("_data("), text.contains("data"));
    }
}

#[test]
fn a_name_that_would_be_code_is_refused() {
    let (key, program) = (key(), program("HALT"));
    let contract = Contract::new(&key, &program, Evaluation::Table).unwrap();
    for name in [
        "",
        "1a",
        "_a",
        "a b",
        "A{}",
        "a\n",
        "\u{e9}",
        &"a".repeat(65),
    ] {
        let refused = contract.source(name, None);
        assert!(matches!(refused, Err(SolidityError::Name)), "{name}");
    }
    contract.source("Auction_2", None).unwrap();
}

#[test]
fn a_program_that_does_not_fit_is_refused() {
    let key = key();
    let long = program(&"READ\nWRITE\n".repeat(64));
    let refused = Contract::new(&key, &long, Evaluation::Table);
    assert!(matches!(refused, Err(SolidityError::Statement(_))));
}

#[test]
fn what_is_no_setup_of_the_ceremony_is_refused() {
    let generator = format!("0x{}", hex::encode(compressed(G1Affine::generator())));
    let list = |points: &[&str]| serde_json::json!({ "g1_monomial": points }).to_string();
    let refused = |text: &str| match KzgSetup::from_json(text) {
        Err(SolidityError::Setup(why)) => why,
        other => panic!("{other:?}"),
    };
    for text in ["", "[]", "{}", "{\"g1_monomial\": 1}", "\u{0}"] {
        refused(text);
    }
    assert!(refused(&list(&[&generator])).contains("1 points, not 4096"));
    // Powers of 1 are powers, and not those of the ceremony.
    assert!(refused(&list(&[&generator[..]; 4096])).contains("not its powers"));
    let infinity = format!("c0{}", "0".repeat(94));
    for wrong in ["", "0x", "zz", &generator[..96], &infinity] {
        let mut points = vec![&generator[..]; 4096];
        points[9] = wrong;
        assert!(refused(&list(&points)).contains("point 9"), "{wrong}");
    }
}

fn compressed(point: G1Affine) -> Vec<u8> {
    let mut bytes = vec![];
    point.serialize_compressed(&mut bytes).unwrap();
    bytes
}
