//! The frames that are open, and what was used while a routine was open.

use super::call_tree::CallTree;
use super::routines::Frame;
use crate::circuit::usage::Usage;
use std::collections::HashMap;

/// What a routine used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoutineUsage {
    /// The routine.
    pub frame: Frame,
    /// How many CALLs entered it.
    pub calls: u64,
    /// What was used by its own instructions.
    pub own: Usage,
    /// What was used while it was open: by its own instructions and by all that it called. A routine that calls itself
    /// counts once. Words left on the stack and calls left open count by the tree of calls, and so too little if that
    /// is cut.
    pub total: Usage,
}

/// A frame that is open.
struct Open {
    routine: usize,
    node: usize,
    is_call: bool,
}

/// A routine, and whether it is open.
struct Entered {
    usage: RoutineUsage,
    /// How many of its frames are open.
    open: u64,
    /// What the run had used when the first of them was opened.
    since: Usage,
}

/// The frames that are open.
pub(super) struct Frames {
    open: Vec<Open>,
    routines: Vec<Entered>,
    numbers: HashMap<Frame, usize>,
}

impl Frames {
    /// Main alone.
    pub fn new() -> Self {
        let mut frames = Frames {
            open: Vec::new(),
            routines: Vec::new(),
            numbers: HashMap::new(),
        };
        frames.push(Frame::Main, CallTree::ROOT, true, Usage::default());
        frames
    }

    /// The node of the path of all open frames.
    pub fn node(&self) -> usize {
        self.open.last().map_or(CallTree::ROOT, |open| open.node)
    }

    /// A CALL enters a routine, after the run has used so much.
    pub fn call(&mut self, tree: &mut CallTree, routine: u32, so_far: Usage) {
        let node = tree.enter(self.node(), routine);
        self.push(Frame::Routine(routine), node, true, so_far);
        if let Some(entered) = self.open.last().map(|open| open.routine)
            && let Some(entered) = self.routines.get_mut(entered)
        {
            entered.usage.calls += 1;
        }
    }

    /// A RET leaves the routine of the last CALL.
    pub fn ret(&mut self, so_far: Usage) {
        self.leave_copies(0, so_far);
        if self.open.len() > 1 {
            self.pop(so_far);
        }
    }

    /// The next instruction stands in these inlined copies, from the outermost to the innermost.
    pub fn stand_in(&mut self, tree: &mut CallTree, copies: &[u32], so_far: Usage) {
        let inlined = self.open.iter().rev().take_while(|open| !open.is_call);
        let base = self.open.len() - inlined.count();
        if copies.is_empty() && base == self.open.len() {
            return;
        }
        let stays = self.open.get(base..).unwrap_or_default().iter();
        let is_same = |(open, copy): &(&Open, &u32)| {
            let entered = self.routines.get(open.routine);
            entered.is_some_and(|entered| entered.usage.frame == Frame::Routine(**copy))
        };
        let kept = stays.zip(copies).take_while(is_same).count();
        self.leave_copies(kept, so_far);
        for copy in copies.iter().skip(kept) {
            let node = tree.enter(self.node(), *copy);
            self.push(Frame::Routine(*copy), node, false, so_far);
        }
    }

    /// Closes all frames. Returns the routines in the order in which they were entered, main first.
    pub fn finish(mut self, tree: &CallTree, so_far: Usage) -> Vec<RoutineUsage> {
        while !self.open.is_empty() {
            self.pop(so_far);
        }
        for node in tree.nodes() {
            // On paths that are not told apart no routine was entered.
            if let Some(number) = self.numbers.get(&node.frame).copied()
                && let Some(entered) = self.routines.get_mut(number)
            {
                entered.usage.own += node.own;
            }
        }
        self.add_what_is_left(tree);
        let usages = self.routines.into_iter().map(|entered| entered.usage);
        usages.collect()
    }

    /// Adds what is left on the stacks to the totals of all routines of each path.
    fn add_what_is_left(&mut self, tree: &CallTree) {
        let mut path: Vec<usize> = Vec::new();
        for (number, node) in tree.nodes().iter().enumerate() {
            let Usage { stack, calls, .. } = node.own;
            if stack + calls == 0 {
                continue;
            }
            let left = Usage {
                stack,
                calls,
                ..Usage::default()
            };
            path.clear();
            let frames = tree.path(number);
            path.extend(frames.iter().filter_map(|frame| self.numbers.get(frame)));
            path.sort_unstable();
            path.dedup();
            for number in &path {
                if let Some(entered) = self.routines.get_mut(*number) {
                    entered.usage.total += left;
                }
            }
        }
    }

    /// Leaves inlined copies of the last call, all but so many of the outermost.
    fn leave_copies(&mut self, kept: usize, so_far: Usage) {
        let inlined = self.open.iter().rev().take_while(|open| !open.is_call);
        for _ in kept..inlined.count() {
            self.pop(so_far);
        }
    }

    fn push(&mut self, frame: Frame, node: usize, is_call: bool, so_far: Usage) {
        let routines = &mut self.routines;
        let routine = *self.numbers.entry(frame).or_insert_with(|| {
            routines.push(Entered {
                usage: RoutineUsage {
                    frame,
                    calls: 0,
                    own: Usage::default(),
                    total: Usage::default(),
                },
                open: 0,
                since: Usage::default(),
            });
            routines.len() - 1
        });
        if let Some(entered) = self.routines.get_mut(routine) {
            if entered.open == 0 {
                entered.since = so_far;
            }
            entered.open += 1;
        }
        self.open.push(Open {
            routine,
            node,
            is_call,
        });
    }

    fn pop(&mut self, so_far: Usage) {
        let Some(open) = self.open.pop() else { return };
        if let Some(entered) = self.routines.get_mut(open.routine) {
            entered.open = entered.open.saturating_sub(1);
            if entered.open == 0 {
                entered.usage.total += so_far - entered.since;
            }
        }
    }
}
