//! The language server over its true pipe, by a client that speaks the protocol and nothing else.

mod features;
mod fixture;
mod identity;
mod inputs;
mod kept;
mod lenient;
mod module_runs;
mod modules;
mod project;
mod random;
mod received;
mod renames;
mod session;
mod tests;
mod traffic;
mod workspace;
