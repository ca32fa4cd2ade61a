//! Declared loops: `.loop` lines. The turns of such a loop, the edges back to its first instruction, are taken out of the
//! graph. In their place, the depth in the loop is a range, and where control leaves it, the end of that range.

use super::exits::Exits;
use crate::lang::program::{Assembly, LoopLine};
use std::collections::{HashMap, HashSet};

/// The most nodes in the declared loops of a text, those of an inner loop counted with each loop around it. Loops past
/// that are looked at as if they were not declared.
const BUDGET: usize = 2_000_000;

/// A declared loop.
#[derive(Clone, Debug)]
pub(super) struct Loop {
    /// What its line says.
    pub line: LoopLine,
    /// Its nodes.
    body: HashSet<u32>,
    /// The nodes from which control goes back to the first.
    tails: Vec<u32>,
}

impl Loop {
    /// By how much the depth at the first instruction differs between the first time and the last; none if it is not
    /// said how often the loop is begun.
    pub fn total(&self) -> Option<i64> {
        let turns = i64::try_from(self.line.count?.saturating_sub(1)).unwrap_or(i64::MAX);
        Some(turns.saturating_mul(self.line.change))
    }
}

/// The declared loops of a text.
#[derive(Debug, Default)]
pub(super) struct Loops {
    /// The smallest first, so that inner loops come before outer ones.
    list: Vec<Loop>,
    /// Places in the list, by first instruction.
    heads: HashMap<u32, usize>,
    /// Places in the list, by node from which control goes back.
    tails: HashMap<u32, Vec<usize>>,
    /// Places in the list, by node.
    bodies: HashMap<u32, Vec<usize>>,
}

impl Loops {
    /// `after_call` gives where control comes back from code that is called by its label.
    pub fn new(
        assembly: &Assembly,
        exits: &[Exits],
        rank: &[u32],
        after_call: impl Fn(u32) -> Option<u32>,
    ) -> Loops {
        if assembly.loops.is_empty() {
            return Loops::default();
        }
        let mut before: HashMap<u32, Vec<u32>> = HashMap::new();
        for (node, exit) in (0u32..).zip(exits) {
            for to in exit.onward() {
                before.entry(to).or_default().push(node);
            }
            if let Some(back) = exit.call.and_then(|_| after_call(node)) {
                before.entry(back).or_default().push(node);
            }
        }
        let place = |node: u32| rank.get(node as usize).copied().unwrap_or(u32::MAX);
        let mut list: Vec<Loop> = Vec::new();
        let mut budget = BUDGET;
        for &line in &assembly.loops {
            let head = line.node;
            let into = before.get(&head).cloned().unwrap_or_default();
            let tails = into
                .into_iter()
                .filter(|&from| place(from) >= place(head) && place(from) != u32::MAX);
            let tails: Vec<u32> = tails.collect();
            let mut body = HashSet::from([head]);
            let mut open = tails.clone();
            while let Some(node) = open.pop().filter(|_| body.len() < budget) {
                if body.insert(node) {
                    open.extend(before.get(&node).into_iter().flatten());
                }
            }
            if !open.is_empty() {
                break;
            }
            budget = budget.saturating_sub(body.len());
            list.push(Loop { line, body, tails });
        }
        list.sort_by_key(|one| one.body.len());
        let mut loops = Loops::default();
        for (at, one) in list.iter().enumerate() {
            loops.heads.insert(one.line.node, at);
            for &tail in &one.tails {
                loops.tails.entry(tail).or_default().push(at);
            }
            for &node in &one.body {
                loops.bodies.entry(node).or_default().push(at);
            }
        }
        loops.list = list;
        loops
    }

    /// Takes the turns out of the exits.
    pub fn cut(&mut self, exits: &mut [Exits]) {
        for one in &self.list {
            let head = Some(one.line.node);
            for &tail in &one.tails {
                if let Some(exit) = exits.get_mut(tail as usize) {
                    for to in [&mut exit.next, &mut exit.target] {
                        if *to == head {
                            *to = None;
                        }
                    }
                }
            }
        }
    }

    pub fn at(&self, node: u32) -> Option<&Loop> {
        self.list.get(*self.heads.get(&node)?)
    }

    /// The loops that an edge leaves, the innermost first.
    pub fn left(&self, from: u32, to: u32) -> impl Iterator<Item = &Loop> {
        let around = places(&self.bodies, from).iter();
        let loops = around.filter_map(|&at| self.list.get(at));
        loops.filter(move |one| !one.body.contains(&to))
    }

    /// The nodes to which control goes back from a node.
    pub fn turns(&self, from: u32) -> impl Iterator<Item = u32> {
        let around = places(&self.tails, from).iter();
        around.filter_map(|&at| Some(self.list.get(at)?.line.node))
    }
}

/// The places at a node; most nodes have none.
fn places(map: &HashMap<u32, Vec<usize>>, node: u32) -> &[usize] {
    map.get(&node).map_or(&[], Vec::as_slice)
}
