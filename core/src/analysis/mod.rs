//! What is known of a program before it runs.
//!
//! Two kinds of fact are computed over the control-flow graph, each in two passes that terminate on any program
//! in little more than linear time (see [`solve`]): for every instruction a *summary* of what happens from there
//! to the RET, and from the start on the *state* before every instruction, where a CALL steps over its routine by
//! the routine's summary. What is certain whenever an instruction is executed is an error, what is only possible
//! a warning. Nothing found here keeps a program from being run or proved.
//!
//! Conditions are not followed: each conditional jump is taken to go both ways.

mod depth;
mod flow;
mod graph;
mod heap;
mod joins;
mod literals;
mod reach;
mod solve;

pub use depth::Depth;

use crate::diagnostic::{Diagnostic, Sink};
use crate::program::Assembly;
use graph::Graph;

/// What the analysis finds.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// The findings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The stack depth before each instruction; none where no path leads.
    pub depth_before: Vec<Option<Depth>>,
    /// The stack depth after each instruction; none where no path leads, and after a CALL that never returns.
    pub depth_after: Vec<Option<Depth>>,
}

/// Analyses a program. A text that does not assemble has no program, and nothing is said of it.
pub fn analyse(assembly: &Assembly) -> Analysis {
    let Some(program) = &assembly.program else {
        return Analysis::default();
    };
    let graph = Graph::new(program.instructions());
    let flow = flow::Flow::new(&graph);
    let mut findings = Findings {
        assembly,
        sink: Sink::default(),
    };
    flow.report(&graph, &mut findings);
    joins::report(&graph, &flow, &mut findings);
    literals::report(&graph, &flow, &mut findings);
    heap::report(&graph, &flow, &mut findings);
    reach::report(&graph, &flow, &mut findings);
    let (depth_before, depth_after) = flow.depths(&graph);
    Analysis {
        diagnostics: findings.sink.finish(),
        depth_before,
        depth_after,
    }
}

/// Where the passes put what they find.
struct Findings<'a> {
    assembly: &'a Assembly,
    sink: Sink,
}

impl Findings<'_> {
    fn push(&mut self, make: impl FnOnce(&Assembly) -> Diagnostic) {
        let assembly = self.assembly;
        self.sink.push(|| make(assembly));
    }
}

/// `1 word`, `2 words`.
fn words(count: impl Into<u64>) -> String {
    match count.into() {
        1 => "1 word".to_owned(),
        count => format!("{count} words"),
    }
}
