//! The language: the instructions, how a text becomes a program, and what is known of a program before it runs.

pub mod analysis;
pub mod diagnostics;
pub mod isa;
pub mod line_index;
pub mod program;
pub mod quote;
pub mod suggest;
pub mod syntax;
