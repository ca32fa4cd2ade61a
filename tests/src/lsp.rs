//! A client that speaks the protocol and nothing else: it starts `provable lsp`, as any editor does, and talks to it
//! over the pipe. Whatever the server asks of it, it answers as a plain client would, and it keeps what it was told.

mod observed;

use crate::command::binary;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long anything may take before a test gives up. Far longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(240);

/// A client with its server.
pub struct Client {
    process: Child,
    stdin: Option<ChildStdin>,
    incoming: Receiver<Value>,
    /// Notifications and requests of the server that nobody has looked for yet.
    waiting: VecDeque<Value>,
    next: u64,
    received: Arc<AtomicU64>,
    /// Whether requests to fetch something again are left unanswered until [`Client::answer_late`].
    pub answers_late: bool,
    late: Vec<Value>,
    /// What `workspace/configuration` is answered with.
    pub settings: Value,
    /// What `initialize` answered.
    pub offered: Value,
}

/// Everything that a modern client says it can do.
pub fn capabilities() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "window": { "workDoneProgress": true },
        "workspace": {
            "configuration": true,
            "codeLens": { "refreshSupport": true },
            "inlayHint": { "refreshSupport": true },
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "didChangeConfiguration": { "dynamicRegistration": true },
        },
        "textDocument": {
            "completion": { "completionItem": { "snippetSupport": true } },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "publishDiagnostics": { "relatedInformation": true },
        },
    })
}

impl Client {
    /// Starts a server with its keys in `keys`, and initializes it with these capabilities and folders.
    pub fn start(keys: &Path, capabilities: &Value, folders: &[&Path]) -> Client {
        let mut client = Client::spawn(keys);
        let folders: Vec<Value> = folders
            .iter()
            .map(|folder| json!({ "uri": uri(folder), "name": "folder" }))
            .collect();
        client.offered = client.request(
            "initialize",
            json!({ "processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folders }),
        );
        client.notify("initialized", json!({}));
        client
    }

    /// Starts a server and says nothing to it.
    pub fn spawn(keys: &Path) -> Client {
        Client::of(&mut Client::command(keys))
    }

    /// What starts a server, before it is started.
    pub fn command(keys: &Path) -> Command {
        let mut command = Command::new(binary());
        command
            .args(["lsp", "--keys"])
            .arg(keys)
            // Where it keeps the reference that codes lead to.
            .env("XDG_CACHE_HOME", keys)
            .env_remove("PROVABLE_LOG")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        command
    }

    /// Starts a server that a command starts, and says nothing to it.
    pub fn of(command: &mut Command) -> Client {
        let mut process = command.spawn().expect("the binary starts");
        let stdout = process.stdout.take().expect("standard output is a pipe");
        let (sender, incoming) = channel();
        let received = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&received);
        std::thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            while let Some((message, bytes)) = receive_counted(&mut stdout) {
                count.fetch_add(bytes, Ordering::Relaxed);
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Client {
            stdin: process.stdin.take(),
            process,
            incoming,
            waiting: VecDeque::new(),
            next: 0,
            received,
            answers_late: false,
            late: Vec::new(),
            settings: Value::Null,
            offered: Value::Null,
        }
    }

    /// The server's process.
    pub fn process(&mut self) -> &mut Child {
        &mut self.process
    }

    /// Sends a message as it is.
    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Sends bytes as they are.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().expect("standard input is open");
        stdin.write_all(bytes).expect("the server reads");
        stdin.flush().expect("the server reads");
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and does not wait for its answer.
    pub fn ask(&mut self, method: &str, params: Value) -> u64 {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The answer to a request: its result or its error.
    pub fn answer(&mut self, id: u64) -> Result<Value, Value> {
        let message = self.take(&format!("an answer to request {id}"), |message| {
            message["id"] == id && message.get("method").is_none()
        });
        match message.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(message["result"].clone()),
        }
    }

    /// Sends a request and gives its result.
    #[track_caller]
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id)
            .unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Waits for a notification or a request of the server.
    pub fn wait(&mut self, method: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let message = self.take(method, |message| {
            message["method"] == method && wanted(&message["params"])
        });
        message["params"].clone()
    }

    /// What was told so far in notifications of this name and nobody looked for; it is forgotten.
    pub fn told(&mut self, method: &str) -> Vec<Value> {
        while let Ok(message) = self.incoming.try_recv() {
            self.take_in(message);
        }
        let all = std::mem::take(&mut self.waiting).into_iter();
        let (told, rest): (Vec<Value>, _) = all.partition(|message| message["method"] == method);
        self.waiting = rest.into();
        told.iter()
            .map(|message| message["params"].clone())
            .collect()
    }

    /// Drops what was told so far and nobody looked for.
    pub fn forget(&mut self) {
        while let Ok(message) = self.incoming.try_recv() {
            self.take_in(message);
        }
        self.waiting.clear();
    }

    /// The same, but for what was not a notification: answers that somebody still waits for.
    pub fn forget_notifications(&mut self) {
        self.waiting
            .retain(|message| message.get("method").is_none());
    }

    fn take(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.waiting.iter().position(&wanted) {
            return self.waiting.remove(at).expect("it was just found");
        }
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let message = match self.incoming.recv_timeout(left) {
                Ok(message) => message,
                Err(error) => panic!(
                    "waiting for {what}: {error}; told so far: {:#?}",
                    self.waiting
                ),
            };
            if wanted(&message) {
                self.reply(&message);
                return message;
            }
            self.take_in(message);
        }
    }

    fn take_in(&mut self, message: Value) {
        self.reply(&message);
        self.waiting.push_back(message);
    }

    /// Answers what the server asks.
    fn reply(&mut self, message: &Value) {
        let (Some(id), Some(method)) = (message.get("id"), message["method"].as_str()) else {
            return;
        };
        if self.answers_late && method.ends_with("/refresh") {
            self.late.push(message.clone());
            return;
        }
        let result = match method {
            "workspace/configuration" => json!([self.settings]),
            _ => Value::Null,
        };
        let reply = json!({ "jsonrpc": "2.0", "id": id, "result": result });
        // A server that has ended reads no answers.
        let body = reply.to_string();
        if let Some(stdin) = &mut self.stdin {
            let _ = write!(stdin, "Content-Length: {}\r\n\r\n{body}", body.len());
            let _ = stdin.flush();
        }
    }

    /// Opens the text of a program.
    pub fn open(&mut self, uri: &str, text: &str) {
        self.open_as(uri, "provable", text);
    }

    /// Opens a text of any language.
    pub fn open_as(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces a whole text.
    pub fn replace(&mut self, uri: &str, version: i64, text: &str) {
        self.change(uri, version, json!([{ "text": text }]));
    }

    /// Sends changes of a text.
    pub fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": changes }),
        );
    }

    /// The diagnostics of a version of a text, when they come.
    pub fn diagnostics(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let params = self.wait("textDocument/publishDiagnostics", |params| {
            params["uri"] == uri && params["version"] == version
        });
        params["diagnostics"].as_array().expect("a list").clone()
    }

    /// Runs a command on a program.
    pub fn execute(&mut self, command: &str, uri: &str) -> Result<Value, Value> {
        let id = self.ask(
            "workspace/executeCommand",
            json!({ "command": command, "arguments": [uri] }),
        );
        self.answer(id)
    }

    /// Begins a proof of a program and waits until it is at work. Gives the token of its progress.
    pub fn begin_proof(&mut self, uri: &str) -> String {
        let job = self.execute("provable.prove", uri).expect("a job");
        let token = format!("provable/{}", job["job"]);
        self.wait("$/progress", |params| {
            params["token"] == token.as_str() && params["value"]["percentage"].as_u64() > Some(0)
        });
        token
    }

    /// What `provable.status` says of a program.
    pub fn status(&mut self, uri: &str) -> Value {
        self.execute("provable.status", uri).expect("a status")
    }

    /// The titles of a program's lenses.
    pub fn lenses(&mut self, uri: &str) -> Vec<String> {
        let lenses = self.request(
            "textDocument/codeLens",
            json!({ "textDocument": { "uri": uri } }),
        );
        let lenses = lenses.as_array().expect("a list");
        lenses
            .iter()
            .map(|lens| {
                lens["command"]["title"]
                    .as_str()
                    .expect("a title")
                    .to_owned()
            })
            .collect()
    }

    /// Waits for the progress under a token to end, and gives all of it, from begin to end.
    pub fn progress(&mut self, token: &str) -> Vec<Value> {
        let mut seen = Vec::new();
        loop {
            let params = self.wait("$/progress", |params| params["token"] == token);
            let value = params["value"].clone();
            let ended = value["kind"] == "end";
            seen.push(value);
            if ended {
                return seen;
            }
        }
    }

    /// Shuts the server down as the protocol says, and gives its exit status.
    pub fn shut_down(mut self) -> i32 {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        let status = self.process.wait().expect("the server ends");
        status.code().unwrap_or(-1)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One message, none at the end of the stream.
pub(crate) fn receive(stream: &mut impl BufRead) -> Option<Value> {
    receive_counted(stream).map(|(message, _)| message)
}

/// One message with the bytes of its body, none at the end of the stream.
fn receive_counted(stream: &mut impl BufRead) -> Option<(Value, u64)> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            header => {
                if let Some(value) = header.strip_prefix("Content-Length: ") {
                    length = value.parse().expect("a length");
                }
            }
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    let message = serde_json::from_slice(&body).expect("the server sends JSON");
    Some((message, length as u64))
}

/// The URI of a path.
pub fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}
