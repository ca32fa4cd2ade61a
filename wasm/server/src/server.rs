//! The language server and the debugger. A module is one or the other.

use crate::outgoing::{connect, files_written};
use provable_server::web::{self, debugger, language_server};
use provable_wasm_abi::export;

/// The end of a call: 1 if there is work to go on with.
fn ended() -> u32 {
    files_written();
    web::is_paused().into()
}

export! {
    /// Starts the language server. To be called once, before any other call but that of files.
    pub fn start_language_server() -> u32 {
        connect();
        language_server::start();
        ended()
    }

    /// Starts a session of the debugger. To be called once, before any other call but that of files.
    pub fn start_debugger() -> u32 {
        connect();
        debugger::start();
        ended()
    }

    /// Takes a message for the language server: JSON.
    pub fn lsp_message(body: Option<Vec<u8>>) -> u32 {
        if let Some(body) = body {
            language_server::message(body);
        }
        ended()
    }

    /// Takes a message for the debugger: JSON.
    pub fn dap_message(body: Option<Vec<u8>>) -> u32 {
        if let Some(body) = body {
            debugger::message(&body);
        }
        ended()
    }

    /// Takes a line of the worker of the language server.
    pub fn worker_said(line: Option<Vec<u8>>) -> u32 {
        if let Some(line) = line {
            language_server::worker_said(&line);
        }
        ended()
    }

    /// Takes notice that the worker ended by itself, and why, for a person.
    pub fn worker_ended(why: Option<Vec<u8>>) -> u32 {
        let why = why.unwrap_or_default();
        language_server::worker_ended(String::from_utf8_lossy(&why).into_owned());
        ended()
    }

    /// Goes on with the work that a call left.
    pub fn go_on() -> u32 {
        web::go_on();
        ended()
    }
}
