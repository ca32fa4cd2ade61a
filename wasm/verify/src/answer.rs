//! The answers.

use crate::status;
use provable::{AssemblyError, Statement, Verifier};
use provable_wasm_abi::answer;
use serde::Serialize;

/// An answer that says with which status it goes.
pub trait Answer: Serialize {
    /// The status.
    fn status(&self) -> u32;
}

/// A key that was loaded.
#[derive(Serialize)]
pub struct Ready {
    status: u32,
    key_digest: String,
    tier: Option<&'static str>,
}

/// What a valid proof proves.
#[derive(Serialize)]
pub struct Valid<'a> {
    status: u32,
    public_input: &'a [u32],
    public_output: &'a [u32],
    trace_commitment: String,
    program_digest: String,
    key_digest: String,
    key_origin: String,
}

#[derive(Serialize)]
struct Invalid<'a> {
    status: u32,
    reason: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Refused<'a> {
    status: u32,
    message: &'a str,
}

impl Ready {
    pub fn of(verifier: &Verifier) -> Self {
        Ready {
            status: status::READY,
            key_digest: hex::encode(verifier.key().digest()),
            tier: verifier.key().tier().map(|tier| tier.name),
        }
    }
}

impl<'a> Valid<'a> {
    pub fn of(statement: &'a Statement) -> Self {
        Valid {
            status: status::VALID,
            public_input: &statement.public_input,
            public_output: &statement.public_output,
            trace_commitment: hex::encode(statement.trace_commitment),
            program_digest: hex::encode(statement.program),
            key_digest: hex::encode(statement.key),
            key_origin: statement.key_origin.to_string(),
        }
    }
}

impl Answer for Ready {
    fn status(&self) -> u32 {
        self.status
    }
}

impl Answer for Valid<'_> {
    fn status(&self) -> u32 {
        self.status
    }
}

impl Answer for Invalid<'_> {
    fn status(&self) -> u32 {
        self.status
    }
}

impl Answer for Refused<'_> {
    fn status(&self) -> u32 {
        self.status
    }
}

/// Leaves an answer for the host, and gives its status.
pub fn give(what: &impl Answer) -> u32 {
    match serde_json::to_vec(what) {
        Ok(bytes) => {
            answer::set(bytes);
            what.status()
        }
        // Numbers and strings always have a JSON form. Were it otherwise, there would be no verdict.
        Err(_) => {
            answer::set(Vec::new());
            status::BAD_CALL
        }
    }
}

/// The negative verdict.
pub fn invalid(reason: &str, message: &str) -> u32 {
    let status = status::INVALID;
    give(&Invalid {
        status,
        reason,
        message,
    })
}

/// No verdict.
pub fn refuse(status: u32, message: &str) -> u32 {
    give(&Refused { status, message })
}

/// Why a text is no program. A text that names other files gets the way out.
pub fn of_program(text: &str, error: &AssemblyError) -> String {
    let names_a_file = text.lines().any(|line| {
        let line = line.trim_start();
        let used = line.strip_prefix(".use").or(line.strip_prefix(".include"));
        used.is_some_and(|rest| !rest.trim_start().starts_with("\"std@"))
    });
    match names_a_file {
        true => format!(
            "{error}; a program of several files is verified from the one text that `provable link` writes of it"
        ),
        false => error.to_string(),
    }
}
