//! What the depths say: underflow, and RET without CALL.

use super::depth::{Change, Depth, Depths, NOWHERE, State};
use super::findings::{Findings, words};
use super::graph::Graph;
use super::solve::{states, summaries};
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::isa::Op;
use crate::lang::program::Assembly;

/// How far back a path is followed, and how many of its turns are shown.
const PATH_STEPS: usize = 400;
const PATH_TURNS: usize = 6;

/// The depth before every node, and what routines do to it.
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

    /// What the routine that begins at a node does to the depth; none if it never returns.
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
            let after = before
                .zip(graph.instruction(node))
                .and_then(|(before, instruction)| {
                    if instruction.op != Op::Call {
                        return Some(rules.step(node, before));
                    }
                    let routine = graph.exits(node).call?;
                    Some(rules.step_call(before, self.change(routine)?))
                });
            (before, after)
        });
        both.unzip()
    }

    pub fn report(&self, graph: &Graph<'_>, findings: &mut Findings<'_>) {
        for node in 0..graph.end() {
            let (Some(instruction), Some(state)) = (graph.instruction(node), self.state(node))
            else {
                continue;
            };
            let needs = instruction.op.effect(instruction.operand).needs;
            if state.depth.min < needs {
                findings.push(|assembly| self.underflow(graph, assembly, node, needs, state));
            }
            if instruction.op == Op::Ret && state.outside_calls {
                findings.push(|assembly| {
                    let span = assembly.span_of(node as usize);
                    if state.inside_calls {
                        let message = "RET may be reached without a CALL to return from";
                        Diagnostic::new(Code::PossibleRetWithoutCall, span, message)
                            .help("end the code before the routine with HALT or a jump")
                    } else {
                        Diagnostic::new(
                            Code::RetWithoutCall,
                            span,
                            "RET has no CALL to return from",
                        )
                        .help("write HALT to end the program")
                        .replacement("HALT")
                    }
                });
            }
        }
    }

    fn underflow(
        &self,
        graph: &Graph<'_>,
        assembly: &Assembly,
        node: u32,
        needs: u64,
        state: State,
    ) -> Diagnostic {
        let mnemonic = graph.instruction(node).map_or("", |i| i.op.spec().mnemonic);
        let needed = words(needs);
        let span = assembly.span_of(node as usize);
        let is_certain = state.depth.max.is_some_and(|max| max < needs);
        let mut diagnostic = if is_certain {
            let message = format!("{mnemonic} needs {needed}; the stack holds {}", state.depth);
            Diagnostic::new(Code::Underflow, span, message)
        } else {
            let message = format!(
                "{mnemonic} needs {needed}; the stack may hold only {}",
                state.depth.min
            );
            Diagnostic::new(Code::PossibleUnderflow, span, message)
        };
        for (turn, what, depth) in self.path(graph, node) {
            let message = format!("{what} with {} on the stack", words(depth));
            diagnostic = diagnostic.related(assembly.span_of(turn as usize), message);
        }
        diagnostic
    }

    /// The last turns of the path with the least depth to a node, in the order of execution: the instruction that
    /// turns, what it does, and the depth after it.
    fn path(&self, graph: &Graph<'_>, node: u32) -> Vec<(u32, &'static str, u64)> {
        let mut turns: Vec<(u32, &'static str, u64)> = Vec::new();
        let mut to = node;
        for _ in 0..PATH_STEPS {
            let Some(state) = self.state(to) else { break };
            let from = state.from;
            let what = match graph
                .instruction(from)
                .filter(|_| from != NOWHERE)
                .map(|i| i.op)
            {
                None => break,
                Some(Op::Jmp) => "jumps",
                Some(Op::Jz | Op::Jnz | Op::Jc | Op::Jnc)
                    if graph.exits(from).target == Some(to) =>
                {
                    "jumps"
                }
                Some(Op::Jz | Op::Jnz | Op::Jc | Op::Jnc) => "goes on without the jump",
                Some(Op::Call) if graph.exits(from).call == Some(to) => "calls",
                Some(Op::Call) => "comes back",
                Some(_) => "",
            };
            if turns.len() == PATH_TURNS || turns.iter().any(|&(turn, ..)| turn == from) {
                break;
            }
            if !what.is_empty() {
                turns.push((from, what, state.depth.min));
            }
            to = from;
        }
        turns.reverse();
        turns
    }
}
