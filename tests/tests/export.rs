//! `provable export r1cs`: the constraints and their names, as files that others read.
#![allow(missing_docs)]

use provable::circuit::Circuit;
use provable::circuit::tier::TIERS;
use provable_tests::{NEXT, SMALLEST, provable};
use serde_json::Value;
use std::fs;

#[test]
fn constraints_and_names_are_written_beside_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let answer = provable(["export", "r1cs", SMALLEST, "tier.r1cs", "--json"])
        .in_folder(folder.path())
        .call()
        .status(0)
        .json();
    let circuit = Circuit::new(TIERS[0].capacities).unwrap();
    assert_eq!(answer["constraints"], circuit.matrices.constraints());
    let mut expected = Vec::new();
    circuit.write_r1cs(&mut expected).unwrap();
    assert!(fs::read(folder.path().join("tier.r1cs")).unwrap() == expected);
    let names = fs::read_to_string(folder.path().join("tier.names.json")).unwrap();
    let names: Value = serde_json::from_str(&names).unwrap();
    assert_eq!(names["circuit"], TIERS[0].circuit);
}

#[test]
fn an_unknown_tier_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    provable(["export", "r1cs", "119", "tier.r1cs"])
        .in_folder(folder.path())
        .call()
        .status(2)
        .says(&[
            "there is no tier \"119\"",
            &format!("the tiers are {SMALLEST}, {NEXT}, "),
        ]);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn constraints_do_not_take_the_place_of_a_program() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("a.prov");
    fs::write(&program, "HALT").unwrap();
    provable(["export", "r1cs", SMALLEST, "a.prov"])
        .in_folder(folder.path())
        .call()
        .status(2);
    assert_eq!(fs::read_to_string(program).unwrap(), "HALT");
}

const FACTORS: &str = "SECRET\nSECRET\nMUL\nREAD\nEQ\nASSERT\n";

/// A folder with a program, its proof, and the key store with the key that was made for it.
fn proved() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.prov"), FACTORS).unwrap();
    let words = ["--public", "3599", "--secret", "59,61"];
    provable(["prove", "a.prov", "--keys", "keys"].iter().chain(&words))
        .in_folder(folder.path())
        .call()
        .status(0);
    folder
}

#[test]
fn a_key_that_was_made_here_is_in_a_contract_only_if_one_says_so() {
    let folder = proved();
    let export = [
        "export", "solidity", "a.prov", "--key", SMALLEST, "--keys", "keys",
    ];
    let call = |more: &[&str]| {
        provable(export.iter().chain(more))
            .in_folder(folder.path())
            .call()
    };
    call(&["-o", "a.sol"]).status(2).says(&["--local-key"]);
    assert!(!folder.path().join("a.sol").exists());
    call(&["-o", "a.sol", "--local-key"]).status(0);
    let source = fs::read_to_string(folder.path().join("a.sol")).unwrap();
    assert!(source.contains("MADE ON ONE MACHINE"));
    call(&["--compare", "a.sol"]).status(0);
    fs::write(
        folder.path().join("b.sol"),
        source.replace(
            "InvalidProof();\n        return",
            "InvalidProof();\n        //",
        ),
    )
    .unwrap();
    call(&["--compare", "b.sol"]).status(1);
    // The same key as a file is recognised.
    provable(["keys", "export", SMALLEST, "a.vk", "--keys", "keys"])
        .in_folder(folder.path())
        .call()
        .status(0);
    provable([
        "export", "solidity", "a.prov", "--key", "a.vk", "-o", "c.sol", "--keys", "keys",
    ])
    .in_folder(folder.path())
    .call()
    .status(2)
    .says(&["made on this machine"]);
    call(&["-o", "d.sol", "--local-key", "--name", "a{}"])
        .status(2)
        .says(&["name"]);
    assert!(!folder.path().join("d.sol").exists());
}

#[test]
fn calldata_is_written_of_valid_proofs_only() {
    let folder = proved();
    let call = |proof: &str| {
        provable([
            "export", "calldata", "a.prov", proof, "--keys", "keys", "--json",
        ])
        .in_folder(folder.path())
        .call()
    };
    let answer = call("a.proof.json").status(0).json();
    assert_eq!(answer["input"], "0x00000e0f");
    assert_eq!(answer["output"], "0x");
    let calldata = answer["calldata"].as_str().unwrap();
    assert!(calldata.starts_with("0xde8f50a1"));
    // Four words of the head; 672 bytes, a word and no word, each after its length.
    assert_eq!(
        calldata.len(),
        2 + 2 * (4 + 3 * 32 + (32 + 672) + (32 + 32) + 32)
    );
    let text = fs::read_to_string(folder.path().join("a.proof.json")).unwrap();
    fs::write(
        folder.path().join("b.proof.json"),
        text.replace("3599", "3600"),
    )
    .unwrap();
    let answer = call("b.proof.json").status(1).json();
    assert!(answer.get("calldata").is_none());
}

#[test]
fn a_long_program_needs_the_setup_of_its_opening() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.prov"), "READ\nWRITE\n".repeat(500)).unwrap();
    fs::write(folder.path().join("setup.json"), "{\"g1_monomial\": []}").unwrap();
    provable(["setup", "--tier", "8470", "--keys", "keys", "--json"])
        .in_folder(folder.path())
        .call()
        .status(0);
    let export = [
        "export",
        "solidity",
        "a.prov",
        "--key",
        "8470",
        "--keys",
        "keys",
        "--local-key",
        "-o",
        "a.sol",
    ];
    let call = |more: &[&str]| {
        provable(export.iter().chain(more))
            .in_folder(folder.path())
            .call()
    };
    call(&[])
        .status(2)
        .says(&["--kzg-setup", "--evaluation table"]);
    call(&["--kzg-setup", "setup.json"])
        .status(2)
        .says(&["setup.json", "0 points, not 4096"]);
    call(&["--evaluation", "table"]).status(0);
}
