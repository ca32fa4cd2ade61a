//! The language server over its true pipe, by a client that speaks the protocol and nothing else.

mod described;
mod features;
mod fixture;
mod heat;
mod identity;
mod inputs;
mod kept;
mod lenient;
mod module_runs;
mod modules;
mod places;
mod project;
mod random;
mod received;
mod renamed_names;
mod renames;
mod results;
mod session;
mod test_actions;
mod tests;
mod traffic;
mod workspace;
