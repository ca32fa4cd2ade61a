//! A proof file that was given.

use crate::files::opening_mark::begins_as_opening;
use provable::proof::Proof;

/// A proof from its bytes, or why this version cannot decide about it. For a circuit that it does not have, no key is
/// looked for.
pub fn parse(bytes: Vec<u8>) -> Result<Proof, String> {
    let text = String::from_utf8(bytes).map_err(|_| "the proof file is not UTF-8 text")?;
    let read = Proof::from_json(&text).and_then(|file| file.tier().map(|_| file));
    read.map_err(|error| match mistaken(&text) {
        Some(what) => format!("{error}; {what}"),
        None => error.to_string(),
    })
}

/// What was given in place of a proof, if it can be recognised.
fn mistaken(text: &str) -> Option<&'static str> {
    let has = |key: &str| text.contains(&format!("\"{key}\""));
    if begins_as_opening(text.as_bytes()) {
        return Some("it is an opening: the order is `provable audit PROGRAM PROOF OPENING`");
    }
    let is_inputs = !has("verifying_key_digest") && (has("public") || has("secret"));
    is_inputs.then_some("it looks like inputs: a proof is in a file that ends in .proof.json")
}
