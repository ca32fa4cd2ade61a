//! Who contributed, as it is shown and as JSON.

use provable::proof::ceremony::{Chain, Phase, PhaseOne, Source};
use serde_json::{Value, json};

/// What a contributor is told.
pub const YOURS: &str = "the last hash is yours: keep it, and look for it in what is published\n";

/// With which published powers phase 1 goes on, as a line; empty if it began here.
pub fn published(first: &PhaseOne) -> String {
    let hash = first.published().map(hex::encode);
    let line = |hash: String| {
        format!(
            "phase 1 goes on with published powers: {hash}; `provable powers import` shows the same for the same file\n"
        )
    };
    hash.map(line).unwrap_or_default()
}

/// The contributions to a phase as JSON.
pub fn to_json<G: Phase>(chain: &Chain<G>) -> Value {
    let records = chain.records().iter().zip(chain.hashes());
    let one = |(record, hash): (_, &[u8; 32])| {
        let record: &provable::proof::ceremony::Record<G> = record;
        match record.source() {
            Source::Secret(_) => json!({ "kind": "secret", "hash": hex::encode(hash) }),
            Source::Beacon { value, bits } => json!({
                "kind": "beacon",
                "hash": hex::encode(hash),
                "value": hex::encode(value),
                "bits": bits,
            }),
        }
    };
    Value::Array(records.map(one).collect())
}

/// The contributions to a phase, a line each.
pub fn to_text<G: Phase>(phase: u8, chain: &Chain<G>) -> String {
    if chain.records().is_empty() {
        return format!("phase {phase}: nobody has contributed\n");
    }
    let records = chain.records().iter().zip(chain.hashes());
    let mut text = String::new();
    for (number, (record, hash)) in (1..).zip(records) {
        let hash = hex::encode(hash);
        let kind = match record.source() {
            Source::Secret(_) => String::new(),
            Source::Beacon { value, bits } => format!(
                "  the beacon {}, hashed 2^{bits} times: no secret",
                hex::encode(value)
            ),
        };
        text.push_str(&format!(
            "phase {phase}, contribution {number:>3}: {hash}{kind}\n"
        ));
    }
    text
}
