//! The client's spelling of URIs and versions that were repaired. It is put back into what the server sends: many clients
//! compare URIs and versions as text.

use super::uris::{encoded, is_address};
use crate::mutex::lock;
use serde_json::{Map, Value};
use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use tower_lsp_server::jsonrpc::{Request, Response};

/// The most URIs that are remembered. Then all are dropped, and each is remembered again when the client sends it again.
const MAX_URIS: usize = 10_000;
/// The most versions that are remembered, the last ones: the server sends only recent versions.
const MAX_VERSIONS: usize = 1_000;

/// The fields that hold a URI.
pub const URI_FIELDS: [&str; 8] = [
    "uri",
    "rootUri",
    "scopeUri",
    "oldUri",
    "newUri",
    "baseUri",
    "targetUri",
    "href",
];

/// The repaired spellings with those of the client.
#[derive(Debug, Default)]
pub struct Spelling {
    /// Whether anything was repaired. With most clients nothing is.
    are_any: AtomicBool,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// The client's spellings by the repaired ones.
    uris: HashMap<String, String>,
    /// The length of the longest repaired spelling, so that no longer text is looked up.
    longest: usize,
    versions: VecDeque<(i32, Value)>,
    next: u32,
}

impl Spelling {
    /// Repairs a URI, and remembers the client's spelling.
    pub fn repair_uri(&self, text: &mut String) {
        if let Some(ours) = encoded(text) {
            let theirs = std::mem::replace(text, ours.clone());
            self.change(|known| known.add(ours, theirs, false));
        }
    }

    /// As [`Self::repair_uri`], for a string that may be no URI: only an address and the name of a known document are
    /// repaired.
    pub fn repair_argument(&self, text: &mut String) {
        let is_known = || {
            let ours = encoded(text);
            ours.is_some_and(|ours| lock(&self.known).uris.contains_key(&ours))
        };
        if is_address(text) || is_known() {
            self.repair_uri(text);
        }
    }

    /// As [`Self::repair_uri`], in the message that opens the document: its spelling replaces earlier ones.
    pub fn repair_opened_uri(&self, text: &mut String) {
        match encoded(text) {
            Some(ours) => {
                let theirs = std::mem::replace(text, ours.clone());
                self.change(|known| known.add(ours, theirs, true));
            }
            None if self.are_any.load(Ordering::Relaxed) => {
                lock(&self.known).uris.remove(text);
            }
            None => {}
        }
    }

    /// A version in place of one that cannot be parsed. These versions are negative, unlike those of clients, and each is
    /// used once: equal versions mean equal texts.
    pub fn version(&self, theirs: Value) -> i32 {
        self.change(|known| {
            let ours = i32::MIN.wrapping_add_unsigned(known.next % (1 << 31));
            known.next = known.next.wrapping_add(1);
            known.versions.push_back((ours, theirs));
            if known.versions.len() > MAX_VERSIONS {
                known.versions.pop_front();
            }
            ours
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut Known) -> T) -> T {
        self.are_any.store(true, Ordering::Relaxed);
        change(&mut lock(&self.known))
    }

    /// A response in the spelling of the client.
    pub fn respelled(&self, response: Response) -> Response {
        if !self.are_any.load(Ordering::Relaxed) {
            return response;
        }
        let (id, body) = response.into_parts();
        let body = body.map(|mut value| {
            lock(&self.known).put_back(&mut value);
            value
        });
        Response::from_parts(id, body)
    }

    /// A request or notification of the server in the spelling of the client.
    pub fn respelled_request(&self, request: Request) -> Request {
        if !self.are_any.load(Ordering::Relaxed) {
            return request;
        }
        let (method, id, params) = request.into_parts();
        let mut built = Request::build(method);
        if let Some(mut params) = params {
            lock(&self.known).put_back(&mut params);
            built = built.params(params);
        }
        match id {
            Some(id) => built.id(id).finish(),
            None => built.finish(),
        }
    }
}

impl Known {
    fn add(&mut self, ours: String, theirs: String, replaces: bool) {
        if self.uris.len() >= MAX_URIS && !self.uris.contains_key(&ours) {
            self.uris.clear();
        }
        self.longest = self.longest.max(ours.len());
        match replaces {
            true => drop(self.uris.insert(ours, theirs)),
            false => drop(self.uris.entry(ours).or_insert(theirs)),
        }
    }

    fn theirs(&self, text: &str) -> Option<&String> {
        self.uris.get(text).filter(|_| text.len() <= self.longest)
    }

    /// Puts back URIs, which are known by the names of their fields. Any other string is text and is unchanged.
    fn put_back(&self, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.put_back(item)),
            Value::Object(fields) => self.put_back_fields(fields),
            _ => {}
        }
    }

    fn put_back_string(&self, text: &mut String) {
        if let Some(theirs) = self.theirs(text) {
            text.clone_from(theirs);
        }
    }

    fn put_back_field(&self, key: &str, value: &mut Value) {
        match (key, &mut *value) {
            (key, Value::String(text)) if URI_FIELDS.contains(&key) => self.put_back_string(text),
            ("arguments", Value::Array(items)) => {
                for item in items {
                    match item {
                        Value::String(text) => self.put_back_string(text),
                        other => self.put_back(other),
                    }
                }
            }
            // The keys of `changes` are URIs.
            ("changes", Value::Object(fields)) => {
                let old = std::mem::take(fields);
                fields.extend(old.into_iter().map(|(mut key, value)| {
                    self.put_back_string(&mut key);
                    (key, value)
                }));
                self.put_back(value);
            }
            _ => self.put_back(value),
        }
    }

    fn put_back_fields(&self, fields: &mut Map<String, Value>) {
        let version = fields.get("version").and_then(Value::as_i64);
        let known = version.and_then(|ours| {
            let found = self
                .versions
                .iter()
                .find(|(one, _)| i64::from(*one) == ours);
            found.map(|(_, theirs)| theirs)
        });
        match known {
            // In diagnostics the version may be missing, in an edit it may be null.
            Some(Value::Null) if fields.contains_key("diagnostics") => {
                fields.remove("version");
            }
            Some(theirs) => {
                fields.insert("version".into(), theirs.clone());
            }
            None => {}
        }
        for (key, value) in fields {
            self.put_back_field(key, value);
        }
    }
}
