//! A program of ten files with 10,000 lines, all of them open: its main part calls every routine of the others.

use super::summary;
use provable_tests::lsp::{Client, capabilities, uri};
use serde_json::json;
use std::path::Path;
use std::time::{Duration, Instant};

const PARTS: usize = 9;
const ROUTINES: usize = 93;
const SAMPLES: i64 = 200;

/// A file of routines, each of which calls one of the next file.
fn part(number: usize) -> String {
    let next = number + 1;
    let is_last = next == PARTS;
    let mut text = match is_last {
        false => format!(".use \"./part_{next}\"\n"),
        true => "# Nothing is used here.\n".to_owned(),
    };
    for routine in 0..ROUTINES {
        let work = match is_last {
            false => format!("CALL part_{next}.step_{routine}"),
            true => "PUSH 9\n    ADD".to_owned(),
        };
        text.push_str(&format!(
            "\n## Counts down.\n.routine step_{routine} ( n -- zero )\n    {work}\nagain:\n    SUB 1\n    DUP\n    JNZ again\n    RET\n"
        ));
    }
    text
}

fn main_file() -> String {
    let uses = (0..PARTS).map(|part| format!(".use \"./part_{part}\"\n"));
    let calls = (0..PARTS).flat_map(|part| (0..ROUTINES).map(move |routine| (part, routine)));
    let calls = calls.map(|(part, routine)| {
        format!("    PUSH 7\n    CALL part_{part}.step_{routine}\n    POP\n")
    });
    uses.chain(calls).collect::<String>() + "    HALT\n"
}

struct Files {
    client: Client,
    version: i64,
}

impl Files {
    /// Types at the beginning of the second line of a file and takes it back. Times to the diagnostics of a text: of this
    /// file, or of one that uses it.
    fn typed(&mut self, file: &str, typed: &str, shown_in: &str) -> Vec<Duration> {
        let mut times = Vec::new();
        for _ in 0..SAMPLES {
            for (end, text) in [(0, typed), (typed.len(), "")] {
                self.client.forget();
                self.version += 1;
                let (start, end) = (
                    json!({ "line": 1, "character": 0 }),
                    json!({ "line": 1, "character": end }),
                );
                let range = json!({ "start": start, "end": end });
                let version = if file == shown_in { self.version } else { 1 };
                let start = Instant::now();
                self.client.change(
                    file,
                    self.version,
                    json!([{ "range": range, "text": text }]),
                );
                self.client.diagnostics(shown_in, version);
                times.push(start.elapsed());
            }
        }
        times
    }
}

/// Prints times from a typed character to fresh diagnostics.
pub fn measure(keys: &Path) {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path().canonicalize().expect("a path");
    let mut client = Client::start(keys, &capabilities(), &[&folder]);
    let mut lines = 0;
    let mut open = |name: String, text: String| {
        let path = folder.join(name);
        lines += text.lines().count();
        std::fs::write(&path, &text).expect("a file");
        client.open(&uri(&path), &text);
        let found = client.diagnostics(&uri(&path), 1);
        assert!(found.is_empty(), "{}: {found:?}", path.display());
        uri(&path)
    };
    let mut parts: Vec<String> = (0..PARTS)
        .rev()
        .map(|number| open(format!("part_{number}.prov"), part(number)))
        .collect();
    let main = open("main.prov".to_owned(), main_file());
    let deepest = parts.remove(0);
    let mut files = Files { client, version: 1 };
    let cases = [
        ("in a file that all others use", &deepest, "#", &deepest),
        // An error there is told in main too, whose version stays the first.
        ("a mistake there, shown in main", &deepest, "DIVV ", &main),
        ("in main", &main, "#", &main),
    ];
    for (name, file, typed, shown_in) in cases {
        let mut times = files.typed(file, typed, shown_in);
        println!(
            "| one typed character to fresh diagnostics, 10 files of {lines} lines, {name} | {} |",
            summary(&mut times)
        );
    }
    files.client.shut_down();
}
