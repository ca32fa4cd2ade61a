//! Static analysis: what is known of a program before it runs.
//!
//! Two kinds of facts are computed over the control-flow graph, each in two passes that terminate on any program in
//! little more than linear time (see `solve.rs`). For every instruction there is a *summary* of what happens from there
//! to the RET. From the start on there is the *state* before every instruction; a CALL applies the summary of its
//! routine. If a trap is certain whenever an instruction is executed, the finding is an error; if it is only possible,
//! a warning. A finding never keeps a program from being run or proved. Findings that a comment in the text allows are
//! left out (see `allow.rs`).
//!
//! Conditions are not evaluated: each conditional jump may go both ways.
//!
//! A routine that says what it takes and leaves is looked at by itself, and a CALL of it by what it says. So a change in
//! one file changes no findings in another, unless it changes such a line.

mod allow;
mod depth;
mod exits;
mod findings;
mod flow;
mod graph;
mod loops;
mod queue;
mod rules;
mod solve;

pub use allow::{Allowance, allowances};
pub use depth::Depth;

use crate::lang::diagnostics::{Code, Diagnostic, Sink};
use crate::lang::program::Assembly;
use crate::log;
use allow::Allowed;
use findings::Findings;
use graph::Graph;
use rules::{
    depth_mismatch, literal_operands, load_before_store, ret_without_call, routine_contract,
    stack_underflow, test_texts, unreachable_and_unused,
};
use tracing::{debug, debug_span};

/// The result of the analysis.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// The findings in the order of the text, without those that the text allows.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings the text allows.
    pub allowed: usize,
    /// The stack depth before each instruction; none for an instruction that no path reaches.
    pub depth_before: Vec<Option<Depth>>,
    /// The stack depth after each instruction; none for an instruction that no path reaches, and after a CALL that
    /// never returns.
    pub depth_after: Vec<Option<Depth>>,
}

/// Analyses a program. If the text does not assemble, there are no findings; if errors are in tests alone, there are those
/// of the other sections. There are still depths, as far as the instructions are known, so that an editor can show them while
/// a line is being typed.
pub fn analyse(assembly: &Assembly) -> Analysis {
    let instructions = assembly.instruction_count();
    let _span = debug_span!(target: log::ANALYSIS, "analyse", instructions).entered();
    let graph = Graph::new(assembly);
    let flow = flow::Flow::new(&graph);
    let (depth_before, depth_after) = flow.depths(&graph);
    let wrong_tests = assembly.wrong_tests();
    let mut findings = Findings {
        assembly,
        sink: Sink::default(),
        allowed: Allowed::new(assembly),
    };
    if assembly.first_error_outside_tests().is_none() {
        stack_underflow::report(&graph, &flow, &mut findings);
        ret_without_call::report(&graph, &flow, &mut findings);
        routine_contract::report(&graph, &flow, &mut findings);
        depth_mismatch::report(&graph, &flow, &mut findings);
        literal_operands::report(&graph, &flow, &mut findings);
        load_before_store::report(&graph, &flow, &mut findings);
        unreachable_and_unused::report(&graph, &flow, &mut findings);
        test_texts::report(&mut findings);
        if wrong_tests.is_empty() {
            findings.allowed.report(&mut findings.sink);
        }
    }
    let allowed = findings.allowed.count();
    let mut diagnostics = findings.sink.finish();
    if !wrong_tests.is_empty() {
        // What a wrong test does is not known, and neither is which names it means.
        diagnostics.retain(|one| {
            let line = assembly.tree.line_at(one.span.start);
            let section = line.map(|line| assembly.section_at(line));
            let is_wrong = section.is_some_and(|section| wrong_tests.contains(&section));
            one.code != Code::UnusedName && !is_wrong
        });
    }
    debug!(target: log::ANALYSIS, findings = diagnostics.len(), "analysed");
    Analysis {
        allowed,
        diagnostics,
        depth_before,
        depth_after,
    }
}
