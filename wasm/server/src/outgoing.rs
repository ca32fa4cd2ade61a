//! What the module sends to its host: a byte for what it is, and the content.
//!
//! | byte | what | content |
//! | --- | --- | --- |
//! | 0 | a message for the client, or of the worker for its server | JSON |
//! | 1 | a line for the worker | JSON |
//! | 2 | the worker is to be started | |
//! | 3 | the worker is to be ended at once | |
//! | 4 | a file was written | length of the path in 4 bytes, little-endian; path; content |
//! | 5 | a file was removed | path |
//! | 6 | the module panicked, and does nothing any more | where |

use provable_host::clock;
use provable_host::memory::take_written;
use provable_server::web::host::{self, Host, Port};
use provable_wasm_abi::{now, send};
use std::panic;

const CLIENT: u8 = 0;
const WORKER: u8 = 1;
const START_WORKER: u8 = 2;
const END_WORKER: u8 = 3;
const WRITTEN: u8 = 4;
const REMOVED: u8 = 5;
const PANICKED: u8 = 6;

/// Connects the server to the host.
pub fn connect() {
    clock::set(now);
    host::set(Host {
        send: |port, message| {
            // A message may speak of a file that was written: the host is told of the file first.
            files_written();
            let kind = match port {
                Port::Client => CLIENT,
                Port::Worker => WORKER,
            };
            send_parts(kind, &[message]);
        },
        start_worker: || send_parts(START_WORKER, &[]),
        end_worker: || send_parts(END_WORKER, &[]),
    });
    // The message of a panic is left out: it may hold words of a secret tape.
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        send_parts(PANICKED, &[place.unwrap_or_default().as_bytes()]);
    }));
}

/// Tells the host of the files that were written and removed.
pub fn files_written() {
    for file in take_written() {
        let path = file.path.to_string_lossy();
        match file.content {
            Some(content) => {
                let length = (path.len() as u32).to_le_bytes();
                send_parts(WRITTEN, &[&length, path.as_bytes(), &content]);
            }
            None => send_parts(REMOVED, &[path.as_bytes()]),
        }
    }
}

fn send_parts(kind: u8, parts: &[&[u8]]) {
    let mut message = vec![kind];
    for part in parts {
        message.extend_from_slice(part);
    }
    send(&message);
}
