//! `provable run`: a program and its inputs, to the end.

use super::args::{ProgramArgs, RunArgs};
use super::exit::{Exit, Failure};
use super::input;
use super::output::Output;
use super::progress::Bar;
use super::report;
use super::write::{self, Audience};
use provable_core::program::Program;
use provable_core::vm::{self, Inputs, Limits, Outcome, TraceDigest, TraceWriter};
use serde_json::{json, Value};
use std::io;
use std::path::Path;

/// From here on the digest takes seconds, and a bar shows it.
const LONG_RUN: u64 = 500_000;

/// Runs the command.
pub fn command(args: &RunArgs, output: &Output) -> Result<Exit, Failure> {
    let (source, program, inputs, limits) = statement(&args.program, output)?;
    let outcome = match &args.trace {
        None => vm::run(&program, &inputs, limits),
        Some(path) => traced(path, &program, &inputs, limits)?,
    };
    let digest = match outcome.trap() {
        None => Some(digest(&program, &inputs, limits, outcome.steps)?),
        Some(_) => None,
    };
    if !output.is_json() {
        if let Some(trap) = outcome.trap() {
            output.note(&report::trap(&source, trap));
        }
    }
    output.answer(|| to_json(&outcome, digest), || to_text(&outcome, digest))?;
    Ok(if outcome.trap().is_some() { Exit::Negative } else { Exit::Done })
}

/// The program, its inputs and its limits, as `run` and `prove` take them.
pub fn statement(
    args: &ProgramArgs,
    output: &Output,
) -> Result<(input::Source, Program, Inputs, Limits), Failure> {
    let source = input::program(&args.program)?;
    let program = report::assemble(&source, output)?;
    let inputs = input::inputs(args)?;
    let mut limits = Limits::default();
    if let Some(steps) = args.max_steps {
        limits.max_steps = steps;
    }
    Ok((source, program, inputs, limits))
}

fn traced(
    path: &Path,
    program: &Program,
    inputs: &Inputs,
    limits: Limits,
) -> Result<Outcome, Failure> {
    write::whole(path, Audience::Owner, |out| {
        let mut trace = TraceWriter::new(out)?;
        let outcome = vm::run_traced(program, inputs, limits, |machine| trace.capture(machine))?;
        trace.finish(&outcome)?;
        Ok::<_, io::Error>(outcome)
    })
}

/// The digest of a run that is known to halt, so that one that never does costs no hashing.
fn digest(
    program: &Program,
    inputs: &Inputs,
    limits: Limits,
    steps: u64,
) -> Result<[u8; 32], Failure> {
    let bar = (steps >= LONG_RUN).then(|| Bar::new("digest of the trace"));
    let mut digest = TraceDigest::new();
    vm::run_traced(program, inputs, limits, |machine| {
        if let (Some(bar), true) = (&bar, machine.steps() % 65_536 == 0) {
            bar.show(machine.steps() as f64 / steps as f64);
        }
        digest.capture(machine)
    })
    .map_err(|error| Failure::unusable(error.to_string()))?;
    Ok(digest.finish())
}

fn to_json(outcome: &Outcome, digest: Option<[u8; 32]>) -> Value {
    let mut object = json!({
        "status": if outcome.trap().is_some() { "trapped" } else { "halted" },
        "steps": outcome.steps,
        "pc": outcome.pc,
        "stack": outcome.stack,
        "flags": u8::from(outcome.carry),
        "public_outputs": outcome.outputs,
        "trace_digest": digest.map(hex::encode),
    });
    if let (Some(trap), Some(map)) = (outcome.trap(), object.as_object_mut()) {
        map.insert("reason".into(), json!(trap.reason.to_string()));
        map.insert("line".into(), json!(trap.line));
    }
    object
}

fn to_text(outcome: &Outcome, digest: Option<[u8; 32]>) -> String {
    let verb = if outcome.trap().is_some() { "trapped" } else { "halted" };
    let steps = if outcome.steps == 1 { "step" } else { "steps" };
    let mut text = format!("{verb} after {} {steps}\n", outcome.steps);
    let mut line = |name: &str, value: String| text.push_str(&format!("  {name:<14}{value}\n"));
    line("output", words(&outcome.outputs));
    line("stack", words(&outcome.stack));
    line("carry", u8::from(outcome.carry).to_string());
    if let Some(digest) = digest {
        line("trace digest", hex::encode(digest));
    }
    text
}

/// Words for people: all of a few, the ends of many.
pub fn words(words: &[u32]) -> String {
    let list = |words: &[u32]| words.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
    match words {
        [] => "(none)".to_string(),
        [first @ .., a, b, c] if first.len() > 61 => {
            let start: Vec<u32> = first.iter().take(16).copied().collect();
            format!("{} … {}  ({} words)", list(&start), list(&[*a, *b, *c]), words.len())
        }
        words => list(words),
    }
}
