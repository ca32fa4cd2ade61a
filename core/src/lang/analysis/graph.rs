//! The control-flow graph. Its nodes are the instructions and, one past them, the end of the program. Sections are
//! apart: no edge leads from one to another, and a CALL of a routine is one step with the effect that the routine
//! declares.

use super::exits::Exits;
use super::loops::{Loop, Loops};
use crate::lang::isa::{Effect, Op};
use crate::lang::program::{Assembly, Instruction, Node, Section};

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
    assembly: &'a Assembly,
    /// The exits of every node but the end, turns of declared loops left out.
    exits: Vec<Exits>,
    predecessors: Lists,
    callers: Lists,
    rank: Vec<u32>,
    /// The node of each rank. Ranks below that of the start have no node.
    ranked: Vec<u32>,
    loops: Loops,
    ends: Ends<'a>,
    /// Nodes from which control would go to where their section ends, and something else follows.
    runs_on: Vec<u32>,
}

/// Where sections end, and what is behind them.
#[derive(Clone, Copy)]
struct Ends<'a> {
    assembly: &'a Assembly,
    /// Whether something may be linked behind the main code.
    is_followed: bool,
}

impl<'a> Ends<'a> {
    fn new(assembly: &'a Assembly) -> Self {
        Ends {
            assembly,
            is_followed: is_followed(assembly),
        }
    }

    /// The section of a node.
    fn section(&self, node: u32) -> Option<&'a Section> {
        let sections = &self.assembly.sections;
        if sections.len() == 1 {
            return sections.first();
        }
        let after = sections.partition_point(|section| section.instructions.start <= node);
        // Of sections without instructions, that begin at the same node, the last one has them.
        sections.get(after.checked_sub(1)?)
    }

    /// Whether the program ends where a section does.
    fn may_end(&self, section: &Section) -> bool {
        section.is_test() || (!section.is_routine() && !self.is_followed)
    }

    /// Where control comes back from code that a CALL calls by its label; none if something else follows there.
    fn after_call(&self, call: u32) -> Option<u32> {
        let next = call + 1;
        let section = self.section(call)?;
        if section.instructions.end != next {
            return Some(next);
        }
        let end = u32::try_from(self.assembly.instruction_count()).unwrap_or(u32::MAX);
        self.may_end(section).then_some(end)
    }
}

impl<'a> Graph<'a> {
    pub fn new(assembly: &'a Assembly) -> Self {
        let count = assembly.instruction_count();
        let nodes = count + 1;
        let end = u32::try_from(count).unwrap_or(u32::MAX);
        let mut runs_on = Vec::new();
        let mut exits = Vec::with_capacity(count);
        let ends = Ends::new(assembly);
        for section in &assembly.sections {
            let may_end = ends.may_end(section);
            for node in section.instructions.clone() {
                let mut exit = exits_of(assembly, node, section);
                let mut is_over = false;
                for to in [&mut exit.next, &mut exit.target, &mut exit.call] {
                    if *to == Some(section.instructions.end) {
                        *to = may_end.then_some(end);
                        is_over |= !may_end;
                    }
                }
                if is_over || (exit.call.is_some() && ends.after_call(node).is_none()) {
                    runs_on.push(node);
                }
                exits.push(exit);
            }
        }
        let after_call = |call| ends.after_call(call);
        let (rank, ranked) = ranks(&exits, &roots(assembly), after_call);
        let mut loops = Loops::new(assembly, &exits, &rank, after_call);
        loops.cut(&mut exits);
        let indices = || 0..end;
        let from = || indices().zip(&exits);
        let edges = from().flat_map(|(node, exits)| {
            let both = [exits.next, exits.target].into_iter().flatten();
            both.map(move |to| (to, node))
        });
        let calls = from().filter_map(|(node, exits)| Some((exits.call?, node)));
        Graph {
            assembly,
            predecessors: Lists::new(nodes, edges),
            callers: Lists::new(nodes, calls),
            exits,
            rank,
            ranked,
            loops,
            ends,
            runs_on,
        }
    }

    /// The nodes at which sections begin, each with its section.
    pub fn roots(&self) -> Vec<(u32, &'a Section)> {
        let sections = self.assembly.sections.iter();
        let begun = sections.filter(|section| {
            let main_end = section.instructions.start == self.end();
            !section.instructions.is_empty() || (main_end && !section.is_routine())
        });
        begun
            .map(|section| (section.instructions.start, section))
            .collect()
    }

    /// The section of a node.
    pub fn section(&self, node: u32) -> Option<&'a Section> {
        self.ends.section(node)
    }

    /// Where control comes back from code that a CALL calls by its label; none if another section is there.
    pub fn after_call(&self, call: u32) -> Option<u32> {
        self.ends.after_call(call)
    }

    /// What stands at a node.
    pub fn node(&self, node: u32) -> Node {
        self.assembly.node(node as usize)
    }

    /// The nodes from which control would run on into another section.
    pub fn runs_on(&self) -> &[u32] {
        &self.runs_on
    }

    /// The declared loop that begins at a node.
    pub fn loop_at(&self, node: u32) -> Option<&Loop> {
        self.loops.at(node)
    }

    /// The declared loops that an edge leaves, the innermost first.
    pub fn left(&self, from: u32, to: u32) -> impl Iterator<Item = &Loop> {
        self.loops.left(from, to)
    }

    /// The turns of declared loops: edges that the exits do not have.
    pub fn turns(&self, from: u32) -> impl Iterator<Item = u32> {
        self.loops.turns(from)
    }

    /// The effect of a node on the stack; none if it is not known.
    pub fn effect(&self, node: u32) -> Option<Effect> {
        match self.instruction(node) {
            Some(instruction) => Some(instruction.op.effect(instruction.operand)),
            None => self.node(node).effect(),
        }
    }

    /// The operation of an instruction, whether or not its operand is known.
    pub fn op(&self, node: u32) -> Option<Op> {
        if let Some(instruction) = self.instruction(node) {
            return Some(instruction.op);
        }
        match self.node(node) {
            Node::Open { op, .. } => Some(op),
            _ => None,
        }
    }

    /// The mnemonic of a node, or the directive.
    pub fn word(&self, node: u32) -> &'static str {
        match self.assembly.node(node as usize) {
            Node::Instruction(Instruction { op, .. }) | Node::Open { op, .. } => op.spec().mnemonic,
            Node::Call(_) => "CALL",
            Node::Inline(_) => ".inline",
            Node::Push { .. } => ".push",
            Node::Unknown => "",
        }
    }

    /// Whether control goes on at the next node after this one has done its work.
    pub fn comes_back(&self, node: u32) -> bool {
        self.assembly.node(node as usize).goes_on()
    }

    /// Instructions and the end.
    pub fn nodes(&self) -> usize {
        self.exits.len() + 1
    }

    /// The node of the program's end.
    pub fn end(&self) -> u32 {
        u32::try_from(self.exits.len()).unwrap_or(u32::MAX)
    }

    pub fn exits(&self, node: u32) -> Exits {
        self.exits.get(node as usize).copied().unwrap_or_default()
    }

    /// The instruction of a node; none for the end, and for what is no known instruction.
    pub fn instruction(&self, node: u32) -> Option<Instruction> {
        self.assembly.instruction(node as usize)
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
        let begins = |section: &Section| section.instructions.start == node;
        self.section(node).is_some_and(begins)
            || self.loop_at(node).is_some()
            || !self.callers(node).is_empty()
            || self
                .predecessors(node)
                .iter()
                .any(|&from| self.exits(from).target == Some(node))
    }
}

/// Whether something may be linked behind the main code.
fn is_followed(assembly: &Assembly) -> bool {
    // A plain program has one section, and reaches no routine.
    if assembly.program.is_some() {
        return false;
    }
    let main = assembly
        .sections
        .first()
        .map(|main| main.instructions.clone());
    let mut nodes = main.unwrap_or_default();
    assembly.sections.iter().any(Section::is_routine)
        || nodes.any(|node| {
            // What is copied may have CALLs.
            matches!(
                assembly.node(node as usize),
                Node::Call(_) | Node::Inline(_)
            )
        })
}

/// The nodes at which sections begin.
fn roots(assembly: &Assembly) -> Vec<u32> {
    let sections = assembly.sections.iter();
    sections.map(|section| section.instructions.start).collect()
}

/// Jumps out of the section are left out.
fn exits_of(assembly: &Assembly, node: u32, section: &Section) -> Exits {
    let next = Some(node + 1);
    let instruction = match assembly.node(node as usize) {
        Node::Instruction(instruction) => instruction,
        Node::Unknown => return Exits::default(),
        other => {
            return Exits {
                next: next.filter(|_| other.goes_on()),
                ..Exits::default()
            };
        }
    };
    let range = &section.instructions;
    let inside = |target: &u32| (range.start..=range.end).contains(target);
    let target = instruction.operand.filter(inside);
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

/// Reverse postorder from the roots, by a depth-first search with an explicit stack. Calls count as edges to the
/// routine and to the place after the call. The node of the end is the last one. Nodes without a path have the highest
/// rank. Returns the rank of every node, and the node of every rank.
fn ranks(
    exits: &[Exits],
    roots: &[u32],
    after_call: impl Fn(u32) -> Option<u32>,
) -> (Vec<u32>, Vec<u32>) {
    let nodes = exits.len() + 1;
    let mut rank = vec![u32::MAX; nodes];
    let mut ranked = vec![u32::MAX; nodes];
    let mut is_seen = vec![false; nodes];
    let mut next_rank = u32::try_from(exits.len()).unwrap_or(u32::MAX);
    // A node is pushed once when it is entered and once more for when it is left.
    // The last root gets the highest ranks, so that sections come in the order of the text.
    let mut stack: Vec<(u32, bool)> = roots.iter().map(|&root| (root, false)).collect();
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
        let back = exits.call.and_then(|_| after_call(node));
        let all = [exits.next, exits.target, exits.call, back];
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
