//! The stack holds, or may hold, fewer words than an instruction takes.

use crate::lang::analysis::depth::{NOWHERE, State, looks_below};
use crate::lang::analysis::findings::{Findings, words};
use crate::lang::analysis::flow::Flow;
use crate::lang::analysis::graph::Graph;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::isa::Op;
use crate::lang::program::{Assembly, Node, SectionKind};

/// How far back a path is followed, and how many of its jumps are shown.
const PATH_STEPS: usize = 400;
const PATH_TURNS: usize = 6;

pub(in crate::lang::analysis) fn report(
    graph: &Graph<'_>,
    flow: &Flow,
    findings: &mut Findings<'_>,
) {
    for node in 0..graph.end() {
        let (Some(effect), Some(state)) = (graph.effect(node), flow.state(node)) else {
            continue;
        };
        let needs = effect.needs;
        if state.depth.min < needs && !looks_below(graph, node) {
            findings.push(|assembly| underflow(flow, graph, assembly, node, needs, state));
        } else if let Some(message) = unbounded(graph, node) {
            findings.push(|assembly| {
                let span = assembly.span_of(node as usize);
                Diagnostic::new(possible(graph, node), span, message)
            });
        }
    }
}

/// Why it is not known how far below the top of the stack a node reaches; none if it is known.
fn unbounded(graph: &Graph<'_>, node: u32) -> Option<String> {
    match graph.node(node) {
        Node::Open {
            op: op @ (Op::Dup | Op::Swap),
            ..
        } if !looks_below(graph, node) => Some(format!(
            "how deep {} reaches is known only when the program is linked",
            op.spec().mnemonic
        )),
        Node::Call(invocation) | Node::Inline(invocation) if invocation.contract.looks_below => {
            let is_closed = match graph.section(node).map(|section| &section.kind) {
                Some(SectionKind::Routine { contract, .. }) => {
                    contract.is_some_and(|contract| !contract.looks_below)
                }
                _ => false,
            };
            let message = "the routine that this reaches looks below its inputs, and maybe below those of this one";
            is_closed.then(|| message.to_owned())
        }
        _ => None,
    }
}

/// The code of what may reach too deep.
fn possible(graph: &Graph<'_>, node: u32) -> Code {
    match graph.section(node).is_some_and(|one| one.is_routine()) {
        true => Code::PossibleBelowInputs,
        false => Code::PossibleUnderflow,
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
    let mnemonic = graph.word(node);
    let needed = words(needs);
    let span = assembly.span_of(node as usize);
    let is_certain = state.depth.max.is_some_and(|max| max < needs) && !state.is_trusted;
    let is_routine = graph.section(node).is_some_and(|one| one.is_routine());
    let holder = match is_routine {
        true => "the routine has",
        false => "the stack holds",
    };
    let certain = match is_routine {
        true => Code::BelowInputs,
        false => Code::Underflow,
    };
    let mut diagnostic = if is_certain {
        let message = format!("{mnemonic} needs {needed}; {holder} {}", state.depth);
        Diagnostic::new(certain, span, message)
    } else {
        let holder = match is_routine {
            true => "the routine may have only",
            false => "the stack may hold only",
        };
        let message = format!("{mnemonic} needs {needed}; {holder} {}", state.depth.min);
        Diagnostic::new(possible(graph, node), span, message)
    };
    if is_routine {
        diagnostic = diagnostic
            .help("what is below the inputs belongs to the caller; declare more inputs, or `...` first if DUP looks below");
    }
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
