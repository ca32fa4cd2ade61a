//! Keys that come and go, and what is verified with each.

use super::support::proved;
use provable::circuit::tier::TIERS;
use provable_tests::{SMALLEST, provable};
use serde_json::{Value, json};

#[test]
fn an_exported_key_is_enough_to_verify() {
    let export = ["keys", "export", SMALLEST, "120.vk"];
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
    let export = ["keys", "export", SMALLEST, "theirs.vk"];
    proved().call(&export).status(0);
    call(&["keys", "import", "theirs.vk"]).status(0);
    let json = call(&["verify", "seed.prov", "seed.proof.json"])
        .status(0)
        .json();
    assert_eq!(json["key"]["origin"], "imported");
    let audit = ["audit", "seed.prov", "seed.proof.json", "seed.opening.json"];
    call(&audit).status(2).says(&["proving key"]);
    call(&["keys", "remove", SMALLEST]).status(0);
    call(&["verify", "seed.prov", "seed.proof.json"]).status(2);
}

#[test]
fn another_key_is_a_negative_answer_and_a_damaged_one_is_none() {
    let key = |name: &str, bytes: &[u8]| {
        std::fs::write(proved().path(name), bytes).unwrap();
        proved().call(&["verify", "seed.prov", "seed.proof.json", "--key", name])
    };
    let arguments = ["keys", "export", SMALLEST, "other.vk", "--keys", "others"];
    let setup = ["setup", "--tier", SMALLEST, "--keys", "others"];
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

/// The smallest tier.
const TIER: &str = TIERS[0].name;

/// A circuit of one's own accepts anything. No way in takes a key for one: not a file, not the store, not a proof that
/// names it.
#[test]
fn a_key_for_a_circuit_that_this_version_does_not_have_is_refused() {
    let export = ["keys", "export", SMALLEST, "true.vk"];
    proved().call(&export).status(0);
    let key = std::fs::read(proved().path("true.vk")).unwrap();
    let proof = std::fs::read_to_string(proved().path("seed.proof.json")).unwrap();
    let proof: Value = serde_json::from_str(&proof).unwrap();
    // After 16 bytes of a tag, nine capacities of 4 bytes and the circuit's identity.
    for (name, at) in [("circuit", 16 + 9 * 4), ("capacities", 16 + 3 * 4)] {
        let mut foreign = key.clone();
        foreign[at] ^= 1;
        let file = format!("{name}.vk");
        std::fs::write(proved().path(&file), &foreign).unwrap();
        let told = [&*file, "does not have", "before 0.2.0", "SECURITY.md"];
        let verify = ["verify", "seed.prov", "seed.proof.json", "--key", &file];
        proved().call(&verify).status(2).says(&told);
        proved()
            .call(&["keys", "import", &file])
            .status(2)
            .says(&told);

        let store = proved().path("foreign");
        std::fs::create_dir_all(&store).unwrap();
        std::fs::write(store.join("foreign.vk"), &foreign).unwrap();
        let digest = listed("foreign")[0]["digest"].as_str().unwrap().to_owned();
        let mut naming = proof.clone();
        naming["verifying_key_digest"] = json!(digest);
        std::fs::write(proved().path("naming.json"), naming.to_string()).unwrap();
        let verify = ["verify", "seed.prov", "naming.json", "--keys", "foreign"];
        let call = provable(verify).in_folder(proved().folder.path());
        call.call().status(2).says(&["no key", &digest]);
    }
}

/// The keys in a store, as JSON.
fn listed(store: &str) -> Value {
    let call = provable(["keys", "list", "--json", "--keys", store]);
    let answer = call.in_folder(proved().folder.path()).call().status(0);
    answer.json()["keys"].take()
}

/// What a new version finds of an old one: its keys in the store, its proofs beside the programs.
#[test]
fn keys_and_proofs_of_another_version_are_refused_and_made_again() {
    let folder = proved().folder.path();
    let call = |arguments: &[&str]| {
        let arguments = arguments.iter().chain(&["--keys", "old"]);
        provable(arguments).in_folder(folder).call()
    };
    let told = ["another version", "before 0.2.0", "RET", "SECURITY.md"];
    std::fs::create_dir_all(proved().path("old")).unwrap();
    // A proving key and an imported one, under a name that this version does not use.
    let store = std::fs::read_dir(proved().path("keys")).unwrap();
    let mut keys = store.map(|file| file.unwrap().path());
    let made = keys.find(|path| path.extension().is_some_and(|ending| ending == "pk"));
    let export = ["keys", "export", TIER, "now.vk"];
    proved().call(&export).status(0);
    for (from, name) in [
        (made.unwrap(), "old.pk"),
        (proved().path("now.vk"), "old.vk"),
    ] {
        let mut bytes = std::fs::read(from).unwrap();
        bytes[16 + 9 * 4] ^= 1;
        // Two keys, not one.
        bytes[16 + 9 * 4 + 32] ^= u8::from(name == "old.vk");
        std::fs::write(proved().path("old").join(name), bytes).unwrap();
    }
    let text = call(&["keys", "list"]).status(0).stdout;
    for part in told
        .iter()
        .chain(&["unknown", "none", "provable keys remove unknown"])
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    for key in listed("old").as_array().unwrap() {
        let found = ["tier", "can_prove", "can_verify"].map(|field| &key[field]);
        assert_eq!(
            found,
            [&json!("unknown"), &json!(false), &json!(false)],
            "{key}"
        );
    }
    let digest = listed("old")[0]["digest"].as_str().unwrap().to_owned();
    let export = call(&["keys", "export", &digest, "old.vk"]).status(2);
    export.says(&["does not have", "remove unknown"]);

    // The proof names the old circuit: no key is looked for, by one file, by several, or by an audit.
    let mut old: Value = serde_json::from_str(&proved().proof()).unwrap();
    let circuit = old["circuit_id"].as_str().unwrap();
    old["circuit_id"] = json!(format!("{:0>64}", &circuit[1..]));
    old["verifying_key_digest"] = json!(digest);
    std::fs::write(proved().path("old.json"), old.to_string()).unwrap();
    let audit = ["audit", "seed.prov", "old.json", "seed.opening.json"];
    let given = ["verify", "seed.prov", "old.json", "--key", "now.vk"];
    let several = ["verify", "seed.prov", "old.json", "old.json"];
    for command in [&several[..3], &several, &given, &audit] {
        let answer = call(command).status(1);
        for part in told {
            assert!(
                answer.stdout.contains(part),
                "{command:?}, {part}: {answer:?}"
            );
        }
    }
    let json = call(&["verify", "seed.prov", "old.json", "--json"])
        .status(1)
        .json();
    assert_eq!(
        (&json["valid"], &json["key"]),
        (&json!(false), &Value::Null)
    );
    assert!(json["reason"].as_str().unwrap().contains("before 0.2.0"));

    // Proving again makes a key beside the old one, and says so.
    let output = ["prove", "seed.prov", "-o", "again.json"];
    call(&output)
        .status(0)
        .says(&[&format!("making the key of tier {TIER}")]);
    call(&["verify", "seed.prov", "again.json"]).status(0);
    assert_eq!(listed("old").as_array().unwrap().len(), 3);
    assert_eq!(listed("old")[0]["tier"], TIER);
    let removed = call(&["keys", "remove", "unknown"]).status(0).stdout;
    assert_eq!(removed, "removed 2 keys of other versions\n");
    assert_eq!(listed("old").as_array().unwrap().len(), 1);
    let removed = call(&["keys", "remove", "unknown"]).status(0).stdout;
    assert_eq!(removed, "removed 0 keys of other versions\n");
    call(&["verify", "seed.prov", "again.json"]).status(0);
}

#[test]
fn the_keys_that_are_here_are_listed() {
    let json = proved().call(&["keys", "list", "--json"]).status(0).json();
    assert_eq!(json["keys"][0]["tier"], SMALLEST, "{json}");
    assert_eq!(json["keys"][0]["can_prove"], true, "{json}");
}

#[test]
fn the_columns_of_the_list_are_as_wide_as_the_longest_tier() {
    // Ten characters.
    let long = "113-sha256";
    let folder = tempfile::tempdir().unwrap();
    let call = |arguments: &[&str]| {
        let arguments = arguments.iter().chain(&["--keys", "keys"]);
        let call = provable(arguments).in_folder(folder.path());
        call.call().status(0).stdout
    };
    call(&["setup", "--tier", SMALLEST]);
    call(&["setup", "--tier", long]);
    let table = call(&["keys", "list"]);
    let head = table.lines().next().unwrap();
    let columns = ["tier", "digest", "size", "origin", "use"].map(|name| head.find(name).unwrap());
    for line in table.lines() {
        for at in &columns[1..] {
            assert_eq!(&line[at - 2..*at], "  ", "{table}");
            assert_ne!(&line[*at..at + 1], " ", "{table}");
        }
    }
    assert!(table.contains(long), "{table}");
}

#[test]
fn a_key_is_exported_to_the_file_that_an_option_names_too() {
    for option in ["-o", "--out", "--output"] {
        let name = format!("{}.vk", option.trim_matches('-'));
        proved()
            .call(&["keys", "export", SMALLEST, option, &name])
            .status(0);
        assert!(proved().path(&name).exists(), "{name}");
    }
    let both = ["keys", "export", SMALLEST, "a.vk", "-o", "b.vk"];
    proved()
        .call(&both)
        .status(2)
        .says(&["cannot be used with"]);
    proved()
        .call(&["keys", "export", SMALLEST])
        .status(2)
        .says(&["<PATH>"]);
}
