//! The three exit statuses, and the one type that every failing command returns.

use super::error::Error;
use provable::lang::quote;
use serde_json::{Map, Value, json};
use std::process::ExitCode;

/// How a command ended, as its exit status says it. Of several answers the worst is the command's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: done.
    Done,
    /// 1: a negative answer: an invalid proof, errors found, a program that trapped.
    Negative,
    /// 2: bad usage, or something that cannot be read.
    Unusable,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Negative => 1,
            Exit::Unusable => 2,
        })
    }
}

/// Why a command could not do what it was asked to, with the place and the way out.
#[derive(Clone, Debug)]
pub struct Failure {
    exit: Exit,
    message: String,
    help: Option<String>,
    shown: Option<String>,
    fields: Map<String, Value>,
}

impl Failure {
    /// Bad usage or unreadable input. The message names the file, and the place in it where there is one.
    pub fn unusable(message: impl Into<String>) -> Failure {
        Failure {
            exit: Exit::Unusable,
            message: message.into(),
            help: None,
            shown: None,
            fields: Map::new(),
        }
    }

    /// A negative answer.
    pub fn negative(message: impl Into<String>) -> Failure {
        Failure {
            exit: Exit::Negative,
            ..Failure::unusable(message)
        }
    }

    /// An error about a program, which the message names.
    pub fn of(program: &str, error: &Error) -> Failure {
        Failure {
            message: format!("{}: {error}", quote::name(program)),
            ..Failure::from(error)
        }
    }

    /// Adds what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Failure {
        self.help = Some(help.into());
        self
    }

    /// Replaces the message for people: the reports with their source excerpts.
    pub fn shown(mut self, shown: String) -> Failure {
        self.shown = Some(shown);
        self
    }

    /// Adds a field to the object that `--json` prints.
    pub fn field(mut self, name: &str, value: Value) -> Failure {
        self.fields.insert(name.to_string(), value);
        self
    }

    /// The exit status.
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// The object that `--json` prints: `status` is `"error"`, `message` says why.
    pub fn to_json(&self) -> Value {
        let mut object = json!({ "status": "error", "message": self.message });
        if let Some(map) = object.as_object_mut() {
            if let Some(help) = &self.help {
                map.insert("help".into(), json!(help));
            }
            map.extend(self.fields.clone());
        }
        object
    }

    /// The message and what to do about it, for those who show one line.
    pub fn in_one_line(&self) -> String {
        match &self.help {
            Some(help) => format!("{}; {help}", self.message),
            None => self.message.clone(),
        }
    }

    /// The text for people, without a line feed at its end.
    pub fn to_text(&self) -> String {
        let mut text = match &self.shown {
            Some(shown) => shown.trim_end().to_string(),
            None => format!("\u{1b}[1;31merror\u{1b}[0m: {}", self.message),
        };
        if let Some(help) = &self.help {
            text.push_str(&format!("\n{}", self::help(help)));
        }
        text
    }
}

/// What to do about something, for people.
pub fn help(text: &str) -> String {
    format!("\u{1b}[1;36mhelp\u{1b}[0m: {text}")
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Failure {
        let message = error.to_string();
        let failure = match error.is_negative() {
            true => Failure::negative(message),
            false => Failure::unusable(message),
        };
        let failure = match error.help() {
            Some(help) => failure.help(help),
            None => failure,
        };
        match error.path() {
            Some(path) => failure.field("file", json!(path.display().to_string())),
            None => failure,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::from(&error)
    }
}
