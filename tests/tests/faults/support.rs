//! A folder with a program and a key store, and the command under limits that a shell sets.

use provable_tests::{Answer, SMALLEST, binary, faults, provable};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Lines, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};
use std::sync::OnceLock;

/// Writes the public word and the secret word added up.
const SUM: &str = "READ\nSECRET\nADD\nWRITE\nHALT\n";
const INPUTS: &str = r#"{"public": [35], "secret": [7]}"#;

/// A folder with `sum.prov`, its inputs, and the key store `keys`.
pub struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    /// One without a key.
    pub fn new() -> Place {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("sum.prov"), SUM).unwrap();
        std::fs::write(folder.path().join("sum.inputs.json"), INPUTS).unwrap();
        std::fs::create_dir(folder.path().join("keys")).unwrap();
        Place { folder }
    }

    /// One with the smallest tier's key.
    pub fn with_key() -> Place {
        let place = Place::new();
        std::fs::copy(key(), place.key()).unwrap();
        place
    }

    /// One with a key and a proof.
    pub fn with_proof() -> Place {
        let place = Place::with_key();
        place.prove().status(0);
        place
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// The key's file.
    pub fn key(&self) -> PathBuf {
        self.path("keys").join(key().file_name().unwrap())
    }

    pub fn proof(&self) -> PathBuf {
        self.path("sum.proof.json")
    }

    /// Calls the command with this key store.
    pub fn call(&self, arguments: &[&str]) -> Answer {
        let arguments = arguments.iter().chain(&["--keys", "keys"]);
        provable(arguments).in_folder(self.folder()).call()
    }

    pub fn prove(&self) -> Answer {
        self.call(&["prove", "sum.prov", "--json"])
    }

    pub fn verify(&self) -> Answer {
        self.call(&["verify", "sum.prov", "sum.proof.json", "--json"])
    }

    /// Calls the command behind a line of shell, in which `"$0" "$@"` is the command.
    pub fn shell(&self, script: &str, arguments: &[&str]) -> Output {
        let arguments = [arguments, &["--keys", "keys"]].concat();
        faults::shell(self.folder(), script, &arguments)
    }

    /// Names in the key store, in order.
    pub fn names(&self) -> Vec<String> {
        faults::names(&self.path("keys"))
    }

    /// Names in the key store that end so.
    pub fn ending(&self, ending: &str) -> Vec<String> {
        let mut names = self.names();
        names.retain(|name| name.ends_with(ending));
        names
    }

    /// Whatever happened: each key in the store is whole, and so is the proof, where there is one.
    #[track_caller]
    pub fn is_whole(&self) {
        let list = self.call(&["keys", "list", "--json"]).status(0).json();
        let listed = list["keys"].as_array().unwrap().len();
        assert_eq!(listed, self.ending(".pk").len(), "{:?}", self.names());
        if self.proof().exists() {
            assert_eq!(self.verify().status(0).json()["valid"], true);
        }
    }

    /// The next proof is made, and leaves nothing of what was begun before.
    #[track_caller]
    pub fn recovers(&self) {
        self.prove().status(0);
        self.is_whole();
        assert_eq!(self.ending(".part"), [""; 0]);
        assert_eq!(self.ending(".pk").len(), 1);
    }
}

/// The smallest tier's key, made once.
fn key() -> &'static Path {
    static KEY: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let made = KEY.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().to_str().unwrap();
        provable(["setup", "--tier", SMALLEST, "--keys", keys])
            .call()
            .status(0);
        let files = std::fs::read_dir(folder.path()).unwrap();
        let mut paths = files.map(|file| file.unwrap().path());
        let is_key = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "pk");
        let path = paths.find(is_key).unwrap();
        (folder, path)
    });
    &made.1
}

/// The worker on a plain pipe. It is killed when this is dropped, as kill -9 does.
pub struct Worker {
    process: Child,
    stdin: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Worker {
    pub fn start(place: &Place) -> Worker {
        Worker::limited(place, "exec \"$0\" \"$@\"")
    }

    /// One behind a line of shell.
    pub fn limited(place: &Place, script: &str) -> Worker {
        let mut process = Command::new("sh")
            .args(["-c", script])
            .arg(binary())
            .args(["worker", "--keys", "keys"])
            .current_dir(place.folder())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Worker {
            stdin: process.stdin.take().unwrap(),
            lines: BufReader::new(process.stdout.take().unwrap()).lines(),
            process,
        }
    }

    pub fn send(&mut self, action: &str, mut fields: Value) {
        let inputs: Value = serde_json::from_str(INPUTS).unwrap();
        let program = fields["program"].take();
        let program = program.as_str().unwrap_or(SUM);
        fields["subject"] = json!({ "name": "sum.prov", "program": program, "inputs": inputs });
        let job = json!({ "id": 1, "request": { "do": action, "with": fields } });
        writeln!(self.stdin, "{job}").unwrap();
    }

    pub fn prove(&mut self, place: &Place) {
        let limits =
            json!({ "max_steps": 1000, "max_memory": 1 << 20, "tier": null, "out": place.proof() });
        self.send("prove", limits);
    }

    /// The next message; none when it is gone.
    pub fn hear(&mut self) -> Option<Value> {
        let line = self.lines.next()?.unwrap();
        Some(serde_json::from_str(&line).unwrap())
    }

    /// Hears it until it is in this phase. Whether it was before it ended its job.
    pub fn until(&mut self, phase: &str) -> bool {
        loop {
            let message = self.hear().expect("it goes on");
            match &message["progress"]["phase"] {
                Value::String(name) if name == phase => return true,
                Value::String(_) => {}
                _ => return false,
            }
        }
    }

    /// What the job came to.
    pub fn result(&mut self) -> Option<Value> {
        loop {
            let message = self.hear()?;
            if message["progress"].is_null() {
                return Some(message);
            }
        }
    }

    /// Waits for its end.
    pub fn end(mut self) -> Option<i32> {
        self.process.wait().unwrap().signal()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
