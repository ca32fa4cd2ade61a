//! The messages of the Debug Adapter Protocol, as far as they are used here; each topic is a file. No published crate
//! of these types is past its first versions, and what is needed is small.

pub mod breakpoints;
pub mod inspect;
pub mod launch;
pub mod motion;

use provable::lang::quote::quoted;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A request of the client.
#[derive(Clone, Debug, Deserialize)]
pub struct Request {
    /// Its number.
    pub seq: i64,
    /// What is asked for.
    pub command: String,
    /// With what.
    #[serde(default)]
    pub arguments: Value,
}

impl Request {
    /// Reads a message.
    ///
    /// # Errors
    /// With what stands for the request, so that it can be answered, when it has a number.
    pub fn read(message: Value) -> Result<Request, (Option<Request>, String)> {
        let seq = message.get("seq").and_then(Value::as_i64);
        if message.get("type").and_then(Value::as_str) != Some("request") {
            let stand_in = seq.map(|seq| Request::nameless(seq, &message));
            return Err((stand_in, "the message is no request".into()));
        }
        match (seq, message.get("command").and_then(Value::as_str)) {
            (Some(seq), Some(command)) => Ok(Request {
                seq,
                command: command.into(),
                arguments: message.get("arguments").cloned().unwrap_or_default(),
            }),
            (Some(seq), None) => {
                let stand_in = Request::nameless(seq, &message);
                Err((Some(stand_in), "the request names no command".into()))
            }
            (None, _) => Err((None, "a request has no number (`seq`)".into())),
        }
    }

    fn nameless(seq: i64, message: &Value) -> Request {
        let command = message.get("command").and_then(Value::as_str);
        Request {
            seq,
            command: command.unwrap_or_default().into(),
            arguments: Value::Null,
        }
    }

    /// The arguments as a type.
    ///
    /// # Errors
    /// When they are of another.
    pub fn arguments<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let arguments = match &self.arguments {
            Value::Null => json!({}),
            arguments => arguments.clone(),
        };
        serde_json::from_value(arguments).map_err(|error| {
            let error = quoted(&error.to_string());
            Problem::new(format!("{}: wrong arguments: {error}", self.command))
        })
    }
}

/// The body of an answer, or why the request is refused.
pub type Answer = Result<Value, Problem>;

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// For a person.
    pub message: String,
    /// Whether the client should show it by itself.
    shown: bool,
}

impl Problem {
    /// For whoever looks at the answer.
    pub fn new(message: impl Into<String>) -> Problem {
        Problem {
            message: message.into(),
            shown: false,
        }
    }

    /// For the user.
    pub fn shown(message: impl Into<String>) -> Problem {
        Problem {
            message: message.into(),
            shown: true,
        }
    }

    /// The body of the answer. Braces in the message would be taken for variables, so it is one itself.
    pub fn body(&self) -> Value {
        json!({ "error": {
            "id": 1,
            "format": "{reason}",
            "variables": { "reason": self.message },
            "showUser": self.shown,
        } })
    }
}

impl From<String> for Problem {
    fn from(message: String) -> Problem {
        Problem::new(message)
    }
}

/// A body from a type.
pub fn body(value: impl serde::Serialize) -> Result<Value, Problem> {
    serde_json::to_value(value).map_err(|error| Problem::new(error.to_string()))
}
