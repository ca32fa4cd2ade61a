//! Which keys are at hand, and where each came from. Asked of the store again only when a file in it is another one.

use super::session::lock;
use crate::files::version::FileVersion;
use crate::keys;
use provable::store::KeyStore;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Mutex;

/// The keys in one store.
#[derive(Debug)]
pub struct Keys {
    folder: Option<PathBuf>,
    known: Mutex<Known>,
}

/// What was found while the files were these.
#[derive(Debug, Default)]
struct Known {
    files: Vec<FileVersion>,
    origins: HashMap<String, Option<String>>,
}

impl Keys {
    /// The keys in this folder; with none, where the user keeps them.
    pub fn new(folder: Option<PathBuf>) -> Keys {
        Keys {
            folder,
            known: Mutex::default(),
        }
    }

    /// Where the verifying key with this digest, in hexadecimal digits, came from; none if it is not at hand.
    pub fn origin(&self, digest: &str) -> Option<String> {
        let store = keys::store(self.folder.clone()).ok()?;
        let files = files(&store);
        let mut known = lock(&self.known);
        if known.files != files {
            *known = Known {
                files,
                origins: HashMap::new(),
            };
        }
        if let Some(origin) = known.origins.get(digest) {
            return origin.clone();
        }
        let mut hash = [0; 32];
        let entry = match hex::decode_to_slice(digest, &mut hash) {
            Ok(()) => store.find(&hash).ok().flatten(),
            Err(_) => None,
        };
        let origin = entry.map(|entry| entry.origin.to_string());
        known.origins.insert(digest.to_owned(), origin.clone());
        origin
    }
}

/// The files of a store as they are.
fn files(store: &KeyStore) -> Vec<FileVersion> {
    let entries = std::fs::read_dir(store.folder()).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| {
        let ending = path.extension();
        ending.is_some_and(|ending| ending == "pk" || ending == "vk")
    });
    paths.sort();
    paths.iter().map(|path| FileVersion::of(path)).collect()
}
