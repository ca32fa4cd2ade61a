//! A RET that is reached, or may be reached, without a CALL.

use crate::lang::analysis::findings::Findings;
use crate::lang::analysis::flow::Flow;
use crate::lang::analysis::graph::Graph;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::isa::Op;

pub(in crate::lang::analysis) fn report(
    graph: &Graph<'_>,
    flow: &Flow,
    findings: &mut Findings<'_>,
) {
    for node in 0..graph.end() {
        let (Some(instruction), Some(state)) = (graph.instruction(node), flow.state(node)) else {
            continue;
        };
        let is_routine = || graph.section(node).is_some_and(|one| one.is_routine());
        if instruction.op == Op::Ret && state.outside_calls && !is_routine() {
            findings.push(|assembly| {
                let span = assembly.span_of(node as usize);
                if state.inside_calls {
                    let message = "RET may be reached without a CALL to return from";
                    Diagnostic::new(Code::PossibleRetWithoutCall, span, message)
                        .help("end the code before the routine with HALT or a jump")
                } else {
                    Diagnostic::new(Code::RetWithoutCall, span, "RET has no CALL to return from")
                        .help("write HALT to end the program")
                        .replacement("HALT")
                }
            });
        }
    }
}
