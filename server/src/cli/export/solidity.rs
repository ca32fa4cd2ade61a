//! `provable export solidity`: a contract that verifies proofs of a program, and whether a file is that contract.

use super::evaluation::{evaluation, name, setup};
use crate::cli::args::SolidityArgs;
use crate::cli::destination::destinations;
use crate::cli::keys::named;
use crate::cli::load::read_linked;
use crate::cli::output::Output;
use crate::cli::read;
use crate::cli::verify::keys::given;
use crate::errors::Error;
use crate::errors::failure::{Exit, Failure};
use crate::files::kind::FileKind;
use crate::files::limits;
use crate::keys;
use provable::circuit::encoding;
use provable::circuit::tier::Tier;
use provable::proof::solidity::{Contract, ORIGIN};
use provable::proof::{Origin, VerifyingKey};
use provable::store::Entry;
use serde_json::json;
use std::io::Write;
use std::path::Path;

pub fn command(args: &SolidityArgs, output: &Output) -> Result<Exit, Failure> {
    let inputs = [
        Some(&args.program),
        Some(&args.key),
        args.evaluation.kzg_setup.as_ref(),
    ];
    let sources = inputs.into_iter().flatten().chain(&args.compare);
    read::read_once(sources.map(|path| path.as_os_str()))?;
    let wanted = args.output.iter();
    let wanted: Vec<_> = wanted
        .map(|path| (FileKind::Contract, path.as_path()))
        .collect();
    let named = ["the program", "the key", "the trusted setup"]
        .into_iter()
        .zip(inputs);
    let read: Vec<_> = named
        .filter_map(|(what, path)| Some((what, path?.as_path())))
        .collect();
    let (to, output) = &destinations(&wanted, &read, output)?;
    let program = read_linked(&args.program)?.program;
    let (key, origin) = key(args)?;
    if origin == Some(Origin::Made) && !args.local_key && args.compare.is_none() {
        return Err(Failure::unusable(
            "this key was made on this machine: whoever runs it can make a contract with this key accept proofs of false statements",
        )
        .help("take a key from a ceremony (docs/ceremony.md); for tests, say --local-key"));
    }
    let setup = setup(&args.evaluation, &program)?;
    let refused = |error| Failure::unusable(format!("{}: {error}", read::shown(&args.program)));
    let contract = Contract::new(&key, &program, evaluation(&setup)).map_err(refused)?;
    let source = contract.source(&args.name, origin).map_err(refused)?;
    if let Some(path) = &args.compare {
        let compared = Compared {
            source,
            program_digest: &hex::encode(program.digest()),
            key_digest: &hex::encode(key.digest()),
            origin,
        };
        return compare(path, &compared, output);
    }
    for to in to {
        to.write(|out| out.write_all(source.as_bytes()))?;
        let entries = encoding::length(&program);
        let is_local = origin == Some(Origin::Made);
        let origin = origin.map(|origin| origin.to_string());
        output.answer(
            || {
                json!({
                    "status": "ok",
                    "file": to.path().display().to_string(),
                    "name": args.name,
                    "program_digest": hex::encode(program.digest()),
                    "key": { "digest": hex::encode(key.digest()), "origin": origin },
                    "entries": entries,
                    "evaluation": name(&setup),
                })
            },
            || {
                let made = match is_local {
                    true => "\n  for tests: whoever has the machine that made the key can make it accept false proofs",
                    false => "",
                };
                format!(
                    "wrote the contract {} to {}\n  {:<18}{}\n  {:<18}{}\n  {:<18}{entries} entries, by {}{made}\n",
                    args.name,
                    to.name(),
                    "program digest",
                    hex::encode(program.digest()),
                    "key",
                    hex::encode(key.digest()),
                    "evaluation",
                    match setup {
                        Some(_) => "an opening",
                        None => "a table",
                    },
                )
            },
        )?;
    }
    Ok(Exit::Done)
}

/// The key that is named, and where it came from, as far as it is known here.
fn key(args: &SolidityArgs) -> Result<(VerifyingKey, Option<Origin>), Failure> {
    let store = keys::store(args.keys.dir.clone());
    if read::is_stdin(&args.key) || read::is_there(&args.key) {
        let text = args.key.to_string_lossy();
        let is_name = args.key.components().count() == 1 && !text.contains(['/', '\\', '.']);
        // Whoever put a file of this name here would choose the key.
        if is_name && Tier::named(&text).is_some() {
            return Err(Failure::unusable(format!(
                "{} is the name of a tier, and a file here",
                read::shown(&args.key)
            ))
            .help(format!(
                "write ./{text} for the file, or go to another folder for the key of the key store"
            )));
        }
        let key = given(&args.key)?;
        let held = match store {
            Ok(store) => keys::list(&store)?.contents.entries,
            Err(Error::NoKeyFolder) => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        let digest = key.digest();
        let origins = held.iter().filter(|entry| entry.digest == digest);
        let mut origins: Vec<Origin> = origins.map(|entry| entry.origin).collect();
        // One that was made here may lie beside it as imported.
        origins.sort_by_key(|origin| *origin != Origin::Made);
        return Ok((key, origins.first().copied()));
    }
    let store = store?;
    let found =
        named(&store, &args.key.to_string_lossy(), Entry::is_proving).map_err(|failure| {
            failure.help("name a file, or a key as `provable keys list` shows it")
        })?;
    match found.key {
        Some(key) => Ok((key, Some(found.origin))),
        None => Err(Failure::unusable(
            "this key is for a circuit that this version does not have",
        )),
    }
}

/// Whether the file is this contract, whatever it says about the origin of the key, and of which key and program the contract is.
fn compare(path: &Path, contract: &Compared<'_>, output: &Output) -> Result<Exit, Failure> {
    let text = read::read(path, limits::CONTRACT)?.text;
    let line = difference(&text, &contract.source);
    let name = read::shown(path);
    let Compared {
        program_digest,
        key_digest,
        origin,
        ..
    } = contract;
    let known = origin.map(|origin| origin.to_string());
    output.answer(
        || {
            json!({
                "status": "ok",
                "file": read::name_of(path),
                "same": line.is_none(),
                "line": line,
                "program_digest": program_digest,
                "key": { "digest": key_digest, "origin": known },
            })
        },
        || {
            let verdict = match line {
                None => format!("{name} is the contract of this program and this key"),
                Some(line) => {
                    format!("{name}:{line}: differs from the contract of this program and this key")
                }
            };
            let origin = known.as_deref().unwrap_or("not known here");
            format!(
                "{verdict}\n  {:<18}{program_digest}\n  {:<18}{key_digest}\n  {:<18}{origin}\n",
                "program digest", "key", "origin of the key"
            )
        },
    )?;
    Ok(match line {
        None => Exit::Done,
        Some(_) => Exit::Negative,
    })
}

/// What a file is compared with.
struct Compared<'a> {
    source: String,
    program_digest: &'a str,
    key_digest: &'a str,
    origin: Option<Origin>,
}

/// The first line of a text that is not as in a source; none if all are. Where the source has lines about the origin of the key, and only
/// there, the text has one or more of them. They are what the exporter knew, so they may say anything in printable characters of ASCII: another
/// one may end a comment in Solidity, and what follows would be code.
fn difference(text: &str, source: &str) -> Option<usize> {
    let is_origin = |line: &&str| {
        let is_plain = line.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        line.starts_with(ORIGIN) && is_plain
    };
    let expected: Vec<&str> = source.split('\n').collect();
    let found: Vec<&str> = text.split('\n').collect();
    let start = expected.iter().take_while(|line| !is_origin(line)).count();
    let differs = |(one, other): (&&str, &&str)| one != other;
    let before = found.iter().zip(&expected).take(start);
    if let Some(at) = before.clone().position(differs) {
        return Some(at + 1);
    }
    let origin = |lines: &[&str]| {
        lines
            .iter()
            .skip(start)
            .take_while(|line| is_origin(line))
            .count()
    };
    let (own, theirs) = (origin(&expected), origin(&found));
    if own > 0 && theirs == 0 {
        return Some(found.len().min(start + 1));
    }
    let mut rest = found.iter().skip(start + theirs);
    let mut wanted = expected.iter().skip(start + own);
    for at in start + theirs + 1.. {
        match (rest.next(), wanted.next()) {
            (None, None) => return None,
            (Some(one), Some(other)) if one == other => {}
            _ => return Some(at.min(found.len())),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str =
        "// a\n/// Origin of the key: imported.\n/// Origin of the key: so.\ncode();\n";

    #[test]
    fn lines_about_the_origin_may_differ_and_no_other() {
        let other = "// a\n/// Origin of the key: made.\ncode();\n";
        assert_eq!(difference(SOURCE, SOURCE), None);
        assert_eq!(difference(other, SOURCE), None);
        assert_eq!(difference(SOURCE, other), None);
        for (text, line) in [
            ("// b\n/// Origin of the key: made.\ncode();\n", 1),
            ("// a\ncode();\n", 2),
            ("// a\n/// Origin of the key: made.\ncode2();\n", 3),
            ("// a\n/// Origin of the key: made.\ncode();", 3),
            ("// a\n/// Origin of the key: made.\ncode();\n\n", 5),
            (
                "// a\n/// Origin of the key: made.\ncode();\n/// Origin of the key: made.\n",
                4,
            ),
            ("/// Origin of the key: made.\n// a\ncode();\n", 1),
        ] {
            assert_eq!(difference(text, SOURCE), Some(line), "{text:?}");
        }
    }

    #[test]
    fn a_line_about_the_origin_hides_no_code() {
        for end in [
            '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}', '\u{202e}', '\0',
        ] {
            let text = format!("// a\n/// Origin of the key: so.{end}evil();\ncode();\n");
            assert!(difference(&text, SOURCE).is_some(), "{end:?}");
        }
    }
}
