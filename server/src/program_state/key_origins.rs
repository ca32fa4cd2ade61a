//! Where the keys of a store came from. The store is searched again only when a key file in it changed.

use crate::files::version::FileVersion;
use crate::keys;
use crate::mutex::lock;
use provable::proof::Origin;
use provable::store::KeyStore;
use provable_host::fs;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Mutex;

/// Whether this is the origin of a key that was made here, which convinces its maker alone.
pub fn is_made_here(origin: &str) -> bool {
    origin == Origin::Made.to_string()
}

/// The origins of the keys in one store.
#[derive(Debug)]
pub struct KeyOrigins {
    folder: Option<PathBuf>,
    cache: Mutex<Cache>,
}

/// What was found while the key files were these.
#[derive(Debug, Default)]
struct Cache {
    files: Vec<FileVersion>,
    origins: HashMap<String, Option<String>>,
}

impl KeyOrigins {
    /// The keys in this folder; with none, in the default folder.
    pub fn new(folder: Option<PathBuf>) -> KeyOrigins {
        KeyOrigins {
            folder,
            cache: Mutex::default(),
        }
    }

    /// Where the verifying key with this digest, in hexadecimal digits, came from; none if it is not in the store.
    pub fn origin(&self, digest: &str) -> Option<String> {
        let store = keys::store(self.folder.clone()).ok()?;
        let files = files(&store);
        let mut cache = lock(&self.cache);
        if cache.files != files {
            *cache = Cache {
                files,
                origins: HashMap::new(),
            };
        }
        if let Some(origin) = cache.origins.get(digest) {
            return origin.clone();
        }
        let mut hash = [0; 32];
        let entry = match hex::decode_to_slice(digest, &mut hash) {
            Ok(()) => store.find(&hash).ok().flatten(),
            Err(_) => None,
        };
        let origin = entry.map(|entry| entry.origin.to_string());
        cache.origins.insert(digest.to_owned(), origin.clone());
        origin
    }
}

/// The key files of a store at present.
fn files(store: &KeyStore) -> Vec<FileVersion> {
    let entries = fs::read_dir(store.folder()).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| {
        let ending = path.extension();
        ending.is_some_and(|ending| ending == "pk" || ending == "vk")
    });
    paths.sort();
    paths.iter().map(|path| FileVersion::of(path)).collect()
}
