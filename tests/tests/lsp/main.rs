//! The language server over its true pipe, by a client that speaks the protocol and nothing else.

mod features;
mod fixture;
mod identity;
mod inputs;
mod kept;
mod lenient;
mod random;
mod received;
mod renames;
mod session;
mod traffic;
mod workspace;
