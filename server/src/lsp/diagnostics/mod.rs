//! The diagnostics of programs and of inputs files.

mod inputs_file;
mod limit;
mod program;
mod publish;
mod published;
mod tests;
mod trap;

pub use program::{NO_INPUTS, of_document};
pub use publish::publish;
pub use tests::TEST;
pub use trap::TRAP;
