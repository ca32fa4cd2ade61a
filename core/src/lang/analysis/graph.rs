//! The control-flow graph. Its nodes are the instructions and, one past them, the end of the program.

use crate::lang::isa::Op;
use crate::lang::program::Instruction;

/// Where control goes from an instruction. Jumps out of the program are left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Exits {
    /// To the next instruction, without a call.
    pub next: Option<u32>,
    /// To a jump's target.
    pub target: Option<u32>,
    /// Into a routine, which returns to the next instruction.
    pub call: Option<u32>,
}

/// Lists of nodes, one for each node, in one allocation.
struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// The lists of the edges `(node, item)`, by node. Edges to nodes past `nodes` are left out.
    fn new(nodes: usize, edges: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0u32; nodes + 2];
        for (node, _) in edges.clone() {
            if let Some(count) = starts.get_mut(node as usize + 2) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        // `starts[node + 1]` is the place of the next item of `node`. At the end of the loop it is the end of the
        // node's items.
        let mut items = vec![0; sum as usize];
        for (node, item) in edges {
            if let Some(at) = starts.get_mut(node as usize + 1) {
                if let Some(slot) = items.get_mut(*at as usize) {
                    *slot = item;
                }
                *at += 1;
            }
        }
        Lists { starts, items }
    }

    fn of(&self, node: u32) -> &[u32] {
        let bound = |node: usize| self.starts.get(node).map_or(0, |&bound| bound as usize);
        let range = bound(node as usize)..bound(node as usize + 1);
        self.items.get(range).unwrap_or_default()
    }
}

pub(super) struct Graph<'a> {
    pub code: &'a [Option<Instruction>],
    /// The exits of every node but the end.
    exits: Vec<Exits>,
    predecessors: Lists,
    callers: Lists,
    rank: Vec<u32>,
    /// The node of each rank. Ranks below that of the start have no node.
    ranked: Vec<u32>,
}

impl<'a> Graph<'a> {
    pub fn new(code: &'a [Option<Instruction>]) -> Self {
        let nodes = code.len() + 1;
        let indices = || 0..u32::try_from(code.len()).unwrap_or(u32::MAX);
        let exits: Vec<Exits> = indices().map(|node| exits(code, node)).collect();
        let from = || indices().zip(&exits);
        let edges = from().flat_map(|(node, exits)| {
            let both = [exits.next, exits.target].into_iter().flatten();
            both.map(move |to| (to, node))
        });
        let calls = from().filter_map(|(node, exits)| Some((exits.call?, node)));
        let (rank, ranked) = ranks(&exits);
        Graph {
            code,
            predecessors: Lists::new(nodes, edges),
            callers: Lists::new(nodes, calls),
            exits,
            rank,
            ranked,
        }
    }

    /// Instructions and the end.
    pub fn nodes(&self) -> usize {
        self.code.len() + 1
    }

    /// The node of the program's end.
    pub fn end(&self) -> u32 {
        u32::try_from(self.code.len()).unwrap_or(u32::MAX)
    }

    pub fn exits(&self, node: u32) -> Exits {
        self.exits.get(node as usize).copied().unwrap_or_default()
    }

    /// The instruction of a node; none for the end, and for an instruction that is not known.
    pub fn instruction(&self, node: u32) -> Option<Instruction> {
        self.code.get(node as usize).copied().flatten()
    }

    /// The nodes from which control comes by a jump or by falling through, without a call.
    pub fn predecessors(&self, node: u32) -> &[u32] {
        self.predecessors.of(node)
    }

    /// The CALLs of the routine that begins at a node.
    pub fn callers(&self, node: u32) -> &[u32] {
        self.callers.of(node)
    }

    /// The node's index in reverse postorder. Outside loops it is less than that of every node after it.
    pub fn rank(&self, node: u32) -> u32 {
        self.rank.get(node as usize).copied().unwrap_or(u32::MAX)
    }

    /// The node with a rank.
    pub fn ranked(&self, rank: u32) -> Option<u32> {
        self.ranked.get(rank as usize).copied()
    }

    /// Whether control also comes to a node from elsewhere than the instruction written before it.
    pub fn is_entered(&self, node: u32) -> bool {
        node == 0
            || !self.callers(node).is_empty()
            || self
                .predecessors(node)
                .iter()
                .any(|&from| self.exits(from).target == Some(node))
    }
}

fn exits(code: &[Option<Instruction>], node: u32) -> Exits {
    let Some(instruction) = code.get(node as usize).copied().flatten() else {
        return Exits::default();
    };
    let inside = |target: &u32| *target as usize <= code.len();
    let target = instruction.operand.filter(inside);
    let next = Some(node + 1);
    match instruction.op {
        Op::Halt | Op::Ret => Exits::default(),
        Op::Jmp => Exits {
            target,
            ..Exits::default()
        },
        Op::Call => Exits {
            call: target,
            ..Exits::default()
        },
        Op::Jz | Op::Jnz | Op::Jc | Op::Jnc => Exits {
            next,
            target,
            call: None,
        },
        _ => Exits {
            next,
            ..Exits::default()
        },
    }
}

/// Reverse postorder from the start, by a depth-first search with an explicit stack. Calls count as edges to the
/// routine and to the place after the call. The node of the end is the last one. Nodes without a path have the highest
/// rank. Returns the rank of every node, and the node of every rank.
fn ranks(exits: &[Exits]) -> (Vec<u32>, Vec<u32>) {
    let nodes = exits.len() + 1;
    let mut rank = vec![u32::MAX; nodes];
    let mut ranked = vec![u32::MAX; nodes];
    let mut is_seen = vec![false; nodes];
    let mut next_rank = u32::try_from(exits.len()).unwrap_or(u32::MAX);
    // A node is pushed once when it is entered and once more for when it is left.
    let mut stack = vec![(0u32, false)];
    while let Some((node, is_left)) = stack.pop() {
        let at = node as usize;
        if is_left {
            let places = (rank.get_mut(at), ranked.get_mut(next_rank as usize));
            if let (Some(rank), Some(ranked)) = places {
                (*rank, *ranked) = (next_rank, node);
                next_rank = next_rank.saturating_sub(1);
            }
            continue;
        }
        match is_seen.get_mut(at) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        stack.push((node, true));
        let exits = exits.get(at).copied().unwrap_or_default();
        let after_call = exits.call.map(|_| node + 1);
        let all = [exits.next, exits.target, exits.call, after_call];
        let is_new = |to: &u32| is_seen.get(*to as usize) == Some(&false);
        stack.extend(
            all.into_iter()
                .flatten()
                .filter(is_new)
                .map(|to| (to, false)),
        );
    }
    (rank, ranked)
}
