//! The language server over its true pipe, by a client that speaks the protocol and nothing else.

mod features;
mod random;
mod session;
mod workspace;
