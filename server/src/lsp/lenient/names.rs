//! The client's own spelling of what had to be mended, to be put back into what it is told: many clients compare URIs
//! and versions as they stand.

use super::uris::{encoded, is_address};
use crate::lsp::session::lock;
use serde_json::{Map, Value};
use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use tower_lsp_server::jsonrpc::{Request, Response};

/// The most URIs that are remembered. Past it they are forgotten, and come back as the client names them again.
const MOST_URIS: usize = 10_000;
/// The most versions that are remembered, the last ones. Only what was just said of a text is told with a version.
const MOST_VERSIONS: usize = 1_000;

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

/// What was mended, and what it was.
#[derive(Debug, Default)]
pub struct Names {
    /// Whether there is any: with most clients there never is.
    are_any: AtomicBool,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// The client's spelling by ours.
    uris: HashMap<String, String>,
    /// The length of the longest of our spellings, so that no long text is ever looked up.
    longest: usize,
    versions: VecDeque<(i32, Value)>,
    next: u32,
}

impl Names {
    /// Gives a URI the form that the protocol's types take, and remembers the client's.
    pub fn mend_uri(&self, text: &mut String) {
        if let Some(ours) = encoded(text) {
            let theirs = std::mem::replace(text, ours.clone());
            self.change(|known| known.add(ours, theirs, false));
        }
    }

    /// As [`Self::mend_uri`], where there may be any text: what is neither an address nor the name of a known text is
    /// left alone.
    pub fn mend_argument(&self, text: &mut String) {
        let is_known = || {
            let ours = encoded(text);
            ours.is_some_and(|ours| lock(&self.known).uris.contains_key(&ours))
        };
        if is_address(text) || is_known() {
            self.mend_uri(text);
        }
    }

    /// As [`Self::mend_uri`], in the message that opens the document: its spelling is the one that counts.
    pub fn mend_opened(&self, text: &mut String) {
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

    /// A version of our own for one that the protocol's types do not take. They are negative, as no client's are, and
    /// each is another one, since equal versions mean equal texts.
    pub fn version(&self, theirs: Value) -> i32 {
        self.change(|known| {
            let ours = i32::MIN.wrapping_add_unsigned(known.next % (1 << 31));
            known.next = known.next.wrapping_add(1);
            known.versions.push_back((ours, theirs));
            if known.versions.len() > MOST_VERSIONS {
                known.versions.pop_front();
            }
            ours
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut Known) -> T) -> T {
        self.are_any.store(true, Ordering::Relaxed);
        change(&mut lock(&self.known))
    }

    /// A response in the client's own spelling.
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

    /// A request or notification of the server in the client's own spelling.
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
    fn add(&mut self, ours: String, theirs: String, counts: bool) {
        if self.uris.len() >= MOST_URIS && !self.uris.contains_key(&ours) {
            self.uris.clear();
        }
        self.longest = self.longest.max(ours.len());
        match counts {
            true => drop(self.uris.insert(ours, theirs)),
            false => drop(self.uris.entry(ours).or_insert(theirs)),
        }
    }

    fn theirs(&self, text: &str) -> Option<&String> {
        self.uris.get(text).filter(|_| text.len() <= self.longest)
    }

    /// Puts back what is a URI, by the name of its field: any other string is text of somebody's, and stays.
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
            // The changes of an edit are told by document.
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
            // Diagnostics may have no version, an edit may have null for one.
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
