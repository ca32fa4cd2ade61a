//! `provable verify` of one proof.

use super::support::proved;
use provable_tests::provable;
use serde_json::{Value, json};

#[test]
fn the_proof_is_valid_and_says_whose_key_it_rests_on() {
    let json = proved()
        .call(&["verify", "seed.prov", "seed.proof.json", "--json"])
        .status(0)
        .json();
    assert_eq!(json["valid"], true);
    assert!(json["key"]["origin"].is_string(), "{json}");
    // What it is a proof of: a valid proof of another output would be as valid.
    let file: Value = serde_json::from_str(&proved().proof()).unwrap();
    for field in ["public_input", "public_output", "trace_commitment"] {
        assert_eq!(json[field], file[field], "{field}");
    }
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
fn a_file_that_is_no_proof_is_a_negative_answer() {
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
fn swapped_arguments_of_verify_are_reported() {
    for command in [
        &["verify", "seed.proof.json", "seed.prov"][..],
        &["verify", "seed.proof.json", "seed.prov", "seed.prov"],
        &["audit", "seed.proof.json", "seed.prov", "seed.opening.json"],
    ] {
        let answer = proved().call(command).status(2);
        assert!(answer.stderr.lines().count() <= 2, "{answer:?}");
        answer.says(&["seed.proof.json", "the program comes first"]);
    }
    let audit = ["audit", "seed.opening.json", "seed.proof.json", "seed.prov"];
    proved().call(&audit).status(2).says(&["it is an opening"]);
}

#[test]
fn a_byte_order_mark_before_a_proof_an_opening_or_a_program_is_none_of_it() {
    let marked = |name: &str| {
        let text = std::fs::read_to_string(proved().path(name)).unwrap();
        let marked = format!("marked.{name}");
        std::fs::write(proved().path(&marked), format!("\u{feff}{text}")).unwrap();
        marked
    };
    let names = ["seed.prov", "seed.proof.json", "seed.opening.json"].map(marked);
    let [program, proof, opening] = names.each_ref().map(String::as_str);
    proved().call(&["verify", program, proof]).status(0);
    proved().call(&["verify", program, proof, proof]).status(0);
    proved().call(&["audit", program, proof, opening]).status(0);
    let call = provable(["verify", "seed.prov", "-", "--keys", "keys"]);
    let call = call.in_folder(proved().folder.path());
    call.stdin(format!("\u{feff}{}", proved().proof()))
        .call()
        .status(0);
    // Before a text, not in it.
    let twice = format!("\u{feff}\u{feff}{}", proved().proof());
    proved().verify("twice.json", twice).status(1);
}

#[test]
fn public_words_are_shown_in_the_form_that_is_asked_for() {
    std::fs::write(proved().path("greet.prov"), "READ\nREAD\nWRITE\nPOP\n").unwrap();
    let prove = ["prove", "greet.prov", "--public", "text:hi"];
    proved().call(&prove).status(0);
    let verify = |more: &[&str]| {
        let call = ["verify", "greet.prov", "greet.proof.json"];
        proved().call(&[&call, more].concat()).status(0)
    };
    let line = |name: &str, value: &str| format!("  {name:<18}{value}\n");
    for (form, input, output) in [
        ("decimal", "104 105", "105"),
        ("hex", "0x00000068 0x00000069", "0x00000069"),
        ("text", "\"hi\"", "\"i\""),
    ] {
        let shown = verify(&["--show", form]).stdout;
        assert!(shown.contains(&line("public input", input)), "{shown}");
        assert!(shown.contains(&line("public output", output)), "{shown}");
        let several = verify(&["greet.proof.json", "--show", form]).stdout;
        let both = format!("public input {input}; public output {output};");
        assert_eq!(several.matches(&both).count(), 2, "{several}");
    }
    let json = verify(&["--show", "text", "--json"]).json();
    assert_eq!(json["public_input"], serde_json::json!([104, 105]));
}

#[test]
fn a_list_of_a_proofs_fields_is_no_proof() {
    let proof = proved().proof();
    let fields: serde_json::Map<String, Value> = serde_json::from_str(&proof).unwrap();
    // In the order in which they are written.
    let mut list: Vec<(usize, &Value)> = fields
        .iter()
        .map(|(name, value)| (proof.find(&format!("\"{name}\":")).unwrap(), value))
        .collect();
    list.sort_by_key(|(place, _)| *place);
    let list: Vec<&Value> = list.into_iter().map(|(_, value)| value).collect();
    let answer = proved().verify("list.proof.json", json!(list).to_string());
    let answer = answer.status(1).json();
    let reason = answer["reason"].as_str().unwrap();
    assert!(reason.contains("no JSON object"), "{reason}");
}

#[test]
fn without_a_proof_the_one_beside_the_program_is_verified() {
    let answer = proved().call(&["verify", "seed.prov", "--json"]).status(0);
    let named = proved().call(&["verify", "seed.prov", "seed.proof.json", "--json"]);
    assert_eq!(answer.json(), named.json());
    std::fs::write(proved().path("lonely.prov"), "HALT\n").unwrap();
    let answer = proved().call(&["verify", "lonely.prov"]).status(2);
    assert_eq!(answer.stdout, "");
    answer.says(&["there is no lonely.proof.json", "`provable prove`"]);
    let piped = provable(["verify", "-"]).stdin("HALT\n").call().status(2);
    piped.says(&["standard input has no proof beside it"]);
}
