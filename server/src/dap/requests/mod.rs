//! What a client can ask for once a program is launched; each topic is a file.

pub mod breakpoints;
pub mod completions;
mod console;
pub mod disassembly;
pub mod edit;
pub mod evaluate;
pub mod frames;
pub mod lifecycle;
pub mod motion;
mod row;
pub mod source;
mod value;
mod variable_groups;
pub mod variables;
