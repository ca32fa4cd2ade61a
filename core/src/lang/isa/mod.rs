//! The instruction table: the only definition of the instructions.
//!
//! The parser, the formatter, the static analysis, the language reference and the circuit's encoding all read
//! [`SPECS`]. A new instruction needs one row here, its execution in `vm` and its constraints in `circuit`.

mod op;
mod spec;
mod table;

pub use op::{Carry, Effect, Op, OperandKind, Spec};
pub use table::SPECS;
