//! What instructions of a run left.

use serde::{Deserialize, Serialize};

/// The values that one instruction left on top of the stack. For a CALL: what was there when its routine came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueHistory {
    /// The instruction's index.
    pub pc: u32,
    /// The first eight values.
    pub values: Vec<u32>,
    /// How often the instruction was executed; a CALL counts when its routine came back.
    pub count: u64,
}
