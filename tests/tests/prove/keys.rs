//! Keys that come and go, and what is verified with each.

use super::support::proved;
use provable_core::proof::VerifyingKey;
use provable_tests::provable;
use serde_json::{json, Value};

#[test]
fn an_exported_key_is_enough_to_verify() {
    let export = ["keys", "export", "118", "120.vk"];
    proved().call(&export).status(0);
    let arguments = [
        "verify",
        "seed.prov",
        "seed.proof.json",
        "--key",
        "120.vk",
        "--keys",
        "nothing",
        "--json",
    ];
    let json = provable(arguments)
        .in_folder(proved().folder.path())
        .call()
        .status(0)
        .json();
    assert_eq!(
        (&json["valid"], &json["key"]["origin"]),
        (&json!(true), &json!("given"))
    );
}

#[test]
fn an_imported_key_verifies_and_goes_again() {
    let folder = proved().folder.path();
    let call = |arguments: &[&str]| {
        let arguments = arguments.iter().chain(&["--keys", "theirs", "--json"]);
        provable(arguments).in_folder(folder).call()
    };
    let export = ["keys", "export", "118", "theirs.vk"];
    proved().call(&export).status(0);
    call(&["keys", "import", "theirs.vk"]).status(0);
    let json = call(&["verify", "seed.prov", "seed.proof.json"])
        .status(0)
        .json();
    assert_eq!(json["key"]["origin"], "imported");
    let audit = ["audit", "seed.prov", "seed.proof.json", "seed.opening.json"];
    call(&audit).status(2).says(&["proving key"]);
    call(&["keys", "remove", "118"]).status(0);
    call(&["verify", "seed.prov", "seed.proof.json"]).status(2);
}

#[test]
fn another_key_is_a_negative_answer_and_a_damaged_one_is_none() {
    let key = |name: &str, bytes: &[u8]| {
        std::fs::write(proved().path(name), bytes).unwrap();
        proved().call(&["verify", "seed.prov", "seed.proof.json", "--key", name])
    };
    let arguments = ["keys", "export", "118", "other.vk", "--keys", "others"];
    let setup = ["setup", "--tier", "118", "--keys", "others"];
    let in_folder = |arguments: &[&str]| {
        provable(arguments)
            .in_folder(proved().folder.path())
            .call()
            .status(0)
    };
    in_folder(&setup).says(&["convinces you alone"]);
    in_folder(&arguments);
    let bytes = std::fs::read(proved().path("other.vk")).unwrap();
    let other = key("same.vk", &bytes).status(1);
    assert!(other.stdout.contains("another key"), "{other:?}");
    let cut = key("cut.vk", &bytes[..100]).status(2);
    cut.says(&["no verifying key"]);
}

/// A circuit of one's own accepts anything. No way in takes a key for one: not a file, not the store, not a proof that
/// names it.
#[test]
fn a_key_for_a_circuit_that_this_version_does_not_have_is_refused() {
    let export = ["keys", "export", "118", "true.vk"];
    proved().call(&export).status(0);
    let key = VerifyingKey::from_bytes(&std::fs::read(proved().path("true.vk")).unwrap()).unwrap();
    let proof = std::fs::read_to_string(proved().path("seed.proof.json")).unwrap();
    let proof: Value = serde_json::from_str(&proof).unwrap();
    let mut circuit = key.clone();
    circuit.circuit[0] ^= 1;
    let mut capacities = key.clone();
    capacities.capacities.heap += 1;
    for (name, foreign) in [("circuit", circuit), ("capacities", capacities)] {
        let file = format!("{name}.vk");
        std::fs::write(proved().path(&file), foreign.to_bytes()).unwrap();
        let told = ["does not have"];
        let verify = ["verify", "seed.prov", "seed.proof.json", "--key", &file];
        proved().call(&verify).status(2).says(&told);
        proved()
            .call(&["keys", "import", &file])
            .status(2)
            .says(&told);

        let digest: String = foreign
            .digest()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let store = proved().path("foreign");
        std::fs::create_dir_all(&store).unwrap();
        std::fs::write(store.join(format!("{digest}.vk")), foreign.to_bytes()).unwrap();
        let mut naming = proof.clone();
        naming["verifying_key_digest"] = json!(digest);
        std::fs::write(proved().path("naming.json"), naming.to_string()).unwrap();
        let verify = ["verify", "seed.prov", "naming.json", "--keys", "foreign"];
        let call = provable(verify).in_folder(proved().folder.path());
        call.call().status(2).says(&["no key", &digest]);
    }
}

#[test]
fn the_keys_that_are_here_are_listed() {
    let json = proved().call(&["keys", "list", "--json"]).status(0).json();
    assert_eq!(json["keys"][0]["tier"], "118", "{json}");
    assert_eq!(json["keys"][0]["can_prove"], true, "{json}");
}
