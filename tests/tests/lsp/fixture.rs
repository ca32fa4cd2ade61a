//! A folder with a program and a client that has it open.

use provable_tests::lsp::{Client, capabilities, uri};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Keys that every session of this binary may use, so that the key of the smallest tier is made once.
pub fn keys() -> &'static Path {
    static KEYS: OnceLock<tempfile::TempDir> = OnceLock::new();
    KEYS.get_or_init(|| tempfile::tempdir().unwrap()).path()
}

/// A folder with a program, and a client that has it open.
pub struct Fixture {
    pub folder: tempfile::TempDir,
    pub client: Client,
    pub uri: String,
}

impl Fixture {
    /// Opens a program as a modern client does.
    pub fn new(text: &str) -> Fixture {
        Fixture::with(text, keys(), &capabilities())
    }

    /// Opens a program as a client with these capabilities does, with its keys in `keys`.
    pub fn with(text: &str, keys: &Path, capabilities: &Value) -> Fixture {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sum.prov");
        std::fs::write(&path, text).unwrap();
        let mut client = Client::start(keys, capabilities, &[folder.path()]);
        let uri = uri(&path);
        client.open(&uri, text);
        Fixture {
            folder,
            client,
            uri,
        }
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a command and waits for its progress to end.
    pub fn complete(&mut self, command: &str) -> Vec<Value> {
        let job = self.client.execute(command, &self.uri).unwrap();
        self.client.progress(&format!("provable/{}", job["job"]))
    }

    /// The states of the run and of the proof.
    pub fn states(&mut self) -> (String, String) {
        let status = self.client.status(&self.uri);
        let state = |name: &str| status[name]["state"].as_str().unwrap().to_owned();
        (state("run"), state("proof"))
    }

    /// The titles of the program's lenses, a line each.
    pub fn lenses(&mut self) -> String {
        self.client.lenses(&self.uri).join("\n")
    }

    /// Closes the program's text.
    pub fn close(&mut self) {
        let document = json!({ "textDocument": { "uri": self.uri } });
        self.client.notify("textDocument/didClose", document);
    }

    /// Tells that files of the folder changed on disk.
    pub fn changed(&mut self, names: &[&str]) {
        let changes: Vec<Value> = names
            .iter()
            .map(|name| json!({ "uri": uri(&self.path(name)), "type": 2 }))
            .collect();
        let changes = json!({ "changes": changes });
        self.client
            .notify("workspace/didChangeWatchedFiles", changes);
    }

    /// Sets how many steps a run may take, and waits until the setting has effect. A lens that is turned off with it shows
    /// that.
    pub fn limit(&mut self, steps: u64, lens: &str) {
        self.client.settings =
            json!({ "limits": { "steps": steps }, "lens": { lens.to_lowercase(): false } });
        let settings = json!({ "settings": null });
        self.client
            .notify("workspace/didChangeConfiguration", settings);
        let uri = self.uri.clone();
        self.client.refreshed(|client| {
            let is_off = !client.lenses(&uri).iter().any(|one| one == lens);
            is_off.then_some(())
        });
    }
}
