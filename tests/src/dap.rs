//! A client of the debug adapter that speaks the protocol and nothing else: it starts `provable dap` and talks to it
//! over the pipe.

use crate::command::binary;
use crate::lsp::receive;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long anything may take before a test gives up. Far longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(240);

/// A client with its adapter.
pub struct Debugger {
    /// None for one that is reached over a port.
    process: Option<Child>,
    output: Option<Box<dyn Write + Send>>,
    incoming: Receiver<Value>,
    events: VecDeque<Value>,
    next: i64,
}

impl Debugger {
    /// Starts an adapter and says nothing to it.
    pub fn spawn() -> Debugger {
        Debugger::spawn_in(Path::new("."))
    }

    /// The same in a folder.
    pub fn spawn_in(folder: &Path) -> Debugger {
        let mut process = Command::new(binary())
            .arg("dap")
            .env_remove("PROVABLE_LOG")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the binary starts");
        let stdin = process.stdin.take().expect("standard input is a pipe");
        let stdout = process.stdout.take().expect("standard output is a pipe");
        let mut debugger = Debugger::over(stdout, Box::new(stdin));
        debugger.process = Some(process);
        debugger
    }

    /// Speaks with an adapter on a port of this machine.
    pub fn connect(port: u16) -> Debugger {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("the adapter listens");
        let input = stream.try_clone().expect("a stream has two ends");
        Debugger::over(input, Box::new(stream))
    }

    fn over(input: impl Read + Send + 'static, output: Box<dyn Write + Send>) -> Debugger {
        let (sender, incoming) = channel();
        std::thread::spawn(move || {
            let mut input = BufReader::new(input);
            while let Some(message) = receive(&mut input) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Debugger {
            process: None,
            output: Some(output),
            incoming,
            events: VecDeque::new(),
            next: 0,
        }
    }

    /// Starts an adapter and launches a program that stops at its entry.
    pub fn at_entry(program: &Path) -> Debugger {
        Debugger::launched(json!({ "program": program, "stopOnEntry": true }))
    }

    /// Starts an adapter, launches a program and waits for its first stop.
    pub fn launched(arguments: Value) -> Debugger {
        let mut debugger = Debugger::begun(arguments);
        debugger.ok("configurationDone", json!({}));
        debugger.stopped();
        debugger
    }

    /// Starts an adapter and launches a program, up to where breakpoints are set.
    pub fn begun(arguments: Value) -> Debugger {
        let mut debugger = Debugger::spawn();
        debugger.begin(arguments);
        debugger
    }

    /// Initializes an adapter and launches a program.
    pub fn begin(&mut self, arguments: Value) {
        let client = json!({ "adapterID": "provable", "supportsInvalidatedEvent": true });
        self.ok("initialize", client);
        self.ok("launch", arguments);
        self.event("initialized");
    }

    /// Sends bytes as they are.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let output = self.output.as_mut().expect("the stream is open");
        output.write_all(bytes).expect("the adapter reads");
        output.flush().expect("the adapter reads");
    }

    /// Sends a message as it is.
    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Sends a request and does not wait for its answer. Gives its number.
    pub fn ask(&mut self, command: &str, arguments: Value) -> i64 {
        self.next += 1;
        let seq = self.next;
        self.send(
            &json!({ "seq": seq, "type": "request", "command": command, "arguments": arguments }),
        );
        seq
    }

    /// The next message; none once the adapter has ended the stream.
    pub fn receive(&mut self) -> Option<Value> {
        match self.incoming.recv_timeout(PATIENCE) {
            Ok(message) => Some(message),
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => None,
            Err(error) => panic!("{error}; told so far: {:#?}", self.events),
        }
    }

    /// The answer to a request; events that come before it are kept.
    pub fn answer(&mut self, seq: i64) -> Value {
        loop {
            let message = self.receive().expect("an answer");
            if message["type"] == "response" && message["request_seq"] == seq {
                return message;
            }
            assert_eq!(message["type"], "event", "{message}");
            self.events.push_back(message);
        }
    }

    /// Sends a request that is done. Gives the body of its answer.
    #[track_caller]
    pub fn ok(&mut self, command: &str, arguments: Value) -> Value {
        let seq = self.ask(command, arguments);
        let answer = self.answer(seq);
        assert_eq!(answer["success"], true, "{answer:#}");
        answer["body"].clone()
    }

    /// Sends a request that is refused. Gives the message.
    #[track_caller]
    pub fn refused(&mut self, command: &str, arguments: Value) -> String {
        let seq = self.ask(command, arguments);
        let answer = self.answer(seq);
        assert_eq!(answer["success"], false, "{answer:#}");
        let message = answer["message"].as_str().expect("a message");
        assert_eq!(answer["body"]["error"]["variables"]["reason"], message);
        message.to_owned()
    }

    /// Waits for an event; those before it are kept. Gives its body.
    pub fn event(&mut self, name: &str) -> Value {
        let is_it = |message: &Value| message["event"] == name;
        if let Some(at) = self.events.iter().position(is_it) {
            return self.events.remove(at).expect("it was just found")["body"].clone();
        }
        loop {
            let message = self.receive().expect("an event");
            assert_eq!(message["type"], "event", "{message}");
            if is_it(&message) {
                return message["body"].clone();
            }
            self.events.push_back(message);
        }
    }

    /// What was printed in a category up to now, and is forgotten.
    pub fn printed(&mut self, category: &str) -> String {
        let is_it = |message: &Value| {
            message["event"] == "output" && message["body"]["category"] == category
        };
        let text = self.events.iter().filter(|message| is_it(message));
        let text = text
            .filter_map(|message| message["body"]["output"].as_str())
            .collect();
        self.events.retain(|message| !is_it(message));
        text
    }

    /// Drops the events that came so far.
    pub fn forget(&mut self) {
        self.events.clear();
    }

    /// Waits for the program to stop.
    pub fn stopped(&mut self) -> Value {
        self.event("stopped")
    }

    /// Sends a movement and waits for where it leads. Gives the reason.
    #[track_caller]
    pub fn go(&mut self, command: &str) -> String {
        self.go_with(command, json!({ "threadId": 1 }))
    }

    /// The same with other arguments.
    #[track_caller]
    pub fn go_with(&mut self, command: &str, arguments: Value) -> String {
        self.ok(command, arguments);
        let stopped = self.stopped();
        stopped["reason"].as_str().expect("a reason").to_owned()
    }

    /// Goes to a step.
    pub fn goto(&mut self, step: u64) -> String {
        self.go_with("provable/goto", json!({ "step": step }))
    }

    /// Sets breakpoints on lines of a program, each as the protocol has it.
    pub fn break_at(&mut self, program: &Path, breakpoints: Value) -> Vec<Value> {
        let source = json!({ "path": program });
        let set = json!({ "source": source, "breakpoints": breakpoints });
        let body = self.ok("setBreakpoints", set);
        body["breakpoints"].as_array().expect("a list").clone()
    }

    /// The value of an expression.
    #[track_caller]
    pub fn value(&mut self, expression: &str) -> String {
        let body = self.ok(
            "evaluate",
            json!({ "expression": expression, "context": "watch" }),
        );
        body["result"].as_str().expect("a result").to_owned()
    }

    /// Where the program is: its step.
    pub fn step(&mut self) -> u64 {
        self.value("step").parse().expect("a number")
    }

    /// Variables of a group, as `(name, value)`.
    pub fn variables(&mut self, reference: u64) -> Vec<(String, String)> {
        let body = self.ok("variables", json!({ "variablesReference": reference }));
        let list = body["variables"].as_array().expect("a list");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        list.iter()
            .map(|one| (text(&one["name"]), text(&one["value"])))
            .collect()
    }

    /// The number of a scope.
    pub fn scope(&mut self, name: &str) -> u64 {
        let body = self.ok("scopes", json!({ "frameId": 1 }));
        let scopes = body["scopes"].as_array().expect("a list");
        let scope = scopes.iter().find(|scope| scope["name"] == name);
        let reference = &scope.expect("the scope is there")["variablesReference"];
        reference.as_u64().expect("a number")
    }

    /// The values of a scope.
    pub fn values(&mut self, scope: &str) -> Vec<String> {
        let reference = self.scope(scope);
        self.variables(reference)
            .into_iter()
            .map(|(_, value)| value)
            .collect()
    }

    /// The frames, as `name:line`.
    pub fn frames(&mut self) -> Vec<String> {
        let body = self.ok("stackTrace", json!({ "threadId": 1 }));
        let frames = body["stackFrames"].as_array().expect("a list");
        let draw =
            |frame: &Value| format!("{}:{}", frame["name"].as_str().unwrap_or(""), frame["line"]);
        frames.iter().map(draw).collect()
    }

    /// Disconnects, and gives the adapter's exit status.
    pub fn disconnect(mut self) -> i32 {
        self.ok("disconnect", json!({}));
        self.end()
    }

    /// Closes the stream and waits for the adapter to end.
    pub fn end(mut self) -> i32 {
        self.output = None;
        let process = self.process.as_mut().expect("a process");
        let status = process.wait().expect("the adapter ends");
        status.code().unwrap_or(-1)
    }
}

impl Drop for Debugger {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
