//! The trace as JSON. It is written while the run goes on, one state for each line, so memory does not grow with the
//! trace.
//!
//! ```json
//! {"states":[
//! {"pc":0,"stack":[],"heap":{},"flags":0},
//! {"pc":1,"stack":[7],"heap":{},"flags":0}
//! ],"status":"halted","steps":1,"outputs":[],"trap":null}
//! ```

use super::state::State;
use crate::lang::program::Program;
use crate::vm::log;
use crate::vm::{Ending, Inputs, Limits, Machine, Outcome, run_traced};
use serde_json::json;
use std::io::{self, Write};

/// Writes a trace, state by state.
pub struct TraceWriter<W: Write> {
    out: W,
    first: bool,
}

impl<W: Write> TraceWriter<W> {
    /// Begins a trace. The writer should be buffered.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(b"{\"states\":[")?;
        Ok(TraceWriter { out, first: true })
    }

    /// Writes a state.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn capture(&mut self, machine: &Machine<'_>) -> io::Result<()> {
        self.out
            .write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        serde_json::to_writer(&mut self.out, &State(machine)).map_err(io::Error::from)
    }

    /// Writes how the run ended, closes the trace and flushes the writer.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self, outcome: &Outcome) -> io::Result<W> {
        let (status, trap) = match &outcome.status {
            Ending::Halted => ("halted", None),
            Ending::Trapped(trap) => ("trapped", Some(trap)),
        };
        let trap = trap.map(
            |trap| json!({"pc": trap.pc, "line": trap.line, "reason": trap.reason.to_string()}),
        );
        write!(
            self.out,
            "\n],\"status\":\"{status}\",\"steps\":{},\"outputs\":",
            outcome.steps
        )?;
        serde_json::to_writer(&mut self.out, &outcome.outputs)?;
        self.out.write_all(b",\"trap\":")?;
        serde_json::to_writer(&mut self.out, &trap)?;
        self.out.write_all(b"}\n")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Runs a program and writes its whole trace to `out`, which should be buffered.
///
/// # Errors
/// Those of the writer; the run stops there.
pub fn trace_json(
    program: &Program,
    inputs: &Inputs,
    limits: Limits,
    out: impl Write,
) -> io::Result<Outcome> {
    let mut writer = TraceWriter::new(out)?;
    let outcome = run_traced(program, inputs, limits, |machine| writer.capture(machine))?;
    log::run_ended(outcome.steps, outcome.trap());
    writer.finish(&outcome)?;
    Ok(outcome)
}
