//! Fixed points over the graph, for any domain of facts.
//!
//! Summaries run backwards, from each instruction to the RET of its routine. States run forwards. Both take nodes from
//! a queue in (reverse) postorder, so without loops each node is visited once. In a loop, the domain has to stop
//! changing after a few joins; a flag says when it has to widen.

use super::graph::Graph;
use super::loops::Loop;
use super::queue::Queue;
use crate::lang::isa::Op;
use crate::lang::program::Section;

/// Number of joins at one node after which a domain has to widen.
const PATIENCE: u8 = 8;

pub(super) trait Domain {
    /// The effect of a sequence of instructions.
    type Summary: Copy + PartialEq;
    /// What is known before an instruction.
    type State: Copy + PartialEq;

    /// The summary of the empty sequence.
    fn nothing(&self) -> Self::Summary;
    /// The summary of one instruction.
    fn summary(&self, node: u32) -> Self::Summary;
    /// The summary of one sequence after another.
    fn then(&self, first: Self::Summary, second: Self::Summary) -> Self::Summary;
    /// The summary of one sequence or another.
    fn either(&self, old: Self::Summary, new: Self::Summary, widen: bool) -> Self::Summary;

    /// What is known where a section begins.
    fn start(&self, section: &Section) -> Self::State;
    /// What is known after an instruction other than a CALL.
    fn after(&self, node: u32, before: Self::State) -> Self::State;
    /// What is known at the start of the routine that a CALL calls.
    fn inside_call(&self, call: u32, before: Self::State) -> Self::State;
    /// What is known after the routine has returned.
    fn after_call(&self, call: u32, before: Self::State, routine: Self::Summary) -> Self::State;
    /// What is known where two paths meet.
    fn meet(&self, old: Self::State, new: Self::State, widen: bool) -> Self::State;

    /// What is known at the first instruction of a declared loop, whichever turn it is.
    fn enter(&self, before: Self::State, _of: &Loop) -> Self::State {
        before
    }
    /// What is known after the last turn of a declared loop.
    fn leave(&self, before: Self::State, _of: &Loop) -> Self::State {
        before
    }
    /// The summary from a way out of a declared loop on, for the first turn.
    fn leave_summary(&self, rest: Self::Summary, _of: &Loop) -> Self::Summary {
        rest
    }
}

/// A fact for each node, and how often it has changed.
struct Facts<T> {
    facts: Vec<Option<T>>,
    changes: Vec<u8>,
}

impl<T: Copy + PartialEq> Facts<T> {
    fn new(nodes: usize) -> Self {
        Facts {
            facts: vec![None; nodes],
            changes: vec![0; nodes],
        }
    }

    fn get(&self, node: u32) -> Option<T> {
        self.facts.get(node as usize).copied().flatten()
    }

    /// Joins a fact into that of a node. Returns whether this changed anything.
    fn join(&mut self, node: u32, new: T, join: impl Fn(T, T, bool) -> T) -> bool {
        let at = node as usize;
        let (Some(fact), Some(changes)) = (self.facts.get_mut(at), self.changes.get_mut(at)) else {
            return false;
        };
        let joined = match *fact {
            None => new,
            Some(old) => join(old, new, *changes >= PATIENCE),
        };
        if *fact == Some(joined) {
            return false;
        }
        *fact = Some(joined);
        *changes = changes.saturating_add(1);
        true
    }
}

/// For each node the summary from there to the RET; none where no path leads to a RET.
pub(super) fn summaries<D: Domain>(graph: &Graph<'_>, domain: &D) -> Vec<Option<D::Summary>> {
    let mut facts = Facts::new(graph.nodes());
    let mut queue = Queue::new(graph.nodes());
    let is_return = |node: u32| {
        let instruction = graph.instruction(node);
        instruction.is_some_and(|instruction| instruction.op == Op::Ret)
    };
    // The last rank comes first. A node that no path reaches has the highest rank and no index here.
    let place = |node: u32| graph.end().checked_sub(graph.rank(node));
    let returns = (0..graph.end()).filter(|&node| is_return(node));
    returns
        .filter_map(place)
        .for_each(|place| queue.push(place));
    while let Some(last) = queue.pop() {
        let rank = graph.end().checked_sub(last);
        let Some(node) = rank.and_then(|rank| graph.ranked(rank)) else {
            continue;
        };
        let exits = graph.exits(node);
        let new = if let Some(routine) = exits.call {
            let back = graph.after_call(node).and_then(|back| facts.get(back));
            let both = facts.get(routine).zip(back);
            both.map(|(routine, rest)| domain.then(routine, rest))
        } else if is_return(node) {
            Some(domain.nothing())
        } else {
            let rest = |to: Option<u32>| {
                let to = to?;
                let rest = facts.get(to)?;
                let left = graph.left(node, to);
                Some(left.fold(rest, |rest, one| domain.leave_summary(rest, one)))
            };
            let rest = match (rest(exits.next), rest(exits.target)) {
                (Some(next), Some(target)) => Some(domain.either(next, target, false)),
                (next, target) => next.or(target),
            };
            rest.map(|rest| domain.then(domain.summary(node), rest))
        };
        let is_changed = new.is_some_and(|new| {
            facts.join(node, new, |old, new, widen| domain.either(old, new, widen))
        });
        if is_changed {
            let before_call = node
                .checked_sub(1)
                .filter(|&call| graph.exits(call).call.is_some());
            let callers = graph.callers(node).iter().copied();
            for from in graph
                .predecessors(node)
                .iter()
                .copied()
                .chain(callers)
                .chain(before_call)
            {
                if let Some(place) = place(from) {
                    queue.push(place);
                }
            }
        }
    }
    facts.facts
}

/// For each node the state before it; none for a node that no path reaches.
pub(super) fn states<D: Domain>(
    graph: &Graph<'_>,
    domain: &D,
    summaries: &[Option<D::Summary>],
) -> Vec<Option<D::State>> {
    let mut facts = Facts::new(graph.nodes());
    let mut queue = Queue::new(graph.nodes());
    let meet = |old, new, widen| domain.meet(old, new, widen);
    let entered = |to: u32, state: D::State| match graph.loop_at(to) {
        Some(one) => domain.enter(state, one),
        None => state,
    };
    for (root, section) in graph.roots() {
        facts.join(root, entered(root, domain.start(section)), meet);
        queue.push(graph.rank(root));
    }
    while let Some(rank) = queue.pop() {
        let known = |node| Some((node, facts.get(node)?));
        let Some((node, before)) = graph.ranked(rank).and_then(known) else {
            continue;
        };
        let exits = graph.exits(node);
        let mut go = |to: u32, state: D::State| {
            if facts.join(to, entered(to, state), meet) {
                queue.push(graph.rank(to));
            }
        };
        if let Some(routine) = exits.call {
            go(routine, domain.inside_call(node, before));
            if let Some(summary) = summaries.get(routine as usize).copied().flatten()
                && let Some(back) = graph.after_call(node)
            {
                go(back, domain.after_call(node, before, summary));
            }
        }
        for to in exits.onward() {
            let after = domain.after(node, before);
            let left = graph.left(node, to);
            go(to, left.fold(after, |state, one| domain.leave(state, one)));
        }
    }
    facts.facts
}
