//! The service, over a connection.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use provable::circuit::tier::Tier;
use provable::proof::{Silent, setup, system_rng};
use provable::{Inputs, Program, Prover, Verifier};
use provable_verify_server::{MOST_BYTES, serve};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::LazyLock;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

const PROGRAM: &str = "SECRET\nSECRET\nMUL\nREAD\nEQ\nASSERT";

/// A service with a key, and a proof that is valid under it.
struct Setting {
    address: SocketAddr,
    proof: Value,
    _runtime: Runtime,
}

static SETTING: LazyLock<Setting> = LazyLock::new(|| {
    let tier = Tier::named("44").unwrap();
    let key = setup(tier, &mut system_rng(), &Silent).unwrap();
    let program: Program = PROGRAM.parse().unwrap();
    let inputs = Inputs::new([3599], [59, 61]);
    let proved = Prover::new(&key).prove(&program, &inputs).unwrap();
    let verifier = Verifier::from_bytes(&key.verifying.to_bytes()).unwrap();
    let runtime = Runtime::new().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(serve(listener, verifier));
    Setting {
        address,
        proof: serde_json::from_str(&proved.proof.to_json()).unwrap(),
        _runtime: runtime,
    }
});

/// Sends a request and gives the status and the body of the answer.
fn ask(method: &str, path: &str, body: &[u8]) -> (u16, String) {
    let mut connection = TcpStream::connect(SETTING.address).unwrap();
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    );
    connection.write_all(head.as_bytes()).unwrap();
    connection.write_all(body).unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, body.to_owned())
}

fn post(body: &Value) -> (u16, Value) {
    let (status, body) = ask("POST", "/verify", body.to_string().as_bytes());
    (status, serde_json::from_str(&body).unwrap())
}

#[test]
fn a_valid_proof_is_answered_with_its_statement() {
    let proof = &SETTING.proof;
    let (status, answer) = post(&json!({ "program": PROGRAM, "proof": proof }));
    assert_eq!((status, &answer["valid"]), (200, &json!(true)), "{answer}");
    assert_eq!(answer["public_input"], json!([3599]));
    assert_eq!(answer["key"], proof["verifying_key_digest"]);
    // As the text of its file too.
    let text = proof.to_string();
    let (status, same) = post(&json!({ "program": PROGRAM, "proof": text }));
    assert_eq!((status, same), (200, answer));
}

#[test]
fn a_tampered_proof_is_no_success() {
    for (field, value) in [
        ("public_input", json!([3600])),
        ("public_output", json!([1])),
        ("program_digest", json!("00".repeat(32))),
        ("a", SETTING.proof["c"].clone()),
        ("version", json!(99)),
        ("more", json!(1)),
    ] {
        let mut proof = SETTING.proof.clone();
        proof[field] = value;
        let (status, answer) = post(&json!({ "program": PROGRAM, "proof": proof }));
        assert_eq!(status, 422, "{field}: {answer}");
        assert_eq!(answer["valid"], json!(false), "{field}");
    }
}

#[test]
fn a_repeated_field_of_a_proof_is_refused() {
    let proof = SETTING.proof.to_string();
    let twice = proof.replacen('{', "{\"public_input\":[1],", 1);
    let body = format!("{{\"program\":{},\"proof\":{twice}}}", json!(PROGRAM));
    assert_eq!(ask("POST", "/verify", body.as_bytes()).0, 422);
}

#[test]
fn a_request_of_no_use_gets_no_verdict() {
    let proof = &SETTING.proof;
    for body in [
        json!({ "program": "PUHS 1", "proof": proof }),
        json!({ "program": PROGRAM }),
        json!({ "program": PROGRAM, "proof": proof, "key": "mine" }),
        json!([]),
    ] {
        let (status, answer) = post(&body);
        assert_eq!((status, &answer["valid"]), (400, &Value::Null), "{answer}");
    }
    assert_eq!(ask("POST", "/verify", b"\xff").0, 400);
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    // One byte more, so that the service has read all when it refuses.
    let body = vec![b' '; MOST_BYTES + 1];
    assert_eq!(ask("POST", "/verify", &body).0, 413);
}

#[test]
fn other_paths_and_methods_have_no_verdict() {
    assert_eq!(ask("GET", "/verify", b"").0, 405);
    assert_eq!(ask("POST", "/", b"{}").0, 404);
    let (status, answer) = ask("GET", "/key", b"");
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!((status, &answer["tier"]), (200, &json!("44")));
}
