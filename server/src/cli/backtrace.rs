//! How a run came to a trap, as people read it and as JSON.

use crate::program_files::Backtrace;
use crate::source::Source;
use provable::lang::link::Place;
use provable::lang::quote::{self, plural};
use serde_json::{Map, Value, json};

/// The most lines that people are shown.
const MOST_SHOWN: usize = 8;

/// A line of text for each line of the program, and one for the calls that are left out. `sources` are the files of the
/// program.
pub fn told(backtrace: &Backtrace, sources: &[Source]) -> Vec<String> {
    let shown = backtrace.shortened(MOST_SHOWN);
    let lines = shown.lines.iter().map(|(via, place)| {
        let name = quote::name(name_of(sources, place));
        format!("{} {name}:{}", via.told(), place.line + 1)
    });
    let rest = (shown.calls_left > 0)
        .then(|| format!("… and {} before", plural(shown.calls_left, "open call")));
    lines.chain(rest).collect()
}

/// The fields of JSON that say it: `backtrace`, and `backtrace_calls_left`.
pub fn fields(backtrace: &Backtrace, sources: &[Source]) -> Map<String, Value> {
    let lines = backtrace.lines.iter().map(|(via, place)| {
        json!({
            "via": via.word(),
            "file": name_of(sources, place),
            "line": place.line + 1,
        })
    });
    let mut fields = Map::new();
    fields.insert("backtrace".into(), lines.collect());
    let left = json!(backtrace.calls_left);
    fields.insert("backtrace_calls_left".into(), left);
    fields
}

fn name_of<'a>(sources: &'a [Source], place: &Place) -> &'a str {
    let source = sources.get(place.file);
    source.map_or("", |source| source.name.as_str())
}
