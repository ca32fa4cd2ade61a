//! `provable profile`: which lines and routines take the rows of a proof, and which capacity decides its tier.

mod comparison;
mod text;

use super::args::ProfileArgs;
use super::destination::destinations;
use super::load::{InputFiles, LoadedProgram};
use super::output::Output;
use super::progress::Bar;
use super::read::{self, read_once};
use crate::destination::Destination;
use crate::errors::failure::{Exit, Failure};
use crate::files::kind::FileKind;
use crate::files::limits;
use crate::profile::{
    Comparison, FlameTree, LinkedPlaces, Numbering, ProfileReport, what_of, write_folded,
    write_picture, write_speedscope,
};
use provable::circuit::profile::{ProfileError, profile};
use provable::lang::quote::{self, quoted};
use provable::progress::{Progress, Silent};
use provable::vm;
use serde_json::{Value, json};
use std::path::Path;

/// Steps from which a profile takes a second, so that a progress bar is shown.
const LONG_RUN: u64 = 500_000;

pub fn command(args: &ProfileArgs, output: &Output) -> Result<Exit, Failure> {
    let earlier = args.compare.as_deref().map(Path::as_os_str);
    read_once(
        earlier
            .into_iter()
            .chain([args.program.program.as_os_str()]),
    )?;
    let loaded = LoadedProgram::read(&args.program)?;
    let old = args.compare.as_deref().map(earlier_profile).transpose()?;
    let files = InputFiles::new(&args.program);
    let mut named = files.named();
    named.extend(
        args.compare
            .as_deref()
            .map(|path| ("the earlier profile", path)),
    );
    let (to, output) = &destinations(&wanted(args), &named, output)?;

    let LoadedProgram {
        linked,
        inputs,
        limits,
    } = &loaded;
    let program = loaded.program();
    let outcome = vm::run(program, inputs, *limits);
    if let Some(trap) = outcome.trap() {
        return Err(loaded.trapped(&args.program, trap, &outcome.calls));
    }
    let places = LinkedPlaces::new(linked);
    let numbering = Numbering::new(program, &places);
    let bar = (outcome.steps >= LONG_RUN).then(|| Bar::new("profile"));
    let progress: &dyn Progress = match &bar {
        Some(bar) => bar,
        None => &Silent,
    };
    let found = profile(
        program,
        inputs,
        *limits,
        outcome.steps,
        &numbering,
        progress,
    );
    let profile = found.map_err(|error| match error {
        ProfileError::Trapped(trap) => loaded.trapped(&args.program, &trap, &outcome.calls),
        ProfileError::Cancelled => Failure::unusable(error.to_string()),
    })?;
    drop(bar);

    let by = args.by.as_deref();
    let report = ProfileReport::new(loaded.name(), &profile, &places, &numbering, by);
    let flame = FlameTree::new(&profile, &numbering);
    for to in to {
        write(to, &report, &flame)?;
    }
    let comparison = old.map(|old| Comparison::new(&old, &report));
    output.answer(
        || to_json(&report, comparison.as_ref()),
        || {
            let mut text = text::text(&report, &profile.usage, args.top);
            if let Some(comparison) = &comparison {
                text.push_str(&comparison::text(comparison, &report, args.top));
            }
            text
        },
    )?;
    Ok(Exit::Done)
}

/// What is to be written, and where.
fn wanted(args: &ProfileArgs) -> Vec<(FileKind, &Path)> {
    let all = [
        (FileKind::FoldedStacks, &args.folded),
        (FileKind::Speedscope, &args.speedscope),
        (FileKind::Picture, &args.svg),
    ];
    let given = all.into_iter();
    given
        .filter_map(|(kind, path)| Some((kind, path.as_deref()?)))
        .collect()
}

fn write(to: &Destination, report: &ProfileReport, flame: &FlameTree) -> Result<(), Failure> {
    let by = report.by.as_str();
    let what = what_of(by);
    to.write(|out| match to.kind() {
        FileKind::FoldedStacks => write_folded(flame, by, out),
        FileKind::Speedscope => write_speedscope(&report.file, flame, by, out),
        _ => write_picture(&report.file, flame, by, what, out),
    })?;
    Ok(())
}

/// Reads the profile to compare with.
fn earlier_profile(path: &Path) -> Result<ProfileReport, Failure> {
    let source = read::read(path, limits::PROFILE)?;
    ProfileReport::from_json(&source.text).map_err(|error| {
        let message = format!(
            "{} is no profile: {}",
            quote::name(&source.name),
            quoted(&error.to_string())
        );
        Failure::unusable(message)
            .field("file", json!(source.name))
            .field("line", json!(error.line()))
            .field("column", json!(error.column()))
            .help("compare with what `provable profile FILE --json` printed")
    })
}

fn to_json(report: &ProfileReport, comparison: Option<&Comparison>) -> Value {
    let mut object = json!(report);
    if let Some(map) = object.as_object_mut() {
        map.insert("status".into(), json!("profiled"));
        if let Some(comparison) = comparison {
            map.insert("comparison".into(), json!(comparison));
        }
    }
    object
}
