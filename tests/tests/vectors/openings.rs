//! The forms of openings. Whether an opening opens a proof needs the bases of the proving key, which is not here.

use crate::folder::lines;
use provable::Opening;
use serde_json::{Value, json};

const BLIND: &str = "0100000000000000000000000000000000000000000000000000000000000000";
/// The order of the scalar field, least significant byte first.
const ORDER: &str = "01000000fffffffffe5bfeff02a4bd5305d8a10908d83933487d9d2953a7ed73";

fn text(version: &str, secret: &str, blind: &str) -> String {
    format!("{{\"version\": {version}, \"secret\": {secret}, \"blind\": {blind}}}")
}

/// The vectors.
pub fn vectors() -> Vec<u8> {
    let quoted = |digits: &str| format!("\"{digits}\"");
    let less = ORDER.replacen("01", "00", 1);
    let accepted = [
        ("one", text("1", "[7]", &quoted(BLIND))),
        ("no-secret", text("1", "[]", &quoted(&"0".repeat(64)))),
        ("greatest-blind", text("1", "[4294967295]", &quoted(&less))),
        ("capitals", text("1", "[]", &quoted(&less.to_uppercase()))),
        (
            "mark",
            format!("\u{feff}{}", text("1", "[]", &quoted(BLIND))),
        ),
    ];
    let refused = [
        ("list", format!("[1,[7],{}]", quoted(BLIND)), "opening-json"),
        ("version", text("2", "[7]", &quoted(BLIND)), "opening-json"),
        (
            "word",
            text("1", "[4294967296]", &quoted(BLIND)),
            "opening-json",
        ),
        (
            "unknown-field",
            text("1, \"note\": 1", "[7]", &quoted(BLIND)),
            "opening-json",
        ),
        (
            "missing-field",
            format!("{{\"version\": 1, \"blind\": {}}}", quoted(BLIND)),
            "opening-json",
        ),
        ("blind-number", text("1", "[7]", "1"), "opening-json"),
        (
            "blind-order",
            text("1", "[7]", &quoted(ORDER)),
            "opening-blind",
        ),
        (
            "blind-most",
            text("1", "[7]", &quoted(&"f".repeat(64))),
            "opening-blind",
        ),
        (
            "blind-short",
            text("1", "[7]", &quoted(&BLIND[2..])),
            "opening-blind",
        ),
        (
            "blind-long",
            text("1", "[7]", &quoted(&format!("{BLIND}00"))),
            "opening-blind",
        ),
        (
            "blind-odd",
            text("1", "[7]", &quoted(&BLIND[1..])),
            "opening-blind",
        ),
        (
            "blind-sign",
            text("1", "[7]", &quoted(&BLIND.replacen('1', "g", 1))),
            "opening-blind",
        ),
    ];
    let accepted = accepted.map(|(name, text)| {
        let opening = Opening::from_json(&text).unwrap();
        // What is written again is the form that `provable prove --opening` writes.
        let again: Value = serde_json::from_str(&opening.to_json()).unwrap();
        json!({ "name": name, "text": text, "secret": opening.secret, "blind": again["blind"] })
    });
    let refused = refused.map(|(name, text, reason)| {
        let error = Opening::from_json(&text).unwrap_err().to_string();
        let is_blind = error.contains("blind: ");
        assert_eq!(is_blind, reason == "opening-blind", "{name}: {error}");
        json!({ "name": name, "text": text, "reason": reason })
    });
    lines(&[("accepted", accepted.into()), ("refused", refused.into())])
}
