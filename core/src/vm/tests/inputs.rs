//! Inputs files: what they may hold, and what is said of those that may not.

use super::inputs;
use crate::vm::Inputs;

#[test]
fn words_are_integers_or_strings_in_number_syntax() {
    let text = r#"{"public": [0, 4294967295, -1, -2147483648, "0x_"], "secret": []}"#;
    assert!(Inputs::from_json(text).is_err());
    let text = r#"{"secret": ["007", "0xFF", "0b101", "1_000", "'A'", "'\\n'", "-0x80000000"],
                   "public": [0, 4294967295, -1, -2147483648]}"#;
    assert_eq!(
        Inputs::from_json(text).unwrap(),
        inputs(
            &[0, u32::MAX, u32::MAX, 1 << 31],
            &[7, 255, 5, 1000, 65, 10, 1 << 31]
        )
    );
}

#[test]
fn a_missing_key_means_no_words() {
    assert_eq!(Inputs::from_json("{}").unwrap(), Inputs::default());
    assert_eq!(
        Inputs::from_json(r#"{"public": [1]}"#).unwrap(),
        inputs(&[1], &[])
    );
    assert_eq!(
        Inputs::from_json("\u{feff}{\"secret\": [1]}").unwrap(),
        inputs(&[], &[1])
    );
}

#[test]
fn errors_name_key_entry_and_place() {
    let range = "the number does not fit in a word: it must be from -2147483648 to 4294967295";
    let kind = "expected a whole number or a string that holds one";
    let keys = r#"expected an object with the keys "public" and "secret""#;
    #[rustfmt::skip]
    let cases = [
        (r#"{"public": [1, 4294967296]}"#,    format!("\"public\", entry 1: {range} at line 1 column 25")),
        (r#"{"public": [-2147483649]}"#,      format!("\"public\", entry 0: {range}")),
        (r#"{"public": [1e99]}"#,             format!("\"public\", entry 0: {kind}")),
        (r#"{"public": [1.5]}"#,              format!("\"public\", entry 0: {kind}")),
        (r#"{"secret": [1, 2, null]}"#,       format!("\"secret\", entry 2: {kind}")),
        (r#"{"secret": [true]}"#,             format!("\"secret\", entry 0: {kind}")),
        (r#"{"secret": [[1]]}"#,              format!("\"secret\", entry 0: {kind}")),
        (r#"{"secret": [{"a": 1}]}"#,         format!("\"secret\", entry 0: {kind}")),
        (r#"{"secret": ["0xZZ"]}"#,           "\"secret\", entry 0: `Z` is not a digit".into()),
        (r#"{"secret": ["4294967296"]}"#,     format!("\"secret\", entry 0: {range}")),
        (r#"{"public": 5}"#,                  "\"public\": expected an array of words".into()),
        (r#"{"public": null}"#,               "\"public\": expected an array of words".into()),
        (r#"{"public": {}}"#,                 "\"public\": expected an array of words".into()),
        (r#"{"pubic": []}"#,                  "unknown key \"pubic\"; the keys are \"public\" and \"secret\"".into()),
        (r#"{"secret": [], "secret": []}"#,   "the key \"secret\" is there twice".into()),
        ("[]",                                keys.into()),
        ("7",                                 keys.into()),
        ("null",                              keys.into()),
        (r#"{"public": [1,]}"#,               "trailing comma".into()),
        (r#"{"public": [1]} 2"#,              "trailing characters".into()),
        ("",                                  "EOF".into()),
        ("{\n\"public\": [1, x]}",            "line 2 column 15".into()),
    ];
    for (text, expected) in cases {
        let message = Inputs::from_json(text).unwrap_err().to_string();
        assert!(
            message.contains(&expected),
            "{text}\n  {message}\n  {expected}"
        );
    }
    let error = Inputs::from_json("{\n\"public\": [1, x]}").unwrap_err();
    assert_eq!((error.line(), error.column()), (2, 15));
}

#[test]
fn no_message_repeats_a_secret() {
    let secret = "987654321987";
    for text in [
        format!("{{\"secret\": [{secret}]}}"),
        format!("{{\"secret\": [\"{secret}\"]}}"),
        format!("{{\"secret\": [{secret}.5]}}"),
        format!("{{\"secret\": {secret}}}"),
        format!("{{\"secret\": \"{secret}\"}}"),
        format!("{{\"secret\": [[{secret}]]}}"),
        secret.to_owned(),
        format!("\"{secret}\""),
    ] {
        let message = Inputs::from_json(&text).unwrap_err();
        assert!(
            !format!("{message} {message:?}").contains(secret),
            "{message:?}"
        );
    }
    let debug = format!("{:?}", inputs(&[5], &[987_654_321]));
    assert_eq!(debug, "Inputs { public: [5], secret: 1 words }");
}
