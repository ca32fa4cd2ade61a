//! Stack depths as a domain: states are ranges of depths, and summaries are ranges of changes.

use super::graph::Graph;
use super::loops::Loop;
use super::solve::Domain;
use crate::lang::isa::{Effect, Op};
use crate::lang::program::{Section, SectionKind};
use std::fmt;

/// How many words the stack may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Depth {
    /// The least depth.
    pub min: u64,
    /// The greatest depth; none if there is no bound.
    pub max: Option<u64>,
}

impl Depth {
    /// The depth, if only one is possible.
    pub fn exact(self) -> Option<u64> {
        (self.max == Some(self.min)).then_some(self.min)
    }
}

/// `2`, `1 to 3` or `1 or more`.
impl fmt::Display for Depth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.max {
            Some(max) if max == self.min => write!(f, "{max}"),
            Some(max) => write!(f, "{} to {max}", self.min),
            None => write!(f, "{} or more", self.min),
        }
    }
}

/// The least and the greatest change of the depth. The ends of `i64` mean that there is no bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub least: i64,
    pub most: i64,
}

impl Change {
    pub fn exact(self) -> Option<i64> {
        (self.least == self.most).then_some(self.least)
    }
}

/// Sums in which the ends of `i64` stay as they are.
fn add(a: i64, b: i64) -> i64 {
    match (a, b) {
        (i64::MIN, _) | (_, i64::MIN) => i64::MIN,
        (i64::MAX, _) | (_, i64::MAX) => i64::MAX,
        _ => a.saturating_add(b),
    }
}

/// The predecessor of a path that has none.
pub(super) const NOWHERE: u32 = u32::MAX;

/// The state before an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub depth: Depth,
    /// The node from which the least depth comes.
    pub from: u32,
    /// Whether there is a path without an open CALL.
    pub outside_calls: bool,
    /// Whether there is a path with an open CALL.
    pub inside_calls: bool,
    /// Whether it rests on how often a loop is said to be begun.
    pub is_trusted: bool,
}

pub(super) struct Depths<'a>(pub &'a Graph<'a>);

impl Depths<'_> {
    fn effect(&self, node: u32) -> Effect {
        let nothing = Effect {
            needs: 0,
            change: 0,
        };
        let effect = self.0.effect(node).unwrap_or(nothing);
        Effect {
            needs: self.needs(node).unwrap_or(effect.needs),
            ..effect
        }
    }

    /// The words that an instruction needs where it may look below what is known; none if it needs what it always does.
    fn needs(&self, node: u32) -> Option<u64> {
        (looks_below(self.0, node)).then_some(0)
    }

    /// The depth after an instruction other than a CALL. A path with too few words traps, so every path that continues
    /// has at least the words that the instruction needs. If all paths have too few, there is already an error. Then
    /// the words are assumed to be there, so that later instructions do not repeat it. DUP and SWAP with a depth are an
    /// exception: there the number is probably wrong, and no words are missing.
    pub fn step(&self, node: u32, before: Depth) -> Depth {
        let Effect { needs, change } = self.effect(node);
        let is_too_shallow = before.max.is_some_and(|max| max < needs);
        let picks = self
            .0
            .instruction(node)
            .is_some_and(|i| matches!(i.op, Op::Dup | Op::Swap));
        let needs = if is_too_shallow && picks { 0 } else { needs };
        let shift = |depth: u64| depth.max(needs).saturating_add_signed(change);
        Depth {
            min: shift(before.min),
            max: before.max.map(shift),
        }
    }

    /// The depth after a routine has returned.
    pub fn step_call(&self, before: Depth, routine: Change) -> Depth {
        let min = match routine.least {
            i64::MIN => 0,
            least => before.min.saturating_add_signed(least),
        };
        let max = match routine.most {
            i64::MAX => None,
            most => before
                .max
                .map(|max| max.saturating_add_signed(most).max(min)),
        };
        Depth { min, max }
    }
}

/// How many words the stack holds where a section begins.
pub(super) fn inputs(section: &Section) -> u32 {
    match &section.kind {
        SectionKind::Main => 0,
        SectionKind::Routine { contract, .. } => contract.map_or(0, |contract| contract.inputs),
        SectionKind::Test { inputs } => *inputs,
    }
}

/// Whether a node is a DUP that may look below the inputs of its routine.
pub(super) fn looks_below(graph: &Graph<'_>, node: u32) -> bool {
    let is_open = |section: &Section| match section.kind {
        SectionKind::Routine {
            contract: Some(contract),
            ..
        } => contract.looks_below,
        _ => false,
    };
    graph.op(node) == Some(Op::Dup) && graph.section(node).is_some_and(is_open)
}

impl Domain for Depths<'_> {
    type Summary = Change;
    type State = State;

    fn nothing(&self) -> Change {
        Change { least: 0, most: 0 }
    }

    fn summary(&self, node: u32) -> Change {
        let change = self.effect(node).change;
        Change {
            least: change,
            most: change,
        }
    }

    fn then(&self, first: Change, second: Change) -> Change {
        Change {
            least: add(first.least, second.least),
            most: add(first.most, second.most),
        }
    }

    fn either(&self, old: Change, new: Change, widen: bool) -> Change {
        Change {
            least: if widen && new.least < old.least {
                i64::MIN
            } else {
                old.least.min(new.least)
            },
            most: if widen && new.most > old.most {
                i64::MAX
            } else {
                old.most.max(new.most)
            },
        }
    }

    fn start(&self, section: &Section) -> State {
        let words = u64::from(inputs(section));
        State {
            depth: Depth {
                min: words,
                max: Some(words),
            },
            from: NOWHERE,
            outside_calls: true,
            inside_calls: false,
            is_trusted: false,
        }
    }

    fn enter(&self, before: State, of: &Loop) -> State {
        let Depth { min, max } = before.depth;
        let depth = match (of.line.change > 0, of.total()) {
            (true, Some(total)) => Depth {
                min,
                max: max.map(|max| max.saturating_add_signed(total)),
            },
            (true, None) => Depth { min, max: None },
            (false, Some(total)) => Depth {
                min: min.saturating_add_signed(total),
                max,
            },
            (false, None) => Depth { min: 0, max },
        };
        State {
            depth,
            is_trusted: true,
            ..before
        }
    }

    fn leave(&self, before: State, of: &Loop) -> State {
        let Some(total) = of.total() else {
            return before;
        };
        let Depth { min, max } = before.depth;
        let depth = match of.line.change > 0 {
            true => Depth {
                min: min.saturating_add_signed(total),
                max,
            },
            false => Depth {
                min,
                max: max.map(|max| max.saturating_add_signed(total).max(min)),
            },
        };
        State { depth, ..before }
    }

    fn leave_summary(&self, rest: Change, of: &Loop) -> Change {
        let total = match of.total() {
            Some(total) => Change {
                least: total,
                most: total,
            },
            None if of.line.change > 0 => Change {
                least: 0,
                most: i64::MAX,
            },
            None => Change {
                least: i64::MIN,
                most: 0,
            },
        };
        self.then(total, rest)
    }

    fn after(&self, node: u32, before: State) -> State {
        State {
            depth: self.step(node, before.depth),
            from: node,
            ..before
        }
    }

    fn inside_call(&self, call: u32, before: State) -> State {
        State {
            from: call,
            outside_calls: false,
            inside_calls: true,
            ..before
        }
    }

    fn after_call(&self, call: u32, before: State, routine: Change) -> State {
        State {
            depth: self.step_call(before.depth, routine),
            from: call,
            ..before
        }
    }

    fn meet(&self, old: State, new: State, widen: bool) -> State {
        let is_lower = new.depth.min < old.depth.min;
        let is_higher = match (old.depth.max, new.depth.max) {
            (Some(old), Some(new)) => new > old,
            (old, new) => old.is_some() && new.is_none(),
        };
        let min = if is_lower && widen {
            0
        } else {
            old.depth.min.min(new.depth.min)
        };
        let max = match is_higher {
            true if widen => None,
            true => new.depth.max,
            false => old.depth.max,
        };
        State {
            depth: Depth { min, max },
            from: if is_lower { new.from } else { old.from },
            outside_calls: old.outside_calls || new.outside_calls,
            inside_calls: old.inside_calls || new.inside_calls,
            is_trusted: old.is_trusted || new.is_trusted,
        }
    }
}
