//! The language: the instructions, how a text becomes a program, and what is known of a program before it runs.

pub mod analysis;
pub mod diagnostics;
pub mod expression;
pub mod isa;
pub mod line_index;
pub mod link;
pub mod modules;
pub mod program;
pub mod quote;
pub mod std_library;
pub mod suggest;
pub mod syntax;
