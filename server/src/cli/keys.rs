//! `provable keys`: what is in the key store, and how keys come and go.

use super::args::{KeysAction, KeysArgs};
use super::exit::{Exit, Failure};
use super::input::bytes;
use super::output::Output;
use super::setup::store_failure;
use super::verify::KEY_LIMIT;
use super::write::{self, Audience};
use crate::engine::keys;
use crate::words::plural;
use provable_core::proof::store::{Entry, KeyStore, Origin, UNKNOWN};
use provable_core::proof::tier::Tier;
use provable_core::proof::KeyError;
use serde_json::{json, Value};
use std::io::Write;

/// Runs the command.
pub fn command(args: &KeysArgs, output: &Output) -> Result<Exit, Failure> {
    let store = keys::store(args.keys.dir.clone())?;
    match &args.action {
        KeysAction::List => {
            let held = store.list().map_err(store_failure)?;
            let list = || held.iter().map(to_json).collect::<Vec<_>>();
            output.answer(
                || json!({ "status": "ok", "keys": list() }),
                || to_text(&held),
            )?;
        }
        KeysAction::Export { name, path } => {
            let key = named(&store, name, Some(Origin::Made))?;
            let content = key
                .key
                .as_ref()
                .ok_or_else(|| store_failure(KeyError::UnknownCircuit).help(REMOVE))?;
            let content = content.to_bytes();
            write::whole(path, Audience::Usual, |out| out.write_all(&content))?;
            done(output, "exported", &key, &format!(" to {}", path.display()))?;
        }
        KeysAction::Import { path } => {
            let key = store.import(&bytes(path, KEY_LIMIT)?).map_err(|error| {
                Failure::unusable(format!("{}: {error}", path.display()))
                    .help("a key for others is the file that `provable keys export` writes")
            })?;
            done(
                output,
                "imported",
                &key,
                ", which convinces you as far as you trust its maker",
            )?;
        }
        KeysAction::Remove { name } => {
            remove(&store, name, output)?;
        }
    }
    Ok(Exit::Done)
}

/// What to do about keys that serve nothing here.
const REMOVE: &str = "`provable keys remove unknown` removes all keys of other versions";

fn remove(store: &KeyStore, name: &str, output: &Output) -> Result<(), Failure> {
    if name == UNKNOWN {
        let removed = store.remove(name).map_err(store_failure)?;
        return output.answer(
            || json!({ "status": "ok", "removed": removed }),
            || format!("removed {} of other versions\n", plural(removed, "key")),
        );
    }
    // A damaged key has no digest to be found by: the tier's name still removes its file.
    let key = match named(store, name, None) {
        Ok(key) => key,
        Err(failure) => {
            let known = Tier::named(name).is_some_and(|tier| store.has(tier));
            if !known || matching(store, name)?.len() > 1 {
                return Err(failure);
            }
            store.remove(name).map_err(store_failure)?;
            return output.answer(
                || json!({ "status": "ok", "key": { "tier": name } }),
                || format!("removed the damaged key of tier {name}\n"),
            );
        }
    };
    store
        .remove(&hex::encode(key.digest))
        .map_err(store_failure)?;
    done(output, "removed", &key, "")
}

/// The one key of this name; of several, the one of the preferred origin.
fn named(store: &KeyStore, name: &str, preferred: Option<Origin>) -> Result<Entry, Failure> {
    let mut keys = matching(store, name)?;
    if keys.len() > 1 && keys.iter().any(|key| Some(key.origin) == preferred) {
        keys.retain(|key| Some(key.origin) == preferred);
    }
    if keys.len() > 1 {
        return Err(Failure::unusable(format!("{name:?} is several keys"))
            .help("name one by its digest, as `provable keys list --json` shows it"));
    }
    keys.pop().ok_or_else(|| {
        Failure::unusable(format!("no key {name:?} is held here"))
            .help("`provable keys list` shows the keys; `provable setup` makes one")
    })
}

/// The keys of a tier; if there are none, those whose digest starts so. A key made here that has been imported too
/// comes once.
fn matching(store: &KeyStore, name: &str) -> Result<Vec<Entry>, Failure> {
    let mut keys = store.list().map_err(store_failure)?;
    let of_tier = keys.iter().any(|key| key.tier == name);
    keys.retain(|key| match of_tier {
        true => key.tier == name,
        false => !name.is_empty() && hex::encode(key.digest).starts_with(name),
    });
    keys.dedup_by_key(|key| key.digest);
    Ok(keys)
}

fn can_prove(key: &Entry) -> bool {
    key.origin == Origin::Made && key.key.is_some()
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

fn to_text(held: &[Entry]) -> String {
    if held.is_empty() {
        return "no keys yet; `provable setup` makes one, and `provable prove` the one it needs\n"
            .into();
    }
    let mut text = format!(
        "{:<10}{:<18}{:<10}{:<22}{}\n",
        "tier", "digest", "size", "origin", "use"
    );
    for key in held {
        let digest: String = hex::encode(key.digest).chars().take(16).collect();
        let size = format!("{} KB", key.bytes.div_ceil(1 << 10));
        let can = match (can_prove(key), key.key.is_some()) {
            (true, _) => "prove, verify",
            (false, true) => "verify",
            (false, false) => "none",
        };
        let origin = key.origin.to_string();
        text.push_str(&format!(
            "{:<10}{digest:<18}{size:<10}{origin:<22}{can}\n",
            key.tier
        ));
    }
    if held.iter().any(|key| key.key.is_none()) {
        text.push_str(&format!(
            "\nunknown: of another version, for a circuit that this one does not have. If it is of a version before \
             0.2.0,\nproofs under it prove nothing of programs with a RET (see SECURITY.md). {REMOVE}\n"
        ));
    }
    text
}
