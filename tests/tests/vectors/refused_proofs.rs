//! Proof files that are refused, each with one fault, and files in unusual forms that are accepted.

use crate::changed::{Case, FIELDS, base, negated, program_of, programs, with};
use crate::folder::{Folder, kept};
use crate::proofs::key_file;
use crate::{false_statements, malformed_files, proofs, reasons};
use ark_bls12_381::{G1Affine, G2Affine};
use provable::{Program, Proof, Verifier, VerifyError};
use serde_json::{Value, json};

fn verdict(key: &str, program: &str, bytes: &[u8], texts: &Folder) -> Result<(), &'static str> {
    let text = std::str::from_utf8(bytes).map_err(|_| "proof-json")?;
    let proof = Proof::from_json(text).map_err(|error| reasons::of_proof(&error))?;
    let key = kept(key).unwrap();
    let program: Program = texts.text(program).parse().unwrap();
    let found = Verifier::from_bytes(&key).unwrap().verify(&program, &proof);
    found
        .map(|_| ())
        .map_err(|error: VerifyError| reasons::of_proof(&error))
}

/// Files that are accepted although they are not as `provable prove` writes them.
pub fn variants(folder: &mut Folder) -> Vec<Value> {
    let text = &base().proof;
    let value: Value = serde_json::from_str(text).unwrap();
    let names = FIELDS;
    let reversed: Vec<String> = names
        .iter()
        .rev()
        .map(|name| format!("\"{name}\":{}", value[*name]))
        .collect();
    let all = [
        ("variant-order", format!("{{{}}}", reversed.join(","))),
        ("variant-mark", format!("\u{feff}{text}")),
        (
            "variant-spaces",
            format!("\t\r\n {} \n\t\r", text.replace(": ", " :\t")),
        ),
        (
            "variant-escapes",
            text.replace("\"a\"", "\"\\u0061\"")
                .replace("version", "\\u0076ersion"),
        ),
    ];
    // e(−A, −B) is e(A, B).
    let both = [
        ("a", negated::<G1Affine>("a")),
        ("b", negated::<G2Affine>("b")),
    ];
    let all = all
        .into_iter()
        .chain([("variant-a-and-b-negated", with(&both))]);
    let mut entries = Vec::new();
    for (name, text) in all {
        let (key, program) = (key_file(base().tier), program_of(&base().name));
        let found = verdict(&key, &program, text.as_bytes(), folder);
        assert_eq!(found, Ok(()), "{name}");
        let proof = format!("proofs/{name}.json");
        folder.put(&proof, text);
        entries.push(json!({ "name": name, "key": key, "program": program, "proof": proof }));
    }
    entries
}

/// The entries of the manifest, and the files that they name.
pub fn refused(folder: &mut Folder) -> Vec<Value> {
    proofs::other_key();
    for (name, text) in programs() {
        folder.put(name, text);
    }
    let mut cases = malformed_files::cases();
    cases.extend(false_statements::cases());
    let mut entries = Vec::new();
    for case in cases {
        let Case {
            name,
            key,
            program,
            bytes,
            reason,
        } = case;
        let found = verdict(&key, &program, &bytes, folder);
        assert_eq!(found, Err(reason), "{name}");
        let proof = format!("refused/{name}.json");
        folder.put(&proof, bytes);
        entries.push(json!({
            "name": name, "key": key, "program": program, "proof": proof, "reason": reason,
        }));
    }
    entries
}
