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
