//! Paths that meet with different depths. Each routine, and the program outside routines, is walked once. The first
//! path that arrives at an instruction sets its depth, counted from the start of the routine, and the depths of other
//! paths are compared with it. A comparison of ranges of possible depths would report one mistake again at every later
//! join.

use crate::lang::analysis::depth::inputs;
use crate::lang::analysis::findings::{Findings, words};
use crate::lang::analysis::flow::Flow;
use crate::lang::analysis::graph::Graph;
use crate::lang::analysis::queue::Queue;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::isa::Op;
use crate::lang::program::Assembly;
use std::collections::HashSet;

/// How an instruction was first reached.
#[derive(Clone, Copy)]
struct Arrival {
    /// The start of the routine.
    routine: u32,
    /// Whether a section begins there, so that depths are those of the stack, as far as the section knows it.
    is_section: bool,
    /// The depth since the start; none after a call whose routine has different effects on different paths.
    depth: Option<i64>,
    /// The node before; for the start of the routine, the node itself.
    from: u32,
}

impl Arrival {
    /// Whether it is in a routine that says what it takes and leaves.
    fn routine_of(&self, graph: &Graph<'_>) -> bool {
        graph
            .section(self.routine)
            .is_some_and(|section| section.is_routine())
    }
}

struct Walk<'a, 'b> {
    graph: &'a Graph<'a>,
    flow: &'a Flow,
    arrivals: Vec<Option<Arrival>>,
    is_reported: Vec<bool>,
    /// Ranks of nodes.
    queue: Queue,
    findings: &'a mut Findings<'b>,
}

pub(in crate::lang::analysis) fn report(
    graph: &Graph<'_>,
    flow: &Flow,
    findings: &mut Findings<'_>,
) {
    let mut walk = Walk {
        graph,
        flow,
        arrivals: vec![None; graph.nodes()],
        is_reported: vec![false; graph.nodes()],
        queue: Queue::new(graph.nodes()),
        findings,
    };
    let roots = graph.roots();
    for (root, section) in &roots {
        walk.routine(*root, Some(i64::from(inputs(section))));
    }
    let starts: HashSet<u32> = roots.iter().map(|(root, _)| *root).collect();
    let mut routines: Vec<u32> = (1..graph.end())
        .filter(|&node| !graph.callers(node).is_empty() && flow.is_reached(node))
        .filter(|node| !starts.contains(node))
        .collect();
    routines.sort_by_key(|&node| graph.rank(node));
    for routine in routines {
        walk.routine(routine, None);
    }
}

impl Walk<'_, '_> {
    /// Walks what begins at a node: a section, with the depth at its start, or code that is called by its label.
    fn routine(&mut self, start: u32, depth: Option<i64>) {
        // The RET with which the other RETs of the routine are compared.
        let mut first_return: Option<(u32, i64)> = None;
        self.arrive(
            start,
            Arrival {
                routine: start,
                is_section: depth.is_some(),
                depth: Some(depth.unwrap_or(0)),
                from: start,
            },
        );
        while let Some(rank) = self.queue.pop() {
            let Some(node) = self.graph.ranked(rank) else {
                continue;
            };
            let Some(arrival) = self.arrivals.get(node as usize).copied().flatten() else {
                continue;
            };
            let exits = self.graph.exits(node);
            let op = self
                .graph
                .instruction(node)
                .map(|instruction| instruction.op);
            let change = match op {
                Some(Op::Call) => {
                    let Some(change) = exits.call.and_then(|routine| self.flow.change(routine))
                    else {
                        continue;
                    };
                    change.exact()
                }
                _ => Some(self.change(node, arrival)),
            };
            let depth = arrival
                .depth
                .zip(change)
                .map(|(depth, change)| depth.saturating_add(change));
            let onward = Arrival {
                depth,
                from: node,
                ..arrival
            };
            // A declared routine is held against what it declares.
            let is_declared = arrival.is_section && arrival.routine_of(self.graph);
            match (op, arrival.depth, first_return) {
                (Some(Op::Call), ..) => {
                    if let Some(back) = self.graph.after_call(node) {
                        self.arrive(back, onward);
                    }
                }
                (Some(Op::Ret), ..) if is_declared => {}
                (Some(Op::Ret), Some(depth), None) => first_return = Some((node, depth)),
                (Some(Op::Ret), Some(depth), Some(first)) if first.1 != depth => {
                    self.findings
                        .push(|assembly| returns_differ(assembly, (node, depth), first));
                }
                _ => {}
            }
            for to in exits.onward() {
                let mut left = self.graph.left(node, to);
                let total = left.try_fold(0i64, |sum, one| Some(sum.saturating_add(one.total()?)));
                let depth = onward
                    .depth
                    .zip(total)
                    .map(|(depth, total)| depth.saturating_add(total));
                self.arrive(to, Arrival { depth, ..onward });
            }
            for head in self.graph.turns(node).collect::<Vec<u32>>() {
                self.turn(head, onward);
            }
        }
    }

    /// A turn of a declared loop: the depth has to differ from that of the turn before as declared.
    fn turn(&mut self, head: u32, new: Arrival) {
        let old = self.arrivals.get(head as usize).copied().flatten();
        let Some((old, line)) = old.zip(self.graph.loop_at(head).map(|one| one.line)) else {
            return;
        };
        let depths = old.depth.zip(new.depth);
        let Some((before, now)) = depths.filter(|_| old.routine == new.routine) else {
            self.findings.push(|assembly| {
                let message = "what a turn of the loop does to the stack is not known, so it is not held against this line";
                Diagnostic::new(Code::DepthMismatch, line.span, message)
                    .related(assembly.span_of(new.from as usize), "a turn ends here")
            });
            return;
        };
        let change = now.saturating_sub(before);
        if change != line.change {
            let declared = line.change;
            self.findings.push(|assembly| {
                let message = format!(
                    "each turn of the loop changes the stack by {change:+}, and not by {declared:+}"
                );
                Diagnostic::new(Code::WrongLoop, line.span, message)
                    .related(assembly.span_of(new.from as usize), "a turn ends here")
            });
        }
    }

    /// The change of depth by an instruction. At the start of a program the stack is empty, so an underflow there is
    /// certain and already reported. After it the missing words are assumed to be there.
    fn change(&self, node: u32, arrival: Arrival) -> i64 {
        let Some(effect) = self.graph.effect(node) else {
            return 0;
        };
        let picks = matches!(self.graph.op(node), Some(Op::Dup | Op::Swap));
        match (arrival.is_section, arrival.depth) {
            (true, Some(depth)) if !picks => {
                let missing = i64::try_from(effect.needs)
                    .unwrap_or(i64::MAX)
                    .saturating_sub(depth);
                effect.change.saturating_add(missing.max(0))
            }
            _ => effect.change,
        }
    }

    fn arrive(&mut self, node: u32, new: Arrival) {
        // At the end of the program, the depth has no effect.
        if node >= self.graph.end() {
            return;
        }
        let Some(slot) = self.arrivals.get_mut(node as usize) else {
            return;
        };
        let Some(old) = *slot else {
            *slot = Some(new);
            self.queue.push(self.graph.rank(node));
            return;
        };
        // Code that two routines share has no single depth to compare.
        let (Some(before), Some(now)) = (old.depth, new.depth) else {
            return;
        };
        if old.routine != new.routine || before == now {
            return;
        }
        if self
            .is_reported
            .get_mut(node as usize)
            .is_some_and(|said| !std::mem::replace(said, true))
        {
            let is_loop = self.graph.rank(node) <= self.graph.rank(new.from);
            self.findings
                .push(|assembly| paths_differ(assembly, node, old, new, before, now, is_loop));
        }
    }
}

fn paths_differ(
    assembly: &Assembly,
    node: u32,
    old: Arrival,
    new: Arrival,
    before: i64,
    now: i64,
    is_loop: bool,
) -> Diagnostic {
    let difference = words(before.abs_diff(now));
    let (code, message) = match (is_loop, now > before) {
        (true, true) => (
            Code::GrowingLoop,
            format!("each turn of this loop leaves {difference} more on the stack"),
        ),
        (true, false) => (
            Code::DepthMismatch,
            format!("each turn of this loop takes {difference} off the stack"),
        ),
        (false, _) => (
            Code::DepthMismatch,
            format!("paths meet here with stack depths that differ by {difference}"),
        ),
    };
    let first = if old.from == node && old.routine == node {
        format!(
            "the {} starts here with depth {}",
            if node == 0 && old.is_section {
                "program"
            } else {
                "routine"
            },
            shown(old, before)
        )
    } else {
        format!(
            "one path arrives from here with depth {}",
            shown(old, before)
        )
    };
    let second = format!("the other arrives from here with depth {}", shown(new, now));
    Diagnostic::new(code, assembly.span_of(node as usize), message)
        .related(assembly.span_of(old.from as usize), first)
        .related(assembly.span_of(new.from as usize), second)
}

fn returns_differ(assembly: &Assembly, second: (u32, i64), first: (u32, i64)) -> Diagnostic {
    let message = format!(
        "the routine's RETs leave stack depths that differ by {}",
        words(first.1.abs_diff(second.1))
    );
    Diagnostic::new(
        Code::DepthMismatch,
        assembly.span_of(second.0 as usize),
        message,
    )
    .related(
        assembly.span_of(first.0 as usize),
        format!("this RET returns with depth {:+}", first.1),
    )
    .related(
        assembly.span_of(second.0 as usize),
        format!("and this one with depth {:+}", second.1),
    )
}

/// Formats a depth: in a section it is that of the stack; in code that is called by its label, the change since its start.
fn shown(arrival: Arrival, depth: i64) -> String {
    match arrival.is_section {
        true => depth.to_string(),
        false => format!("{depth:+}"),
    }
}
