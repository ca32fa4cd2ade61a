//! Where a command writes: the answer on stdout, everything else on stderr, there with colour where it is wanted
//! (`NO_COLOR` and pipes are respected by the stream itself).

use crate::errors::failure::{Failure, help};
use serde_json::Value;
use std::io::{ErrorKind, Write};

/// What the answer looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Text for people.
    Human,
    /// One line of JSON.
    Json,
}

/// The two streams of a command.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    form: Form,
    /// Whether standard output is for something else than the answer.
    is_taken: bool,
}

impl Output {
    /// Streams in this form.
    pub fn new(form: Form) -> Output {
        Output {
            form,
            is_taken: false,
        }
    }

    /// The same streams, with the answer on stderr.
    pub fn on_stderr(&self) -> Output {
        Output {
            is_taken: true,
            ..*self
        }
    }

    /// Whether the answer is JSON.
    pub fn is_json(&self) -> bool {
        self.form == Form::Json
    }

    /// Writes the answer: the object as one line, or the text.
    pub fn answer(
        &self,
        json: impl FnOnce() -> Value,
        text: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        match self.form {
            Form::Json => self.text(&format!("{}\n", json())),
            Form::Human if self.is_taken => {
                self.note(text().trim_end_matches('\n'));
                Ok(())
            }
            Form::Human => self.text(&text()),
        }
    }

    /// Writes text to stdout as it is. A reader that has gone away is no error.
    pub fn text(&self, text: &str) -> Result<(), Failure> {
        let mut stream = std::io::stdout().lock();
        match stream
            .write_all(text.as_bytes())
            .and_then(|()| stream.flush())
        {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::unusable(format!(
                "cannot write to standard output: {error}"
            ))),
            _ => Ok(()),
        }
    }

    /// Writes a line to stderr. If that fails, there is nowhere to report it.
    pub fn note(&self, text: &str) {
        let _ = writeln!(anstream::stderr().lock(), "{text}");
    }

    /// Writes what to do about a message.
    pub fn help(&self, text: &str) {
        self.note(&help(text));
    }

    /// Reports a failure: for people on stderr, and with `--json` as the answer too.
    pub fn failure(&self, failure: &Failure) {
        self.note(&failure.to_text());
        if self.is_json() {
            let _ = self.text(&format!("{}\n", failure.to_json()));
        }
    }
}
