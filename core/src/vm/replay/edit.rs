//! Edits: changes of the state that the program did not make.

use crate::vm::Machine;
use thiserror::Error;

/// A change of the state at one position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Replaces the word that is this far below the top of the stack.
    Stack {
        /// 0 for the top.
        below: usize,
        /// The new word.
        word: u32,
    },
    /// Replaces the heap's word at an address, stored before or not.
    Heap {
        /// The address.
        address: u32,
        /// The new word.
        word: u32,
    },
    /// The carry flag.
    Carry(bool),
}

/// Why a state cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EditError {
    /// The run has ended, so nothing follows that could change.
    #[error("the run has ended here, so a change could have no effect; step back first")]
    Ended,
    /// The stack has no such word.
    #[error("the stack holds {depth} words, so there is none {below} below the top")]
    Depth {
        /// Words on the stack.
        depth: usize,
        /// The requested distance below the top.
        below: usize,
    },
    /// The cell would exceed the run's memory limit.
    #[error("the memory limit of {limit} bytes is reached")]
    Memory {
        /// The limit in bytes.
        limit: usize,
    },
}

impl Edit {
    /// Makes the change.
    pub(super) fn apply(self, machine: &mut Machine<'_>) -> Result<(), EditError> {
        if machine.has_ended() {
            return Err(EditError::Ended);
        }
        match self {
            Edit::Stack { below, word } => {
                let depth = machine.stack.len();
                match machine.stack.iter_mut().nth_back(below) {
                    Some(place) => *place = word,
                    None => return Err(EditError::Depth { depth, below }),
                }
            }
            Edit::Heap { address, word } => {
                let limit = machine.limits.max_memory;
                if machine
                    .memory()
                    .saturating_add(machine.heap.growth(address))
                    > limit
                {
                    return Err(EditError::Memory { limit });
                }
                machine.heap.store(address, word);
            }
            Edit::Carry(carry) => machine.carry = carry,
        }
        Ok(())
    }
}
