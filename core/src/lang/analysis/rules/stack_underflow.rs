//! The stack holds, or may hold, fewer words than an instruction takes.

use crate::lang::analysis::depth::{NOWHERE, State};
use crate::lang::analysis::findings::{Findings, words};
use crate::lang::analysis::flow::Flow;
use crate::lang::analysis::graph::Graph;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::isa::Op;
use crate::lang::program::Assembly;

/// How far back a path is followed, and how many of its jumps are shown.
const PATH_STEPS: usize = 400;
const PATH_TURNS: usize = 6;

pub(in crate::lang::analysis) fn report(
    graph: &Graph<'_>,
    flow: &Flow,
    findings: &mut Findings<'_>,
) {
    for node in 0..graph.end() {
        let (Some(instruction), Some(state)) = (graph.instruction(node), flow.state(node)) else {
            continue;
        };
        let needs = instruction.op.effect(instruction.operand).needs;
        if state.depth.min < needs {
            findings.push(|assembly| underflow(flow, graph, assembly, node, needs, state));
        }
    }
}

fn underflow(
    flow: &Flow,
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
    for (turn, what, depth) in path(flow, graph, node) {
        let message = format!("{what} with {} on the stack", words(depth));
        diagnostic = diagnostic.related(assembly.span_of(turn as usize), message);
    }
    diagnostic
}

/// The last jumps of the path with the least depth to a node, in the order of execution: the instruction that
/// jumps, what it does, and the depth after it.
fn path(flow: &Flow, graph: &Graph<'_>, node: u32) -> Vec<(u32, &'static str, u64)> {
    let mut turns: Vec<(u32, &'static str, u64)> = Vec::new();
    let mut to = node;
    for _ in 0..PATH_STEPS {
        let Some(state) = flow.state(to) else { break };
        let from = state.from;
        let what = match graph
            .instruction(from)
            .filter(|_| from != NOWHERE)
            .map(|i| i.op)
        {
            None => break,
            Some(Op::Jmp) => "jumps",
            Some(Op::Jz | Op::Jnz | Op::Jc | Op::Jnc) if graph.exits(from).target == Some(to) => {
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
