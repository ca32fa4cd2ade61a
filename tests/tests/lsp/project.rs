//! A folder with a program of several files, and a client that has some of them open.

use crate::fixture::keys;
use provable_tests::lsp::{Client, capabilities, uri};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// A folder with files, and a client that has some of them open.
pub struct Project {
    pub folder: tempfile::TempDir,
    pub client: Client,
}

impl Project {
    /// The files in a new folder, and a modern client.
    pub fn new(files: &[(&str, &str)]) -> Project {
        Project::with(files, keys(), &capabilities())
    }

    /// The files in a new folder, and a client with these capabilities, with the keys and the cache in `keys`.
    pub fn with(files: &[(&str, &str)], keys: &Path, capabilities: &Value) -> Project {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let client = Client::start(keys, capabilities, &[folder.path()]);
        Project { folder, client }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    pub fn uri(&self, name: &str) -> String {
        uri(&self.path(name))
    }

    /// Opens a file as it is on disk. Returns its diagnostics.
    pub fn open(&mut self, name: &str) -> Vec<Value> {
        let text = std::fs::read_to_string(self.path(name)).unwrap();
        let uri = self.uri(name);
        self.client.open(&uri, &text);
        self.client.diagnostics(&uri, 1)
    }

    /// Opens a file as it is on disk.
    pub fn begin(&mut self, name: &str) {
        let text = std::fs::read_to_string(self.path(name)).unwrap();
        let uri = self.uri(name);
        self.client.open(&uri, &text);
    }

    /// Asks about the place after the first occurrence of `before` in a file as it is on disk.
    pub fn ask(
        &mut self,
        method: &str,
        name: &str,
        before: &str,
        more: Value,
    ) -> Result<Value, Value> {
        let text = std::fs::read_to_string(self.path(name)).unwrap();
        let end = text.find(before).expect("it is there") + before.len();
        let mut params = json!({
            "textDocument": { "uri": self.uri(name) },
            "position": position(&text, end),
        });
        for (key, value) in more.as_object().unwrap() {
            params[key] = value.clone();
        }
        let id = self.client.ask(method, params);
        self.client.answer(id)
    }

    /// The code actions at a line of a file, for these diagnostics.
    pub fn actions(&mut self, name: &str, line: u64, diagnostics: &[Value]) -> Vec<Value> {
        let at = json!({ "line": line, "character": 0 });
        let params = json!({
            "textDocument": { "uri": self.uri(name) },
            "range": { "start": at, "end": at },
            "context": { "diagnostics": diagnostics },
        });
        let found = self.client.request("textDocument/codeAction", params);
        found.as_array().unwrap().clone()
    }

    /// Does what a lens or a code action says.
    pub fn perform(&mut self, command: &Value) -> Result<Value, Value> {
        let params = json!({ "command": command["command"], "arguments": command["arguments"] });
        let id = self.client.ask("workspace/executeCommand", params);
        self.client.answer(id)
    }

    /// Waits until a version of a file has diagnostics for which this is true.
    pub fn until(
        &mut self,
        name: &str,
        version: i64,
        wanted: impl Fn(&[Value]) -> bool,
    ) -> Vec<Value> {
        let uri = self.uri(name);
        loop {
            let found = self.client.diagnostics(&uri, version);
            if wanted(&found) {
                return found;
            }
        }
    }

    /// Runs a command and waits for its progress to end.
    pub fn complete(&mut self, command: &str, name: &str) {
        let uri = self.uri(name);
        let job = self.client.execute(command, &uri).unwrap();
        self.client.progress(&format!("provable/{}", job["job"]));
    }

    /// The labels of a file's hints, each after its line.
    pub fn hints(&mut self, name: &str) -> Vec<String> {
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
        let params = json!({ "textDocument": { "uri": self.uri(name) }, "range": range });
        let hints = self.client.request("textDocument/inlayHint", params);
        let hints = hints.as_array().unwrap().iter();
        hints
            .map(|hint| {
                let line = &hint["position"]["line"];
                format!("{line}: {}", hint["label"].as_str().unwrap())
            })
            .collect()
    }

    pub fn test(&mut self, name: &str, id: Option<&str>) -> Result<Value, Value> {
        let params = json!({
            "command": "provable.test",
            "arguments": [{ "uri": self.uri(name), "id": id }],
        });
        let id = self.client.ask("workspace/executeCommand", params);
        self.client.answer(id)
    }
}

/// The position of an offset in a text without characters outside ASCII.
fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let line = before.rsplit('\n').next().unwrap();
    json!({ "line": before.matches('\n').count(), "character": line.len() })
}

/// A text without characters outside ASCII after edits.
pub fn edited(text: &str, edits: &Value) -> String {
    let offset = |at: &Value| {
        let (line, column) = (
            at["line"].as_u64().unwrap(),
            at["character"].as_u64().unwrap(),
        );
        let lines = text.split_inclusive('\n').take(line as usize);
        lines.map(str::len).sum::<usize>() + column as usize
    };
    let edits = edits.as_array().unwrap().iter();
    let mut edits: Vec<_> = edits
        .map(|edit| {
            let range = &edit["range"];
            (
                offset(&range["start"]),
                offset(&range["end"]),
                edit["newText"].as_str().unwrap(),
            )
        })
        .collect();
    edits.sort_unstable();
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}

pub fn errors(found: &[Value]) -> Vec<&str> {
    let errors = found.iter().filter(|one| one["severity"] == 1);
    errors.map(|one| one["message"].as_str().unwrap()).collect()
}

pub fn has_error(found: &[Value], part: &str) -> bool {
    errors(found).iter().any(|message| message.contains(part))
}

pub fn line(one: &Value) -> u64 {
    one["range"]["start"]["line"].as_u64().unwrap()
}

pub const MAIN: &str = ".use \"./lib/math\"\nPUSH 3\nCALL math.twice\nWRITE\nHALT\n";
pub const MATH: &str =
    ".use \"./base\"\n.routine twice ( a -- b )\nCALL base.half\nPUSH 4\nMUL\nRET\n";
pub const BASE: &str = ".routine half ( a -- b )\nPUSH 2\nDIV\nRET\n";

/// A program, the file that it uses, and the file that this one uses.
pub fn three() -> Project {
    Project::new(&[
        ("main.prov", MAIN),
        ("lib/math.prov", MATH),
        ("lib/base.prov", BASE),
    ])
}
