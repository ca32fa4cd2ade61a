//! Routines that do not keep to what their lines say: RETs that leave other words, and code that runs on into another
//! section.

use crate::lang::analysis::depth::Depth;
use crate::lang::analysis::findings::{Findings, words};
use crate::lang::analysis::flow::Flow;
use crate::lang::analysis::graph::Graph;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::isa::Op;
use crate::lang::modules::Contract;
use crate::lang::program::SectionKind;

/// What is missing where a routine runs on.
const ENDING: &str = "end it with RET, HALT or a jump";

pub(in crate::lang::analysis) fn report(
    graph: &Graph<'_>,
    flow: &Flow,
    findings: &mut Findings<'_>,
) {
    for &node in graph.runs_on() {
        // Code that is called by its label may never come back.
        let called = graph.exits(node).call;
        if flow.is_reached(node) && called.is_none_or(|called| flow.change(called).is_some()) {
            runs_on(graph, findings, node);
        }
    }
    empty(findings);
    for (_, section) in graph.roots() {
        let SectionKind::Routine {
            contract: Some(contract),
            ..
        } = section.kind
        else {
            continue;
        };
        for node in section.instructions.clone() {
            let is_return = graph.instruction(node).is_some_and(|one| one.op == Op::Ret);
            // A RET of code that the routine calls by a label comes back into the routine.
            let state = flow
                .state(node)
                .filter(|state| is_return && state.outside_calls);
            if let Some(state) = state {
                let is_sure = !state.is_trusted && !state.inside_calls;
                returns(findings, node, contract, state.depth, is_sure);
            }
        }
    }
}

/// Routines without an instruction. Who calls one would go on with whatever is linked behind it.
fn empty(findings: &mut Findings<'_>) {
    let assembly = findings.assembly;
    for section in &assembly.sections {
        if let SectionKind::Routine {
            name: Some(name), ..
        } = section.kind
            && section.instructions.is_empty()
        {
            findings.push(|_| {
                let message = "the routine has no instructions, so it runs on past its end";
                Diagnostic::new(Code::RunsOn, name, message).help(ENDING)
            });
        }
    }
}

fn returns(
    findings: &mut Findings<'_>,
    node: u32,
    contract: Contract,
    depth: Depth,
    is_sure: bool,
) {
    let Some(outputs) = contract.outputs.map(u64::from) else {
        findings.push(|assembly| {
            let message = "the routine says that it never comes back, and here it does";
            Diagnostic::new(Code::WrongOutputs, assembly.span_of(node as usize), message)
        });
        return;
    };
    if depth.exact() == Some(outputs) {
        return;
    }
    let may_be_right = depth.min <= outputs && depth.max.is_none_or(|max| outputs <= max);
    findings.push(|assembly| {
        let span = assembly.span_of(node as usize);
        let declared = words(outputs);
        if may_be_right || !is_sure {
            let message =
                format!("the routine says that it leaves {declared}; here it may leave {depth}");
            Diagnostic::new(Code::PossibleWrongOutputs, span, message)
        } else {
            let message =
                format!("the routine says that it leaves {declared}; here it leaves {depth}");
            Diagnostic::new(Code::WrongOutputs, span, message)
        }
    });
}

fn runs_on(graph: &Graph<'_>, findings: &mut Findings<'_>, node: u32) {
    let is_routine = graph
        .section(node)
        .is_some_and(|section| section.is_routine());
    findings.push(|assembly| {
        let span = assembly.span_of(node as usize);
        let (message, help) = match is_routine {
            true => ("the routine runs on past its end", ENDING),
            false => (
                "the main code runs on into what may be linked behind it",
                "end it with HALT",
            ),
        };
        Diagnostic::new(Code::RunsOn, span, message).help(help)
    });
}
