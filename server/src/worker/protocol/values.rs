//! What instructions of a run left.

use serde::{Deserialize, Serialize};

/// The values that one instruction left on top of the stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueHistory {
    /// The instruction's index.
    pub pc: u32,
    /// The first eight values.
    pub values: Vec<u32>,
    /// How often the instruction was executed.
    pub count: u64,
}
