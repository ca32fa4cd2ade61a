//! The test vectors in `tests/vectors` are what the code says: what they accept is accepted, what they refuse is refused
//! for their reason, and every number in them is the one that the code computes. `docs/formats.md` describes the formats,
//! and its tables are the code's.
//!
//! After a change of a format: `UPDATE_VECTORS=1 cargo test --release -p provable-tests --test vectors`. Proofs and keys are
//! random, so those that are still valid are kept. Those that are missing are made, with proving keys in `target/vectors`.

mod assembler;
mod changed;
mod false_statements;
mod folder;
mod malformed_files;
mod openings;
mod plain_texts;
mod points;
mod proofs;
mod reasons;
mod refused_keys;
mod refused_proofs;
mod refused_texts;
mod tables;
mod texts;
mod traces;

use folder::{Folder, is_update, lines};
use serde_json::json;
use std::sync::OnceLock;

/// Every file of the folder but its README.
fn vectors() -> &'static Folder {
    static FOLDER: OnceLock<Folder> = OnceLock::new();
    FOLDER.get_or_init(made)
}

fn made() -> Folder {
    let mut folder = Folder::default();
    let accepted = proofs::accepted(&mut folder);
    let variants = refused_proofs::variants(&mut folder);
    let refused_proofs = refused_proofs::refused(&mut folder);
    let refused_keys = refused_keys::refused(&mut folder);
    let keys = proofs::keys(&mut folder);
    let manifest = lines(&[
        ("version", vec![json!(1)]),
        ("keys", keys),
        ("proofs", accepted),
        ("variants", variants),
        ("refused_proofs", refused_proofs),
        ("refused_keys", refused_keys),
    ]);
    folder.put("manifest.json", manifest);
    folder.put("assembler.json", assembler::vectors());
    folder.put("points.json", points::vectors());
    folder.put("traces.json", traces::vectors());
    folder.put("openings.json", openings::vectors());
    folder
}

#[test]
fn the_vectors_are_what_the_code_computes() {
    vectors().compare();
}

#[test]
fn the_tables_of_the_formats_are_those_of_the_code() {
    let path = provable_tests::root().join("docs/formats.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let updated = tables::updated(&page);
    if is_update() && page != updated {
        std::fs::write(&path, &updated).unwrap();
    }
    assert!(
        is_update() || page == updated,
        "docs/formats.md is behind the code; UPDATE_VECTORS=1 brings it up to date"
    );
}

#[test]
fn every_reason_is_described_and_has_a_vector() {
    let page = std::fs::read_to_string(provable_tests::root().join("docs/formats.md")).unwrap();
    for reason in reasons::ALL {
        assert!(page.contains(&format!("| `{reason}` |")), "{reason}");
        assert!(
            vectors().mentions(&format!("\"reason\":\"{reason}\"")),
            "{reason}"
        );
    }
}
