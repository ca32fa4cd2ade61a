//! Proof files that are not read.

use crate::changed::{Case, FIELDS, base, case, replaced, text_of, with};
use crate::points::{self, Group};
use ark_bls12_381::G1Affine;
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use serde_json::Value;

/// Every file.
pub fn cases() -> Vec<Case> {
    let mut cases = forms();
    cases.extend(fields());
    cases.extend(of_points());
    cases
}

/// What is no JSON object with these fields.
fn forms() -> Vec<Case> {
    let text = &base().proof;
    let value: Value = serde_json::from_str(text).unwrap();
    let version = "\"version\": 1,";
    let list: Vec<&Value> = FIELDS.iter().map(|name| &value[*name]).collect();
    let word = |word: &str| {
        replaced(
            "    9\n  ],\n  \"public_output\"",
            &format!("    {word}\n  ],\n  \"public_output\""),
        )
    };
    let all: Vec<(&str, String)> = vec![
        ("json-empty", String::new()),
        ("json-cut", text.trim_end().trim_end_matches('}').to_owned()),
        ("json-list", serde_json::to_string(&list).unwrap()),
        ("json-in-list", format!("[{text}]")),
        ("json-two-marks", format!("\u{feff}\u{feff}{text}")),
        ("json-other-space", format!("\u{a0}{text}")),
        ("json-after", format!("{text}{{}}")),
        ("json-after-zero", format!("{text}\0")),
        ("json-comment", replaced(version, "\"version\": 1, // one")),
        (
            "json-last-comma",
            text.trim_end().trim_end_matches("\n}").to_owned() + ",\n}\n",
        ),
        ("json-single-quotes", replaced("\"version\"", "'version'")),
        (
            "json-control-sign",
            replaced("\"version\"", "\"version\t\""),
        ),
        (
            "json-unknown-field",
            replaced(version, "\"version\": 1, \"note\": null,"),
        ),
        ("json-field-case", replaced("\"a\"", "\"A\"")),
        ("json-missing-field", replaced("\"version\": 1,\n", "\n")),
        (
            "json-repeated-field",
            replaced(version, "\"version\": 1, \"version\": 1,"),
        ),
        ("json-null", replaced(version, "\"version\": null,")),
        (
            "json-version-text",
            replaced(version, "\"version\": \"1\","),
        ),
        (
            "json-version-fraction",
            replaced(version, "\"version\": 1.0,"),
        ),
        ("json-version-true", replaced(version, "\"version\": true,")),
        ("json-word-too-large", word("4294967296")),
        (
            "json-word-huge",
            word("340282366920938463463374607431768211465"),
        ),
        ("json-word-negative", word("-1")),
        ("json-word-minus-zero", word("-0")),
        ("json-word-fraction", word("9.0")),
        ("json-word-exponent", word("9e0")),
        ("json-word-leading-zero", word("09")),
        ("json-word-plus", word("+9")),
        ("json-word-hexadecimal", word("0x9")),
        ("json-word-text", word("\"9\"")),
        ("json-word-true", word("true")),
        ("json-word-nan", word("NaN")),
        (
            "json-tape-object",
            replaced("\"public_output\": [", "\"public_output\": {").replacen(
                "],\n  \"trace",
                "},\n  \"trace",
                1,
            ),
        ),
        (
            "json-digest-list",
            replaced(value["a"].to_string().as_str(), "[1]"),
        ),
        (
            "json-lone-surrogate",
            replaced("\"version\"", "\"version\\ud800\""),
        ),
    ];
    let mut cases: Vec<Case> = all
        .into_iter()
        .map(|(name, text)| case(name, text, "proof-json"))
        .collect();
    let mut bytes = text.clone().into_bytes();
    bytes.push(0xff);
    cases.push(case("json-not-utf-8", bytes, "proof-json"));
    for other in ["0", "2", "4294967295"] {
        let text = replaced(version, &format!("\"version\": {other},"));
        cases.push(case(&format!("version-{other}"), text, "proof-version"));
    }
    cases
}

/// Digests and points that are not written as they are.
fn fields() -> Vec<Case> {
    let mut cases = Vec::new();
    for (field, short) in [
        ("circuit_id", "circuit"),
        ("trace_commitment", "commitment"),
        ("a", "a"),
        ("b", "b"),
    ] {
        let digits = text_of(field);
        let all = [
            ("capitals", digits.to_uppercase()),
            ("empty", String::new()),
            ("prefix", format!("0x{digits}")),
            ("space", format!(" {digits}")),
            ("odd", digits[1..].to_owned()),
            ("short", digits[2..].to_owned()),
            ("long", format!("{digits}00")),
            ("other-sign", format!("{}g", &digits[1..])),
        ];
        for (what, new) in all {
            let name = format!("hex-{short}-{what}");
            cases.push(case(&name, with(&[(field, new.into())]), "proof-hex"));
        }
    }
    let a = G1Affine::deserialize_compressed(&hex::decode(text_of("a")).unwrap()[..]).unwrap();
    let mut bytes = Vec::new();
    a.serialize_uncompressed(&mut bytes).unwrap();
    let text = with(&[("a", hex::encode(bytes).into())]);
    cases.push(case("hex-a-uncompressed", text, "proof-hex"));
    cases
}

/// Points that are none, or none of the group, or the identity.
fn of_points() -> Vec<Case> {
    let mut cases = Vec::new();
    for point in points::all() {
        let fields: &[&str] = match (point.group, point.reason) {
            (_, None | Some("length")) => continue,
            (Group::G1, Some("flag-uncompressed")) => &["a"],
            (Group::G1, _) => &["a", "c", "d"],
            (Group::G2, _) => &["b"],
        };
        for field in fields {
            let name = format!("point-{field}-{}", point.name);
            let digits = hex::encode(&point.bytes);
            let text = with(&[(field, digits.into())]);
            let reason = match point.reason {
                Some("infinity") => "proof-infinity",
                _ => "proof-point",
            };
            cases.push(case(&name, text, reason));
        }
    }
    cases
}
