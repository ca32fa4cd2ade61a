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

/// A node as a text keeps it. Most are instructions, so what is larger stands in a table beside.
#[derive(Clone, Copy, Debug)]
enum Stored {
    Instruction(Instruction),
    Open { op: Op, operand: Operand },
    Call(u32),
    Inline(u32),
    Push(u32),
    Unknown,
}

/// The nodes of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Nodes {
    list: Vec<Stored>,
    invocations: Vec<Invocation>,
    /// Of data that are pushed: file, line and number of words.
    data: Vec<(usize, usize, u32)>,
}

impl Nodes {
    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn push(&mut self, node: Node) {
        fn place<T>(table: &mut Vec<T>, entry: T) -> u32 {
            table.push(entry);
            u32::try_from(table.len() - 1).unwrap_or(u32::MAX)
        }
        self.list.push(match node {
            Node::Instruction(instruction) => Stored::Instruction(instruction),
            Node::Open { op, operand } => Stored::Open { op, operand },
            Node::Call(invocation) => Stored::Call(place(&mut self.invocations, invocation)),
            Node::Inline(invocation) => Stored::Inline(place(&mut self.invocations, invocation)),
            Node::Push { file, line, words } => {
                Stored::Push(place(&mut self.data, (file, line, words)))
            }
            Node::Unknown => Stored::Unknown,
        });
    }

    /// The node at an index; an unknown one past the last.
    pub fn get(&self, index: usize) -> Node {
        let invocation = |at: u32| self.invocations.get(at as usize).copied();
        let node = match self.list.get(index).copied().unwrap_or(Stored::Unknown) {
            Stored::Instruction(instruction) => Some(Node::Instruction(instruction)),
            Stored::Open { op, operand } => Some(Node::Open { op, operand }),
            Stored::Call(at) => invocation(at).map(Node::Call),
            Stored::Inline(at) => invocation(at).map(Node::Inline),
            Stored::Push(at) => {
                let data = self.data.get(at as usize).copied();
                data.map(|(file, line, words)| Node::Push { file, line, words })
            }
            Stored::Unknown => None,
        };
        node.unwrap_or(Node::Unknown)
    }

    /// The instruction at an index; none for any other node.
    pub fn instruction(&self, index: usize) -> Option<Instruction> {
        match self.list.get(index)? {
            Stored::Instruction(instruction) => Some(*instruction),
            _ => None,
        }
    }

    /// The instructions; none if a node is no instruction by itself.
    pub fn instructions(&self) -> Option<Vec<Instruction>> {
        let instruction = |node: &Stored| match node {
            Stored::Instruction(instruction) => Some(*instruction),
            _ => None,
        };
        self.list.iter().map(instruction).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_takes_little_memory() {
        assert!(size_of::<Stored>() <= 24);
    }
}
