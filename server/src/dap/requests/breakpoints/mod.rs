//! Setting places to stop at. Each request replaces all breakpoints of its kind, and is answered with where each of
//! them is, or with why it cannot be set.

mod code;
mod data;
mod data_id;
mod exceptions;
mod resolve;
mod set;

pub use code::{locations, set_functions, set_instructions, set_lines};
pub use data::{info, set_data};
pub use exceptions::set_exceptions;
pub use set::resolve_again;
