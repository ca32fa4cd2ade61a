//! Several proofs of one program. Those that name the same key are verified in a batch, which takes a fraction of the
//! time. Each file has an answer of its own, whatever the answers about the others are.

use super::answer::{shown, valid};
use super::keys::Keys;
use super::proof_file::parse;
use crate::cli::args::VerifyArgs;
use crate::cli::output::Output;
use crate::cli::read::{bytes, name_of};
use crate::errors::failure::{Exit, Failure};
use crate::files::limits;
use crate::show::Show;
use provable::lang::program::Program;
use provable::lang::quote::visible;
use provable::proof::proof_json::Proof;
use provable::proof::{Verifier, VerifyError};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::Path;

/// What was found out about one file.
enum Finding {
    /// It is a valid proof.
    Valid {
        file: Box<Proof>,
        key: Value,
        origin: String,
    },
    /// It can be read and proves nothing. Without a key if it is no proof file at all.
    Invalid { reason: String, key: Value },
    /// There is no answer: the file cannot be read, or its key cannot be had.
    Unanswered(Failure),
}

/// Proofs that one key decides about, each with its place among the files.
type Group = Vec<(usize, Proof)>;

/// Runs the command on two files or more.
pub fn command(args: &VerifyArgs, program: &Program, output: &Output) -> Result<Exit, Failure> {
    let mut found = Vec::new();
    let mut groups: BTreeMap<[u8; 32], Group> = BTreeMap::new();
    // Each point is checked to be in its group, which is most of the time that remains.
    let files: Vec<_> = args.proofs.par_iter().map(|path| read(path)).collect();
    for (place, file) in files.into_iter().enumerate() {
        match file {
            Ok(file) => {
                // A given key is the key of all.
                let named = args.key.as_ref().map_or(file.key, |_| [0; 32]);
                groups.entry(named).or_default().push((place, file));
            }
            Err(finding) => found.push((place, finding)),
        }
    }
    // Read once, and only if a file needs one: whoever wrote the files chose how many keys they name.
    let keys = OnceCell::new();
    for (named, group) in groups {
        let keys = keys.get_or_init(|| Keys::new(args)).as_ref();
        found.extend(verify_group(keys, program, &named, group));
    }
    found.sort_by_key(|(place, _)| *place);
    let names = args.proofs.iter().map(|path| name_of(path));
    let found: Vec<(String, Finding)> = names
        .zip(found)
        .map(|(name, (_, finding))| (name, finding))
        .collect();
    let exit = found.iter().map(|(_, finding)| finding.exit()).max();
    let exit = exit.unwrap_or(Exit::Done);
    output.answer(
        || {
            let proofs = found.iter().map(|(name, finding)| finding.to_json(name));
            json!({ "valid": exit == Exit::Done, "proofs": proofs.collect::<Vec<_>>() })
        },
        || {
            let lines = found
                .iter()
                .map(|(name, finding)| finding.to_line(name, args.show.show));
            lines.collect()
        },
    )?;
    Ok(exit)
}

fn read(path: &Path) -> Result<Proof, Finding> {
    let bytes = bytes(path, limits::PROOF).map_err(Finding::Unanswered)?;
    parse(bytes).map_err(|reason| Finding::Invalid {
        reason,
        key: Value::Null,
    })
}

/// What one key says about its proofs. Without the key there is no answer about any of them.
fn verify_group(
    keys: Result<&Keys, &Failure>,
    program: &Program,
    named: &[u8; 32],
    group: Group,
) -> Vec<(usize, Finding)> {
    let key = keys.map_err(Clone::clone).and_then(|keys| keys.of(named));
    let (key, origin) = match key {
        Ok(key) => key,
        Err(failure) => {
            let unanswered = |(place, _)| (place, Finding::Unanswered(failure.clone()));
            return group.into_iter().map(unanswered).collect();
        }
    };
    let claims: Vec<(&Program, &Proof)> = group.iter().map(|(_, file)| (program, file)).collect();
    let results = Verifier::new(key).verify_batch(&claims);
    let key = shown(key, &origin);
    let finding = |file, result: Result<(), VerifyError>| match result {
        Ok(()) => Finding::Valid {
            file: Box::new(file),
            key: key.clone(),
            origin: origin.clone(),
        },
        Err(error) => Finding::Invalid {
            reason: error.to_string(),
            key: key.clone(),
        },
    };
    let results = group.into_iter().zip(results);
    results
        .map(|((place, file), result)| (place, finding(file, result.map(drop))))
        .collect()
}

impl Finding {
    /// The exit status, were this the only file.
    fn exit(&self) -> Exit {
        match self {
            Finding::Valid { .. } => Exit::Done,
            Finding::Invalid { .. } => Exit::Negative,
            Finding::Unanswered(failure) => failure.exit(),
        }
    }

    fn to_json(&self, name: &str) -> Value {
        match self {
            Finding::Valid { file, key, .. } => {
                let mut object = valid(file, key);
                if let Some(map) = object.as_object_mut() {
                    map.insert("file".into(), json!(name));
                }
                object
            }
            Finding::Invalid { reason, key } => {
                json!({ "file": name, "valid": false, "reason": reason, "key": key })
            }
            // The same object as for a failure of the whole command, but the message is the reason.
            Finding::Unanswered(failure) => {
                let mut object = failure.to_json();
                if let Some(map) = object.as_object_mut() {
                    let reason = map.remove("message").unwrap_or_default();
                    map.insert("file".into(), json!(name));
                    map.insert("valid".into(), json!(false));
                    map.insert("reason".into(), reason);
                }
                object
            }
        }
    }

    /// One line that begins with the file, whatever the file is called.
    fn to_line(&self, name: &str, show: Show) -> String {
        let line = match self {
            Finding::Valid { file, origin, .. } => format!(
                "valid; public input {}; public output {}; trace commitment {}; key {origin}",
                show.words(&file.public_input),
                show.words(&file.public_output),
                hex::encode(file.trace_commitment),
            ),
            Finding::Invalid { reason, .. } => format!("invalid: {reason}"),
            Finding::Unanswered(failure) => format!("no answer: {}", failure.in_one_line()),
        };
        let line: String = line.chars().map(visible).collect();
        format!("{}: {line}\n", unmistakable(name))
    }
}

/// A file's name, in quotes if it could be mistaken for another line or for an answer.
fn unmistakable(name: &str) -> Cow<'_, str> {
    let is_plain = |one: char| !matches!(one, ':' | ';' | '"') && visible(one).chars().eq([one]);
    match name.chars().all(is_plain) {
        true => name.into(),
        false => format!("{name:?}").into(),
    }
}
