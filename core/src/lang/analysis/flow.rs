//! The stack depth before every instruction, and what routines do to it.

use super::depth::{Change, Depth, Depths, State};
use super::graph::Graph;
use super::solve::{states, summaries};
use crate::lang::isa::Op;

/// The depth before every node, and the effect of routines on it.
pub(super) struct Flow {
    pub states: Vec<Option<State>>,
    pub changes: Vec<Option<Change>>,
}

impl Flow {
    pub fn new(graph: &Graph<'_>) -> Self {
        let changes = summaries(graph, &Depths(graph));
        let states = states(graph, &Depths(graph), &changes);
        Flow { states, changes }
    }

    pub fn state(&self, node: u32) -> Option<State> {
        self.states.get(node as usize).copied().flatten()
    }

    /// The change of depth by the routine that begins at a node; none if it never returns.
    pub fn change(&self, routine: u32) -> Option<Change> {
        self.changes.get(routine as usize).copied().flatten()
    }

    pub fn is_reached(&self, node: u32) -> bool {
        self.state(node).is_some()
    }

    /// The depth before and after each instruction.
    pub fn depths(&self, graph: &Graph<'_>) -> (Vec<Option<Depth>>, Vec<Option<Depth>>) {
        let rules = Depths(graph);
        let both = (0..graph.end()).map(|node| {
            let before = self.state(node).map(|state| state.depth);
            let after = before.and_then(|before| {
                if let Some(routine) = graph.exits(node).call {
                    return Some(rules.step_call(before, self.change(routine)?));
                }
                let is_call = graph
                    .instruction(node)
                    .is_some_and(|one| one.op == Op::Call);
                let is_known = graph.effect(node).is_some() && !is_call;
                (is_known && graph.comes_back(node)).then(|| rules.step(node, before))
            });
            (before, after)
        });
        both.unzip()
    }
}
