//! The two directions of a session: what the client sends, read by a thread of its own, and what it is sent.

use super::frames::{self, Frame};
use super::protocol::{Problem, Request};
use crate::task;
use serde_json::{Value, json};
use std::io::{self, BufReader, Read};
use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Messages that wait; a client that sends more waits itself.
const WAITING: usize = 64;

/// What came in, in the order in which it did.
pub struct Incoming {
    frames: Receiver<Frame>,
}

impl Incoming {
    /// Frames, and where they are put.
    pub fn new() -> (Sender<Frame>, Incoming) {
        let (sender, frames) = channel(WAITING);
        (sender, Incoming { frames })
    }

    /// Reads a stream, until it ends or nobody listens.
    pub fn read(input: impl Read + Send + 'static) -> Incoming {
        let (sender, incoming) = Incoming::new();
        std::thread::spawn(move || {
            let mut input = BufReader::new(input);
            while let Some(frame) = frames::read(&mut input) {
                if sender.blocking_send(frame).is_err() {
                    return;
                }
            }
        });
        incoming
    }

    /// Waits for the next frame; none when the client has gone.
    pub async fn next(&mut self) -> Option<Frame> {
        self.frames.recv().await
    }

    /// The next frame if it is there.
    ///
    /// # Errors
    /// When the client has gone.
    pub async fn poll(&mut self) -> Result<Option<Frame>, Gone> {
        task::let_host_run().await;
        match self.frames.try_recv() {
            Ok(frame) => Ok(Some(frame)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(Gone),
        }
    }
}

/// The client has gone.
#[derive(Debug)]
pub struct Gone;

/// What the client is sent. Once it reads no more, nothing is said any longer; that its stream has ended is seen when
/// reading.
pub struct Wire {
    output: Output,
    sent: u64,
    result: io::Result<()>,
}

/// What takes a message for the client.
pub type Output = Box<dyn FnMut(&Value) -> io::Result<()> + Send>;

impl Wire {
    /// Sends messages there.
    pub fn new(output: Output) -> Wire {
        Wire {
            output,
            sent: 0,
            result: Ok(()),
        }
    }

    /// Answers a request.
    pub fn respond(&mut self, request: &Request, answer: Result<Value, Problem>) {
        let mut message = json!({
            "type": "response",
            "request_seq": request.seq,
            "command": request.command,
            "success": answer.is_ok(),
        });
        if let Some(fields) = message.as_object_mut() {
            match answer {
                Ok(Value::Null) => {}
                Ok(body) => drop(fields.insert("body".into(), body)),
                Err(problem) => {
                    fields.insert("message".into(), json!(problem.message));
                    fields.insert("body".into(), problem.body());
                }
            }
        }
        self.send(message);
    }

    /// Tells of an event.
    pub fn event(&mut self, event: &str, body: Value) {
        let mut message = json!({ "type": "event", "event": event });
        if let (Some(fields), false) = (message.as_object_mut(), body.is_null()) {
            fields.insert("body".into(), body);
        }
        self.send(message);
    }

    /// Says something in the client's console. The category is the protocol's: `console`, `important`, `stdout`.
    pub fn say(&mut self, category: &str, text: impl std::fmt::Display) {
        let output = format!("{text}\n");
        self.event("output", json!({ "category": category, "output": output }));
    }

    fn send(&mut self, mut message: Value) {
        self.sent += 1;
        if let Some(fields) = message.as_object_mut() {
            fields.insert("seq".into(), json!(self.sent));
        }
        if self.result.is_ok() {
            self.result = (self.output)(&message);
        }
    }
}
