//! What stands in a text where an instruction may.

use super::Instruction;
use crate::lang::isa::{Effect, Op};
use crate::lang::modules::Contract;
use crate::lang::syntax::{Operand, Span};

/// A routine of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoutineId {
    /// The file, as an index among [`Modules::files`](crate::lang::modules::Modules::files).
    pub file: usize,
    /// The section, as an index among [`Assembly::sections`](super::Assembly::sections).
    pub section: usize,
}

/// A routine that is called or copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// The routine.
    pub routine: RoutineId,
    /// What it takes and leaves.
    pub contract: Contract,
    /// The arguments, with the commas between them.
    pub arguments: Option<Span>,
}

/// What stands in a text where an instruction may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// An instruction. Jumps have the index of a node of the same text.
    Instruction(Instruction),
    /// An instruction whose operand is known when the program is linked.
    Open {
        /// The operation.
        op: Op,
        /// The operand.
        operand: Operand,
    },
    /// A CALL of a routine.
    Call(Invocation),
    /// A copy of a routine.
    Inline(Invocation),
    /// Data that instructions push.
    Push {
        /// The file of the data.
        file: usize,
        /// The line of its definition.
        line: usize,
        /// How many words.
        words: u32,
    },
    /// An instruction that is not known, because the text has an error.
    Unknown,
}

impl Node {
    /// The instruction, if it is known.
    pub fn instruction(self) -> Option<Instruction> {
        match self {
            Node::Instruction(instruction) => Some(instruction),
            _ => None,
        }
    }

    /// What the node does to the stack, if it is no known instruction.
    pub fn effect(self) -> Option<Effect> {
        match self {
            Node::Instruction(_) | Node::Unknown => None,
            Node::Open { op, .. } => Some(match op {
                // Which word they reach for is not known.
                Op::Dup => Effect {
                    needs: 1,
                    change: 1,
                },
                Op::Swap => Effect {
                    needs: 1,
                    change: 0,
                },
                _ => op.effect(Some(0)),
            }),
            Node::Call(invocation) | Node::Inline(invocation) => Some(invocation.contract.effect()),
            Node::Push { words, .. } => Some(Effect {
                needs: 0,
                change: i64::from(words),
            }),
        }
    }

    /// Whether the text goes on after the node, if it is no known instruction.
    pub fn goes_on(self) -> bool {
        match self {
            Node::Call(invocation) | Node::Inline(invocation) => {
                invocation.contract.outputs.is_some()
            }
            _ => true,
        }
    }
}
