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
        return compare(path, &source, output);
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

/// Whether the file has these lines, whatever it says about the origin of the key.
fn compare(path: &Path, source: &str, output: &Output) -> Result<Exit, Failure> {
    let text = read::read(path, limits::CONTRACT)?.text;
    let lines = |text: &str| -> Vec<(usize, String)> {
        let lines = (1..).zip(text.split('\n'));
        let lines = lines.filter(|(_, line)| !line.starts_with(ORIGIN));
        lines.map(|(at, line)| (at, line.to_string())).collect()
    };
    let (found, expected) = (lines(&text), lines(source));
    let differing = found
        .iter()
        .zip(&expected)
        .find(|(one, other)| one.1 != other.1);
    let line = match differing {
        Some(((line, _), _)) => Some(*line),
        None if found.len() == expected.len() => None,
        None => Some(found.last().map_or(1, |(line, _)| *line)),
    };
    let name = read::shown(path);
    output.answer(
        || json!({ "status": "ok", "file": read::name_of(path), "same": line.is_none(), "line": line }),
        || match line {
            None => format!("{name} is the contract of this program and this key\n"),
            Some(line) => format!("{name}:{line}: differs from the contract of this program and this key\n"),
        },
    )?;
    Ok(match line {
        None => Exit::Done,
        Some(_) => Exit::Negative,
    })
}
