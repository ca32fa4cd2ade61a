//! `provable run`: a program and its inputs, to the end.

use super::args::{ProgramArgs, RunArgs};
use super::destination::{self, Destination, FileKind, destinations};
use super::exit::{Exit, Failure};
use super::input::{self, Source};
use super::origin;
use super::output::Output;
use super::progress::Bar;
use super::report::Report;
use crate::engine::digest::trace_digest;
use crate::engine::fit::{Size, TableCost};
use crate::show::Show;
use provable::lang::program::{Assembly, Program};
use provable::proof::{Progress, Silent};
use provable::vm::{self, Inputs, Limits, Outcome, Trap};
use serde_json::{Value, json};

/// From here on the digest takes seconds, and a bar shows it.
const LONG_RUN: u64 = 500_000;

/// Runs the command.
pub fn command(args: &RunArgs, output: &Output) -> Result<Exit, Failure> {
    let statement = Statement::read(&args.program)?;
    let wanted: Vec<_> = args
        .trace
        .iter()
        .map(|path| (FileKind::Trace, path.as_path()))
        .collect();
    let read = destination::Statement::new(&args.program);
    let (to, output) = &destinations(&wanted, &read.read(), output)?;
    let outcome = match to.first() {
        None => vm::run(&statement.program, &statement.inputs, statement.limits),
        Some(to) => traced(to, &statement)?,
    };
    let digest = match outcome.trap() {
        None => Some(digest(&statement, outcome.steps)?),
        Some(_) => None,
    };
    let help = outcome
        .trap()
        .and_then(|trap| origin::wanted(&args.program, trap));
    if let (Some(trap), false) = (outcome.trap(), output.is_json()) {
        output.note(&statement.trap(trap));
        if let Some(help) = &help {
            output.help(help);
        }
    }
    let size = match outcome.trap() {
        None => Some(size(&statement, outcome.steps)),
        Some(_) => None,
    };
    output.answer(
        || with_help(to_json(&outcome, digest, size.as_ref()), help),
        || to_text(&outcome, digest, size.as_ref(), args.show.show),
    )?;
    Ok(if outcome.trap().is_some() {
        Exit::Negative
    } else {
        Exit::Done
    })
}

/// A program and what it runs on, as `run` and `prove` take them.
pub struct Statement {
    /// The text.
    pub source: Source,
    /// The text, assembled.
    pub assembly: Assembly,
    /// The program in it.
    pub program: Program,
    /// The inputs.
    pub inputs: Inputs,
    /// How far the run may go.
    pub limits: Limits,
}

impl Statement {
    /// Reads and assembles what the arguments name.
    pub fn read(args: &ProgramArgs) -> Result<Statement, Failure> {
        let source = input::program(&args.program)?;
        let (assembly, program) = assemble(&source)?;
        let inputs = input::inputs(args)?;
        let mut limits = Limits::default();
        if let Some(steps) = args.max_steps {
            limits.max_steps = steps;
        }
        Ok(Statement {
            source,
            assembly,
            program,
            inputs,
            limits,
        })
    }

    /// A trap, shown at its instruction.
    pub fn trap(&self, trap: &Trap) -> String {
        Report::new(&self.source).trap(trap, self.assembly.span_of(trap.pc as usize))
    }
}

/// The program in a text. A text with errors is unusable for every command that needs a program.
pub fn assemble(source: &Source) -> Result<(Assembly, Program), Failure> {
    source
        .assemble()
        .map_err(|errors| Report::new(source).failure(&errors))
}

fn traced(to: &Destination, statement: &Statement) -> Result<Outcome, Failure> {
    let Statement {
        program,
        inputs,
        limits,
        ..
    } = statement;
    Ok(to.write(|out| vm::trace_json(program, inputs, *limits, out))?)
}

fn digest(statement: &Statement, steps: u64) -> Result<[u8; 32], Failure> {
    let Statement {
        program,
        inputs,
        limits,
        ..
    } = statement;
    let bar = (steps >= LONG_RUN).then(|| Bar::new("digest of the trace"));
    let progress: &dyn Progress = match &bar {
        Some(bar) => bar,
        None => &Silent,
    };
    trace_digest(program, inputs, *limits, steps, progress)
        .map_err(|error| Failure::unusable(error.to_string()))
}

/// What a proof of the run takes. The run is repeated for it, if it is no longer than a proof can be.
fn size(statement: &Statement, steps: u64) -> Size {
    let Statement {
        program,
        inputs,
        limits,
        ..
    } = statement;
    Size::of_halted(program, inputs, *limits, steps)
}

fn to_json(outcome: &Outcome, digest: Option<[u8; 32]>, size: Option<&Size>) -> Value {
    let mut object = json!({
        "status": if outcome.trap().is_some() { "trapped" } else { "halted" },
        "steps": outcome.steps,
        "pc": outcome.pc,
        "stack": outcome.stack,
        "flags": u8::from(outcome.carry),
        "public_outputs": outcome.outputs,
        "trace_digest": digest.map(hex::encode),
        "cost": size.map(|size| json!({
            "tier": size.tier.map(|tier| tier.name),
            "tables": size.tables,
            "ruled_out": size.ruled_out,
            "decided": size.decided,
        })),
    });
    if let (Some(trap), Some(map)) = (outcome.trap(), object.as_object_mut()) {
        map.insert("reason".into(), json!(trap.reason.to_string()));
        map.insert("line".into(), json!(trap.line));
    }
    object
}

/// An answer with what to do about it, where there is something.
fn with_help(mut answer: Value, help: Option<String>) -> Value {
    if let (Some(help), Some(map)) = (help, answer.as_object_mut()) {
        map.insert("help".into(), json!(help));
    }
    answer
}

fn to_text(outcome: &Outcome, digest: Option<[u8; 32]>, size: Option<&Size>, show: Show) -> String {
    let verb = if outcome.trap().is_some() {
        "trapped"
    } else {
        "halted"
    };
    let steps = if outcome.steps == 1 { "step" } else { "steps" };
    let mut text = format!("{verb} after {} {steps}\n", outcome.steps);
    let mut line = |name: &str, value: String| text.push_str(&format!("  {name:<14}{value}\n"));
    line("output", show.words(&outcome.outputs));
    line("stack", show.words(&outcome.stack));
    line("carry", u8::from(outcome.carry).to_string());
    if let Some(digest) = digest {
        line("trace digest", hex::encode(digest));
    }
    if let Some(size) = size {
        let tier = match size.tier {
            Some(tier) => format!("tier {}", tier.name),
            None => "none".to_string(),
        };
        line("proof", format!("{tier}: {}", size.decided));
        for (place, table) in size.tables.iter().enumerate() {
            let name = if place == 0 { "tables" } else { "" };
            let TableCost {
                what,
                used,
                capacity,
                ..
            } = table;
            line(name, format!("{used} of {capacity} {what}"));
        }
    }
    text
}
