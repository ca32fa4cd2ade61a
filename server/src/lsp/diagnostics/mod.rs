//! The diagnostics of programs and of inputs files.

mod inputs_file;
mod limit;
mod program;
mod publish;

pub use program::{NO_INPUTS, TRAP, of_document};
pub use publish::publish;
