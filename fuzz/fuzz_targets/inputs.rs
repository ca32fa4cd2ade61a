//! Inputs files, as the command line and the editor read them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use provable::vm::Inputs;
use provable_fuzz::{bounded, is_told};

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    match bounded(text.len(), 16, 4 << 10, || Inputs::from_json(text)) {
        Ok(inputs) => {
            let Inputs { public, secret } = &inputs;
            let written = serde_json::json!({ "public": public, "secret": secret });
            let again = Inputs::from_json(&written.to_string());
            assert_eq!(again.ok().as_ref(), Some(&inputs));
            let written = serde_json::json!({ "public": [hex(public)], "secret": [hex(secret)] });
            let again = Inputs::from_json(&written.to_string());
            assert_eq!(again.ok().as_ref(), Some(&inputs));
        }
        Err(error) => {
            // A text that ends with a line end stops on the line after it.
            assert!(error.line() <= text.matches('\n').count() + 1);
            is_told(&error.to_string());
            repeats_nothing(text, &error.to_string());
        }
    }
});

/// Words as one entry.
fn hex(words: &[u32]) -> String {
    let digits: String = words.iter().map(|word| format!("{word:08x}")).collect();
    format!("hex:{digits}")
}

/// No word of the text that has a digit, and so may be a secret, is in the message. Names of keys may be.
fn repeats_nothing(text: &str, message: &str) {
    let known = ["-2147483648", "4294967295"];
    let message = known
        .iter()
        .fold(message.to_owned(), |text, one| text.replace(one, ""));
    if message.contains("unknown key") {
        return;
    }
    let is_part = |c: char| !c.is_ascii_alphanumeric();
    for word in text.split(is_part) {
        if word.len() >= 6 && word.bytes().any(|byte| byte.is_ascii_digit()) {
            assert!(!message.contains(word), "{word:?} is in {message:?}");
        }
    }
}
