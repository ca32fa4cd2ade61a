//! How an opening is recognised by the beginning of its file.

/// Whether a text of which this is the beginning, of 64 bytes or more, may be an opening.
pub fn begins_as_opening(start: &[u8]) -> bool {
    let mark = "\u{feff}".as_bytes();
    let start = start.strip_prefix(mark).unwrap_or(start);
    let words = start.iter().filter(|byte| !byte.is_ascii_whitespace());
    let model = br#"{"version":1,"secret":["#;
    words.take(model.len()).eq(model)
}

#[cfg(all(test, feature = "prover"))]
mod tests {
    use super::*;
    use provable::proof::Opening;

    #[test]
    fn every_opening_is_recognised_and_no_proof_is() {
        let secret = vec![7; 3];
        let blind = provable::ark_bls12_381::Fr::from(5);
        let text = Opening { secret, blind }.to_json();
        assert!(begins_as_opening(text.as_bytes()));
        assert!(begins_as_opening(format!("\u{feff}{text}").as_bytes()));
        assert!(!begins_as_opening(br#"{"version":1,"circuit_id":"#));
    }
}
