//! `provable run`: a program and its inputs, to the end.

use super::args::RunArgs;
use super::destination::destinations;
use super::inputs::exhausted;
use super::load::{InputFiles, LoadedProgram};
use super::output::Output;
use super::progress::Bar;
use crate::destination::Destination;
use crate::errors::failure::{Exit, Failure};
use crate::files::kind::FileKind;
use crate::show::Show;
use crate::trace_digest::trace_digest;
use provable::circuit::fit::{Size, TableCost};
use provable::progress::{Progress, Silent};
use provable::vm::{self, Outcome};
use serde_json::{Value, json};

/// Steps from which the digest takes seconds, so that a progress bar is shown.
const LONG_RUN: u64 = 500_000;

pub fn command(args: &RunArgs, output: &Output) -> Result<Exit, Failure> {
    let loaded = LoadedProgram::read(&args.program)?;
    let wanted: Vec<_> = args
        .trace
        .iter()
        .map(|path| (FileKind::Trace, path.as_path()))
        .collect();
    let read = InputFiles::new(&args.program);
    let (to, output) = &destinations(&wanted, &read.named(), output)?;
    let outcome = match to.first() {
        None => vm::run(loaded.program(), &loaded.inputs, loaded.limits),
        Some(to) => traced(to, &loaded)?,
    };
    let digest = match outcome.trap() {
        None => Some(digest(&loaded, outcome.steps)?),
        Some(_) => None,
    };
    let help = outcome
        .trap()
        .and_then(|trap| exhausted(&args.program, trap));
    if let (Some(trap), false) = (outcome.trap(), output.is_json()) {
        output.note(&loaded.trap(trap, &outcome.calls));
        if let Some(help) = &help {
            output.help(help);
        }
    }
    let size = match outcome.trap() {
        None => Some(size(&loaded, outcome.steps)),
        Some(_) => None,
    };
    output.answer(
        || with_help(to_json(&loaded, &outcome, digest, size.as_ref()), help),
        || to_text(&outcome, digest, size.as_ref(), args.show.show),
    )?;
    Ok(if outcome.trap().is_some() {
        Exit::Negative
    } else {
        Exit::Done
    })
}

fn traced(to: &Destination, loaded: &LoadedProgram) -> Result<Outcome, Failure> {
    let LoadedProgram {
        linked,
        inputs,
        limits,
    } = loaded;
    let program = &linked.program;
    Ok(to.write(|out| vm::trace_json(program, inputs, *limits, out))?)
}

fn digest(loaded: &LoadedProgram, steps: u64) -> Result<[u8; 32], Failure> {
    let LoadedProgram {
        linked,
        inputs,
        limits,
    } = loaded;
    let program = &linked.program;
    let bar = (steps >= LONG_RUN).then(|| Bar::new("digest of the trace"));
    let progress: &dyn Progress = match &bar {
        Some(bar) => bar,
        None => &Silent,
    };
    trace_digest(program, inputs, *limits, steps, progress)
        .map_err(|error| Failure::unusable(error.to_string()))
}

/// What a proof of the run takes. The run is repeated for it, if it is no longer than a proof can be.
fn size(loaded: &LoadedProgram, steps: u64) -> Size {
    let LoadedProgram {
        linked,
        inputs,
        limits,
    } = loaded;
    let program = &linked.program;
    Size::of_halted(program, inputs, *limits, steps)
}

fn to_json(
    loaded: &LoadedProgram,
    outcome: &Outcome,
    digest: Option<[u8; 32]>,
    size: Option<&Size>,
) -> Value {
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
            "shapes": shapes(size),
            "tables": size.tables,
            "ruled_out": size.ruled_out,
            "decided": size.decided,
        })),
    });
    if let (Some(trap), Some(map)) = (outcome.trap(), object.as_object_mut()) {
        map.extend(loaded.trap_fields(trap, &outcome.calls));
    }
    object
}

/// The smallest tier of each shape, by the name of the shape.
fn shapes(size: &Size) -> Value {
    let each = size.shapes.iter();
    each.map(|(shape, tier)| (shape.name().to_string(), json!(tier.map(|tier| tier.name))))
        .collect()
}

/// An answer, with help if there is any.
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
        if size.tier.is_some() {
            let each = size.shapes.iter().map(|(shape, tier)| match tier {
                Some(tier) => format!("{}: tier {}", shape.name(), tier.name),
                None => format!("{}: none", shape.name()),
            });
            line("shapes", each.collect::<Vec<_>>().join(", "));
        }
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
