//! `provable keys`: what is in the key store, and how keys come and go.

use super::args::{KeysAction, KeysArgs};
use super::destination::destinations;
use super::output::Output;
use super::read::bytes;
use super::setup::store_failure;
use crate::errors::failure::{Exit, Failure};
use crate::errors::{SHARE_KEYS, command_line};
use crate::files::identity::FileIdentity;
use crate::files::kind::FileKind;
use crate::files::limits;
use crate::files::real_path::real_path;
use crate::keys::{self, Held};
use provable::circuit::tier::{Tier, UNKNOWN};
use provable::lang::quote::{self, plural, quoted};
use provable::proof::ceremony::Ceremony;
use provable::proof::{KeyError, Origin};
use provable::store::atomic_file::folder_of;
use provable::store::{Entry, KeyStore, Unfinished, regular_file};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::path::Path;

/// The name, in place of a key's, of files whose writing was cut short.
const UNFINISHED: &str = "unfinished";
/// The fewest digits of a digest that name a key: fewer could fit several keys, or be meant as a tier.
const LEAST_DIGITS: usize = 8;

pub fn command(args: &KeysArgs, output: &Output) -> Result<Exit, Failure> {
    let store = keys::store(args.keys.dir.clone())?;
    match &args.action {
        KeysAction::List => list(&store, output)?,
        KeysAction::Export { name, path, out } => {
            // One of the two is required.
            if let Some(path) = path.as_ref().or(out.as_ref()) {
                export(&store, name, path, output)?;
            }
        }
        KeysAction::Import { path } => {
            refuse_ceremony(path)?;
            let key = store.import(&bytes(path, limits::VERIFYING_KEY)?);
            let key = key.map_err(|error| match error {
                KeyError::Io { .. } => store_failure(error),
                error => Failure::unusable(format!("{}: {error}", quote::path(path)))
                    .help("a key for others is the file that `provable keys export` writes"),
            })?;
            let rest = ", which convinces you as far as you trust its maker";
            done(output, "imported", &key, rest)?;
        }
        KeysAction::Remove { name } => remove(&store, name, output)?,
    }
    Ok(Exit::Done)
}

/// A file of a ceremony has a key in it, and more than this command would look at.
fn refuse_ceremony(path: &Path) -> Result<(), Failure> {
    let mut start = Vec::new();
    let file = regular_file::open(path);
    // What cannot be read is told by whoever reads it.
    let is_read = file.is_ok_and(|file| file.take(16).read_to_end(&mut start).is_ok());
    match is_read && Ceremony::begins_with(&start) {
        true => Err(
            Failure::unusable(format!("{} is a file of a ceremony", quote::path(path)))
                .help("`provable ceremony finish FILE` checks it in full and takes its key"),
        ),
        false => Ok(()),
    }
}

fn list(store: &KeyStore, output: &Output) -> Result<(), Failure> {
    let held = keys::list(store)?;
    let unfinished = store.unfinished();
    output.answer(
        || {
            let keys = held.contents.entries.iter().map(to_json);
            let unreadable = held.contents.unreadable.iter().map(KeyError::to_string);
            let left = unfinished.iter().map(
                |left| json!({ "file": left.path.display().to_string(), "bytes": left.bytes }),
            );
            json!({
                "status": "ok",
                "keys": keys.collect::<Vec<_>>(),
                "unreadable": unreadable.collect::<Vec<_>>(),
                "unfinished": left.collect::<Vec<_>>(),
            })
        },
        || to_text(store, &held, &unfinished),
    )
}

fn export(store: &KeyStore, name: &str, path: &Path, output: &Output) -> Result<(), Failure> {
    let folder = real_path(path).map(|real| FileIdentity::of(&folder_of(&real)));
    if folder.is_ok_and(|folder| folder.is_some() && folder == FileIdentity::of(store.folder())) {
        let name = quote::path(path);
        let failure = Failure::unusable(format!("{name} is in the key store itself"));
        let failure = failure.field("file", json!(path.display().to_string()));
        return Err(failure.help("name a file in another folder; nothing was done"));
    }
    let key = named(store, name, Entry::is_proving)?;
    let content = key
        .key
        .as_ref()
        .ok_or_else(|| store_failure(KeyError::UnknownCircuit).help(remove_unknown(store)))?;
    let content = content.to_bytes();
    let (to, output) = destinations(&[(FileKind::Key, path)], &[("the key", &key.path)], output)?;
    for to in &to {
        to.write(|out| out.write_all(&content))?;
        done(&output, "exported", &key, &format!(" to {}", to.name()))?;
    }
    Ok(())
}

/// What to do about keys of other versions.
fn remove_unknown(store: &KeyStore) -> String {
    let call = command_line(store, "keys remove unknown");
    format!("{call} removes all keys of other versions")
}

fn remove(store: &KeyStore, name: &str, output: &Output) -> Result<(), Failure> {
    if name == UNKNOWN {
        let removed = store.remove(name).map_err(store_failure)?;
        return output.answer(
            || json!({ "status": "ok", "removed": removed }),
            || format!("removed {} of other versions\n", plural(removed, "key")),
        );
    }
    if name == UNFINISHED {
        let removed = store.remove_unfinished(|_| true).map_err(store_failure)?;
        return output.answer(
            || json!({ "status": "ok", "removed": removed }),
            || format!("removed {}\n", plural(removed, "unfinished file")),
        );
    }
    // A damaged key has no digest to be found by: the tier's name removes its file, and no other key of that tier.
    if let Some(tier) = Tier::named(name)
        && store.remove_damaged(tier).map_err(store_failure)?
    {
        return output.answer(
            || json!({ "status": "ok", "key": { "tier": name } }),
            || format!("removed the damaged key of tier {name}\n"),
        );
    }
    let key = match named(store, name, |_| false) {
        Ok(key) => key,
        Err(failure) => {
            let tier = Tier::named(name).filter(|tier| !store.has(tier));
            let removed = tier.map_or(Ok(0), |tier| store.remove_unfinished_of(tier));
            return match removed.map_err(store_failure)? {
                0 => Err(failure),
                removed => output.answer(
                    || json!({ "status": "ok", "removed": removed }),
                    || {
                        format!(
                            "removed {} of tier {name}\n",
                            plural(removed, "unfinished file")
                        )
                    },
                ),
            };
        }
    };
    store
        .remove(&hex::encode(key.digest))
        .map_err(store_failure)?;
    done(output, "removed", &key, "")
}

/// The one key of this name; of several, the first one that is preferred, which is the one that convinces the most.
pub(super) fn named(
    store: &KeyStore,
    name: &str,
    is_preferred: impl Fn(&Entry) -> bool,
) -> Result<Entry, Failure> {
    let contents = store.contents().map_err(store_failure)?;
    let mut keys = matching(contents.entries, name);
    if keys.len() > 1 && keys.iter().any(&is_preferred) {
        keys.retain(&is_preferred);
        // The one that the tier's proofs are made with.
        keys.sort_by_key(|key| !matches!(key.origin, Origin::Ceremony(_)));
        keys.truncate(1);
    }
    let shown = quoted(name);
    if keys.len() > 1 {
        return Err(
            Failure::unusable(format!("\"{shown}\" is several keys")).help(format!(
                "name one by its digest, as {} shows it",
                command_line(store, "keys list --json")
            )),
        );
    }
    if let Some(key) = keys.pop() {
        return Ok(key);
    }
    if let Some(error) = contents.unreadable.into_iter().next() {
        return Err(store_failure(error));
    }
    let folder = quote::path(store.folder());
    Err(
        Failure::unusable(format!("no key \"{shown}\" is held in {folder}")).help(format!(
            "a key is named by its tier, or by {LEAST_DIGITS} or more of its digest's first digits: \
             {} shows them; {} makes one",
            command_line(store, "keys list"),
            command_line(store, "setup")
        )),
    )
}

/// The keys of a tier, if `name` is a tier's, else those whose digest starts with it. A key that was made here and
/// imported too is listed once.
fn matching(mut keys: Vec<Entry>, name: &str) -> Vec<Entry> {
    let is_tier = name == UNKNOWN || Tier::named(name).is_some();
    keys.retain(|key| match is_tier {
        true => key.tier == name,
        false => name.len() >= LEAST_DIGITS && hex::encode(key.digest).starts_with(name),
    });
    keys.dedup_by_key(|key| key.digest);
    keys
}

fn can_prove(key: &Entry) -> bool {
    key.is_proving() && key.key.is_some()
}

fn done(output: &Output, verb: &str, key: &Entry, rest: &str) -> Result<(), Failure> {
    output.answer(
        || json!({ "status": "ok", "key": to_json(key) }),
        || format!("{verb} the key of tier {}{rest}\n", key.tier),
    )
}

fn to_json(key: &Entry) -> Value {
    json!({
        "tier": key.tier,
        "digest": hex::encode(key.digest),
        "origin": key.origin.to_string(),
        "can_prove": can_prove(key),
        "can_verify": key.key.is_some(),
        "bytes": key.bytes,
    })
}

fn to_text(store: &KeyStore, held: &Held, unfinished: &[Unfinished]) -> String {
    let (keys, unreadable) = (&held.contents.entries, &held.contents.unreadable);
    let mut text = String::new();
    if !keys.is_empty() {
        table(keys, &mut text);
    } else if unreadable.is_empty() {
        text.push_str(&format!(
            "no keys in {} yet; {} makes one, and `provable prove` the one it needs\n",
            quote::path(store.folder()),
            command_line(store, "setup")
        ));
    }
    if keys.iter().any(|key| key.key.is_none()) {
        text.push_str(&format!(
            "\nunknown: of another version, for a circuit that this one does not have. If it is of a version before \
             0.2.0,\nproofs under it prove nothing of programs with a RET (see SECURITY.md). {}\n",
            remove_unknown(store)
        ));
    }
    for error in unreadable {
        text.push_str(&format!("cannot be read: {error}\n"));
    }
    if !unreadable.is_empty() {
        text.push_str(&format!("{}\n", SHARE_KEYS));
    }
    if !unfinished.is_empty() {
        let bytes: u64 = unfinished.iter().map(|left| left.bytes).sum();
        text.push_str(&format!(
            "{}, {} KB: keys whose making was stopped; {} deletes what they left\n",
            plural(unfinished.len(), "unfinished file"),
            bytes.div_ceil(1 << 10),
            command_line(store, "keys remove unfinished")
        ));
    }
    text
}

/// A line for each key. A column is as wide as what is in it.
fn table(keys: &[Entry], text: &mut String) {
    let head = ["tier", "digest", "size", "origin", "use"].map(str::to_owned);
    let rows = keys.iter().map(|key| {
        let digest = hex::encode(key.digest).chars().take(16).collect();
        let size = format!("{} KB", key.bytes.div_ceil(1 << 10));
        let can = match (can_prove(key), key.key.is_some()) {
            (true, _) => "prove, verify",
            (false, true) => "verify",
            (false, false) => "none",
        };
        let tier = key.tier.to_string();
        [tier, digest, size, key.origin.to_string(), can.to_owned()]
    });
    let rows: Vec<_> = std::iter::once(head).chain(rows).collect();
    let mut widths = [0; 5];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.len().max(*width);
        }
    }
    for row in &rows {
        let cells = row.iter().zip(widths);
        let line: String = cells
            .map(|(cell, width)| format!("{cell:<width$}  "))
            .collect();
        text.push_str(&format!("{}\n", line.trim_end()));
    }
}
