//! The server in a browser, where it is a module of WebAssembly in a worker of the host. The host passes messages in and takes
//! messages out ([`host`]). Nothing here waits: each call goes on until everything waits for the host.

pub mod debugger;
pub mod host;
pub mod jobs;
pub mod language_server;
pub(crate) mod runtime;

pub use runtime::{go_on, is_paused};
