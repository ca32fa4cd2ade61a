//! `provable prove`, `verify`, `audit`, `setup` and `keys`, on the smallest tier. One key serves all of this file.

use provable_core::proof::VerifyingKey;
use provable_tests::{example, provable, Answer};
use serde_json::{json, Value};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The seed's program with a proof and an opening of its run, and the keys that made them.
struct Proved {
    folder: tempfile::TempDir,
    answer: Value,
}

fn proved() -> &'static Proved {
    static PROVED: OnceLock<Proved> = OnceLock::new();
    PROVED.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(example("seed.prov"), folder.path().join("seed.prov")).unwrap();
        let arguments = [
            "prove",
            "seed.prov",
            "--opening",
            "seed.opening.json",
            "--keys",
            "keys",
            "--json",
        ];
        let answer = provable(arguments)
            .in_folder(folder.path())
            .call()
            .status(0);
        Proved {
            answer: answer.json(),
            folder,
        }
    })
}

impl Proved {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn call(&self, arguments: &[&str]) -> Answer {
        let arguments = arguments.iter().chain(&["--keys", "keys"]);
        provable(arguments).in_folder(self.folder.path()).call()
    }

    /// Verifies another text in place of the proof.
    fn verify(&self, name: &str, proof: impl AsRef<[u8]>) -> Answer {
        std::fs::write(self.path(name), proof).unwrap();
        self.call(&["verify", "seed.prov", name, "--json"])
    }

    fn proof(&self) -> String {
        std::fs::read_to_string(self.path("seed.proof.json")).unwrap()
    }
}

#[test]
fn a_proof_says_its_sizes_and_its_times() {
    let json = &proved().answer;
    for field in [
        "rows",
        "steps",
        "constraints",
        "setup_ms",
        "prove_ms",
        "proof_bytes",
    ] {
        assert!(json[field].is_u64(), "{field} in {json}");
    }
    assert_eq!((&json["tier"], &json["steps"]), (&json!("120"), &json!(8)));
    assert_eq!(json["proof_bytes"], 240);
    assert_eq!(json["trace_commitment"].as_str().unwrap().len(), 64);
}

#[test]
fn the_proof_is_valid_and_says_whose_key_it_rests_on() {
    let json = proved()
        .call(&["verify", "seed.prov", "seed.proof.json", "--json"])
        .status(0)
        .json();
    assert_eq!(json["valid"], true);
    assert!(json["key"]["origin"].is_string(), "{json}");
}

#[test]
fn a_second_proof_takes_the_key_that_is_there() {
    let json = proved()
        .call(&["prove", "seed.prov", "-o", "again.proof.json", "--json"])
        .status(0)
        .json();
    assert_eq!(json["setup_ms"], 0);
    assert_ne!(
        json["trace_commitment"],
        proved().answer["trace_commitment"],
        "it hides the trace"
    );
}

#[test]
fn another_program_is_a_negative_answer() {
    std::fs::write(proved().path("other.prov"), "PUSH 11\nHALT\n").unwrap();
    let answer = proved()
        .call(&["verify", "other.prov", "seed.proof.json", "--json"])
        .status(1);
    let json = answer.json();
    assert_eq!(json["valid"], false);
    assert!(json["reason"].is_string(), "{json}");
}

#[test]
fn what_is_no_proof_is_a_negative_answer() {
    let proof = proved().proof();
    let cut = proof.get(..proof.len() / 2).unwrap();
    let cases: [(&str, &[u8]); 5] = [
        ("empty.json", b""),
        ("cut.json", cut.as_bytes()),
        ("list.json", b"[]"),
        ("deep.json", &[b'['; 100_000]),
        ("bytes.json", &[0xff; 16]),
    ];
    for (name, text) in cases {
        let json = proved().verify(name, text).status(1).json();
        assert_eq!(json["valid"], false, "{name}");
        assert!(
            json["reason"]
                .as_str()
                .is_some_and(|reason| !reason.is_empty()),
            "{name}: {json}"
        );
    }
}

#[test]
fn a_digit_changed_anywhere_is_refused() {
    let proof = proved().proof();
    let digits: Vec<usize> = proof
        .bytes()
        .enumerate()
        .filter(|(_, byte)| byte.is_ascii_hexdigit())
        .map(|(at, _)| at)
        .collect();
    for at in digits.iter().step_by(digits.len() / 40 + 1) {
        let mut bytes = proof.clone().into_bytes();
        bytes[*at] = if bytes[*at] == b'0' { b'1' } else { b'0' };
        let answer = proved().verify("flipped.json", bytes);
        // A changed digest of the key names a key that is not here.
        assert!(matches!(answer.status, 1 | 2), "digit {at}: {answer:?}");
    }
}

#[test]
fn what_cannot_be_read_is_no_answer() {
    let large = std::fs::File::create(proved().path("large.json")).unwrap();
    large.set_len(100 << 20).unwrap();
    proved()
        .call(&["verify", "seed.prov", "large.json"])
        .status(2)
        .says(&["large.json", "MiB"]);
    proved()
        .call(&["verify", "seed.prov", "none.json"])
        .status(2)
        .says(&["none.json"]);
    let arguments = ["verify", "seed.prov", "seed.proof.json", "--keys", "empty"];
    let call = provable(arguments).in_folder(proved().folder.path());
    call.call().status(2).says(&["key", "--key", "import"]);
}

#[test]
fn an_exported_key_is_enough_to_verify() {
    let export = ["keys", "export", "120", "120.vk"];
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
    let export = ["keys", "export", "120", "theirs.vk"];
    proved().call(&export).status(0);
    call(&["keys", "import", "theirs.vk"]).status(0);
    let json = call(&["verify", "seed.prov", "seed.proof.json"])
        .status(0)
        .json();
    assert_eq!(json["key"]["origin"], "imported");
    let audit = ["audit", "seed.prov", "seed.proof.json", "seed.opening.json"];
    call(&audit).status(2).says(&["proving key"]);
    call(&["keys", "remove", "120"]).status(0);
    call(&["verify", "seed.prov", "seed.proof.json"]).status(2);
}

#[test]
fn another_key_is_a_negative_answer_and_a_damaged_one_is_none() {
    let key = |name: &str, bytes: &[u8]| {
        std::fs::write(proved().path(name), bytes).unwrap();
        proved().call(&["verify", "seed.prov", "seed.proof.json", "--key", name])
    };
    let arguments = ["keys", "export", "120", "other.vk", "--keys", "others"];
    let setup = ["setup", "--tier", "120", "--keys", "others"];
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
    let export = ["keys", "export", "120", "true.vk"];
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
fn the_opening_is_for_its_owner_and_shows_the_trace_that_was_proved() {
    let audit = [
        "audit",
        "seed.prov",
        "seed.proof.json",
        "seed.opening.json",
        "--json",
    ];
    assert_eq!(proved().call(&audit).status(0).json()["valid"], true);
    proved()
        .call(&["prove", "seed.prov", "-o", "other.proof.json", "--json"])
        .status(0);
    let other = [
        "audit",
        "seed.prov",
        "other.proof.json",
        "seed.opening.json",
        "--json",
    ];
    assert_eq!(proved().call(&other).status(1).json()["valid"], false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let opening = std::fs::metadata(proved().path("seed.opening.json")).unwrap();
        assert_eq!(opening.permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_run_that_traps_has_no_proof() {
    std::fs::write(proved().path("trap.prov"), "PUSH 0\nASSERT\n").unwrap();
    let answer = proved().call(&["prove", "trap.prov", "--json"]).status(1);
    let json = answer.json();
    assert_eq!(
        (&json["status"], &json["line"]),
        (&json!("error"), &json!(2))
    );
    assert!(!Path::new(&proved().path("trap.proof.json")).exists());
}

#[test]
fn an_unknown_tier_is_answered_with_those_there_are() {
    proved()
        .call(&["prove", "seed.prov", "--tier", "7"])
        .status(2)
        .says(&["no tier \"7\"", "120, "]);
    proved()
        .call(&["setup", "--tier", "7"])
        .status(2)
        .says(&["the tiers are"]);
}

#[test]
fn the_keys_that_are_here_are_listed() {
    let json = proved().call(&["keys", "list", "--json"]).status(0).json();
    assert_eq!(json["keys"][0]["tier"], "120", "{json}");
    assert_eq!(json["keys"][0]["can_prove"], true, "{json}");
}
