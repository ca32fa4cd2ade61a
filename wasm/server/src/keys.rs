//! The keys in the store, for the host's user: to see them, to give one to others, and to take one from others.

use provable::store::KeyStore;
use provable_server::web::jobs::KEYS;
use provable_wasm_abi::{answer, export};
use serde_json::{Value, json};

/// Answers with a value, or with an error for a person.
fn told(result: Result<Value, String>) -> u32 {
    let value = match result {
        Ok(value) => json!({ "value": value }),
        Err(error) => json!({ "error": error }),
    };
    answer::set(value.to_string().into_bytes());
    crate::outgoing::files_written();
    0
}

fn list() -> Result<Value, String> {
    let entries = KeyStore::open(KEYS)
        .list()
        .map_err(|error| error.to_string())?;
    let keys = entries.iter().map(|entry| {
        json!({
            "tier": entry.tier,
            "digest": hex::encode(entry.digest),
            "origin": entry.origin.to_string(),
        })
    });
    Ok(keys.collect())
}

fn exported(digest: &str) -> Result<Value, String> {
    let mut hash = [0; 32];
    hex::decode_to_slice(digest, &mut hash)
        .map_err(|_| format!("{digest:?} is no digest of a key: 64 hexadecimal digits"))?;
    let entry = KeyStore::open(KEYS)
        .find(&hash)
        .map_err(|error| error.to_string())?;
    let key = entry
        .and_then(|entry| entry.key)
        .ok_or("there is no such key")?;
    Ok(json!(hex::encode(key.to_bytes())))
}

fn imported(bytes: Option<Vec<u8>>) -> Result<Value, String> {
    let bytes = bytes.ok_or("there are no bytes")?;
    let entry = KeyStore::open(KEYS)
        .import(&bytes)
        .map_err(|error| error.to_string())?;
    Ok(json!({ "tier": entry.tier, "digest": hex::encode(entry.digest) }))
}

export! {
    /// Answers with the list of the keys, each with `tier`, `digest` and `origin`.
    pub fn list_keys() -> u32 {
        told(list())
    }

    /// Answers with the verifying key of a digest. Both are hexadecimal.
    pub fn export_key(digest: Option<Vec<u8>>) -> u32 {
        let digest = digest.unwrap_or_default();
        told(exported(&String::from_utf8_lossy(&digest)))
    }

    /// Takes a verifying key of another person, and answers with its `tier` and `digest`.
    pub fn import_key(bytes: Option<Vec<u8>>) -> u32 {
        told(imported(bytes))
    }
}
