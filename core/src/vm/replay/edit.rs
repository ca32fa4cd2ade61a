//! Changes that the run did not make itself: what if this word had been another?

use crate::vm::Machine;
use thiserror::Error;

/// A change of the state at one position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The word this far below the top of the stack becomes another.
    Stack {
        /// 0 for the top.
        below: usize,
        /// The new word.
        word: u32,
    },
    /// The heap's word at an address becomes another, stored before or not.
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
    /// What comes after the end cannot be made another.
    #[error("the run has ended here, so a change could have no effect; step back first")]
    Ended,
    /// There is no such word on the stack.
    #[error("the stack holds {depth} words, so there is none {below} below the top")]
    Depth {
        /// Words that there are.
        depth: usize,
        /// How far below the top one was wanted.
        below: usize,
    },
    /// The cell would take more memory than the run may.
    #[error("the memory limit of {limit} bytes is reached")]
    Memory {
        /// Bytes it may take.
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
