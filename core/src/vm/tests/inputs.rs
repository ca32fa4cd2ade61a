//! Inputs files: what they may hold, and the errors for what they may not hold.

use super::inputs;
use crate::vm::Inputs;
use proptest::prelude::*;

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
fn errors_name_the_key_the_entry_and_the_place() {
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
fn text_is_a_word_a_character_and_hexadecimal_digits_are_words() {
    let text = r#"{"public": [1, "text:hé🦀:\n", "hex:68656c6c6f20776F", "bytes:00fF", "':'", -1],
                   "secret": ["text:", "hex:", "bytes:", "hex:dead_beef_0000_0001", "bytes:de_ad", "text: 7 "]}"#;
    let public = [
        1,
        0x68,
        0xe9,
        0x1f980,
        0x3a,
        0x0a,
        0x6865_6c6c,
        0x6f20_776f,
        0,
        0xff,
        0x3a,
        u32::MAX,
    ];
    let secret = [0xdead_beef, 1, 0xde, 0xad, 0x20, 0x37, 0x20];
    assert_eq!(Inputs::from_json(text).unwrap(), inputs(&public, &secret));
}

#[test]
fn a_wrong_form_is_an_error_with_its_entry_and_reason() {
    #[rustfmt::skip]
    let cases = [
        // The index is that of the entry, independent of the number of words of the entries before it.
        (r#"{"secret": ["text:abc", "hex:123"]}"#, "\"secret\", entry 1: `hex:` takes 8 digits a word, and at the end 3 are left over; fill the last word up with zeros"),
        (r#"{"secret": ["hex:123456789"]}"#,       "entry 0: `hex:` takes 8 digits a word, and at the end 1 are left over"),
        (r#"{"secret": ["bytes:123"]}"#,           "entry 0: `bytes:` takes 2 digits a word, and at the end 1 are left over"),
        (r#"{"secret": ["hex:0xff"]}"#,            "entry 0: character 2 after `hex:` is no hexadecimal digit"),
        (r#"{"secret": ["bytes:12 34"]}"#,         "entry 0: character 3 after `bytes:` is no hexadecimal digit"),
        (r#"{"secret": ["bytes:_1"]}"#,            "entry 0: `_` may only stand between two digits"),
        (r#"{"secret": ["bytes:12_"]}"#,           "entry 0: `_` may only stand between two digits"),
        (r#"{"secret": ["bytes:1__2"]}"#,          "entry 0: `_` may only stand between two digits"),
        (r#"{"secret": ["Text:swordfish"]}"#,      "entry 0: the forms with a colon are \"text:…\", \"hex:…\" and \"bytes:…\""),
        (r#"{"secret": ["text :a"]}"#,             "entry 0: the forms with a colon are"),
    ];
    for (text, expected) in cases {
        let message = Inputs::from_json(text).unwrap_err().to_string();
        assert!(
            message.contains(expected),
            "{text}\n  {message}\n  {expected}"
        );
    }
}

proptest! {
    #[test]
    fn words_written_in_any_form_are_the_words(
        words in prop::collection::vec(any::<u32>(), 0..20),
        bytes in prop::collection::vec(any::<u8>(), 0..20),
        text in ".{0,20}",
    ) {
        let hex: String = words.iter().map(|word| format!("{word:08x}")).collect();
        let pairs: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
        let entries = [format!("hex:{hex}"), format!("bytes:{pairs}"), format!("text:{text}")];
        let file = serde_json::json!({ "secret": entries }).to_string();
        let mut expected = words;
        expected.extend(bytes.iter().copied().map(u32::from));
        expected.extend(text.chars().map(u32::from));
        let read = Inputs::from_json(&file).unwrap();
        prop_assert_eq!(&read.secret, &expected);
        // Plain numbers have the same meaning.
        let numbers = serde_json::json!({ "secret": expected }).to_string();
        prop_assert_eq!(Inputs::from_json(&numbers).unwrap(), read);
    }

    #[test]
    fn no_message_about_a_wrong_form_repeats_it(form in "text|hex|bytes|Hex|bits", secret in "[g-z][0-9a-z]{7,20}") {
        let file = serde_json::json!({ "secret": [format!("{form}:{secret}")] }).to_string();
        if let Err(error) = Inputs::from_json(&file) {
            prop_assert!(!format!("{error} {error:?}").contains(&secret), "{}", error);
        }
    }
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
        format!("{{\"secret\": [\"hex:{secret}\"]}}"),
        format!("{{\"secret\": [\"bytes:{secret}0x\"]}}"),
        format!("{{\"secret\": [\"text{secret}:{secret}\"]}}"),
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
