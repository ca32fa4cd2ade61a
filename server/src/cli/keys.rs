//! `provable keys`: what is in the key store, and how keys come and go.

use super::args::{KeysAction, KeysArgs};
use super::exit::{Exit, Failure};
use super::output::Output;
use super::setup::store_failure;
use provable_core::proof::store::{Held, KeyStore};
use serde_json::{json, Value};

/// Runs the command.
pub fn command(args: &KeysArgs, output: &Output) -> Result<Exit, Failure> {
    let store = KeyStore::open(args.keys.dir.clone()).map_err(store_failure)?;
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
            let key = store.export(name, path).map_err(store_failure)?;
            done(output, "exported", &key, &format!("to {}", path.display()))?;
        }
        KeysAction::Import { path } => {
            let key = store.import(path).map_err(store_failure)?;
            done(
                output,
                "imported",
                &key,
                "which convinces you as far as you trust its maker",
            )?;
        }
        KeysAction::Remove { name } => {
            let key = store.remove(name).map_err(store_failure)?;
            done(output, "removed", &key, "")?;
        }
    }
    Ok(Exit::Done)
}

fn done(output: &Output, verb: &str, key: &Held, rest: &str) -> Result<(), Failure> {
    output.answer(
        || json!({ "status": "ok", "key": to_json(key) }),
        || {
            format!("{verb} the key of tier {} {rest}", key.tier)
                .trim_end()
                .to_string()
                + "\n"
        },
    )
}

fn to_json(key: &Held) -> Value {
    json!({
        "tier": key.tier,
        "digest": hex::encode(key.digest),
        "origin": key.origin.to_string(),
        "can_prove": key.can_prove,
        "bytes": key.bytes,
    })
}

fn to_text(held: &[Held]) -> String {
    if held.is_empty() {
        return "no keys yet; `provable setup` makes one, and `provable prove` the one it needs\n"
            .into();
    }
    let mut text = format!(
        "{:<10}{:<18}{:<10}{:<14}{}\n",
        "tier", "digest", "size", "origin", "use"
    );
    for key in held {
        let digest: String = hex::encode(key.digest).chars().take(16).collect();
        let size = format!("{} MB", key.bytes.div_ceil(1 << 20));
        let can = if key.can_prove {
            "prove, verify"
        } else {
            "verify"
        };
        let origin = key.origin.to_string();
        text.push_str(&format!(
            "{:<10}{digest:<18}{size:<10}{origin:<14}{can}\n",
            key.tier
        ));
    }
    text
}
