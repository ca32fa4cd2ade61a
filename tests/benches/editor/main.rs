//! The editor's speed, from the client's side of the pipe: a program of 10,000 lines, in one file and in ten, idle and while
//! a proof is made.
//! `cargo bench -p provable-tests --bench editor` prints one table; run it on a quiet machine.
#![allow(missing_docs)]

mod modules;

use provable_tests::lsp::{Client, capabilities, uri};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

const LINES: usize = 10_000;
const SAMPLES: usize = 500;

/// 10,000 lines as a person might write them: calls, labels, comments, loops and numbers, and nothing wrong.
fn program() -> String {
    const ROUTINE: usize = 9;
    let routines = (LINES - 4) / (ROUTINE + 1);
    let mut text = String::from("#provable 1.0\n.const limit 1000\n");
    for number in 0..routines {
        text.push_str(&format!("    CALL routine_{number}\n"));
    }
    text.push_str("    HALT\n");
    for number in 0..routines {
        text.push_str(&format!(
            "\nroutine_{number}: # counts down, then goes on\n    PUSH limit\nagain_{number}:\n    PUSH 1\n    SUB\n    DUP\n    JNZ again_{number}\n    POP\n    RET\n"
        ));
    }
    let lines = text.lines().count();
    text.push_str(&"# the end\n".repeat(LINES.saturating_sub(lines)));
    text
}

/// A loop that takes this many steps.
fn loop_of(steps: usize) -> String {
    format!(
        "PUSH {}\nagain:\nPUSH 1\nSUB\nDUP\nJNZ again\nHALT\n",
        steps / 4
    )
}

/// The median and the 99th percentile, in milliseconds.
fn summary(times: &mut [Duration]) -> String {
    times.sort();
    let at = |part: f64| {
        let index = ((times.len() as f64 * part) as usize).min(times.len().saturating_sub(1));
        times
            .get(index)
            .map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    };
    format!("{:.2} / {:.2} ({} samples)", at(0.5), at(0.99), times.len())
}

struct Bench {
    client: Client,
    uri: String,
    version: i64,
}

impl Bench {
    /// One typed character, to the diagnostics of the text with it; then it is taken back.
    fn typed(&mut self, line: usize) -> Duration {
        let at = |column: u64| json!({ "line": line, "character": column });
        let mut change = |from: u64, to: u64, text: &str| {
            self.version += 1;
            let start = Instant::now();
            let range = json!({ "start": at(from), "end": at(to) });
            self.client.change(
                &self.uri,
                self.version,
                json!([{ "range": range, "text": text }]),
            );
            self.client.diagnostics(&self.uri, self.version);
            start.elapsed()
        };
        let time = change(0, 0, "#");
        change(0, 1, "");
        time
    }

    fn asked(&mut self, method: &str, line: usize) -> Duration {
        let start = Instant::now();
        let at = json!({ "line": line, "character": 6 });
        self.client.request(
            method,
            json!({ "textDocument": { "uri": self.uri }, "position": at }),
        );
        start.elapsed()
    }

    /// Every figure of an open text, until there are enough samples or it is time to stop.
    fn measure(&mut self, name: &str, mut goes_on: impl FnMut(&mut Client) -> bool) {
        let methods = [
            "textDocument/hover",
            "textDocument/completion",
            "textDocument/definition",
        ];
        let mut typed = Vec::new();
        let mut asked: [Vec<Duration>; 3] = Default::default();
        for sample in 0..SAMPLES {
            let line = 5 + sample * 7919 % (LINES - 10);
            typed.push(self.typed(line));
            for (method, times) in methods.iter().zip(&mut asked) {
                times.push(self.asked(method, line));
            }
            if !goes_on(&mut self.client) {
                break;
            }
        }
        println!(
            "| one typed character to fresh diagnostics, {name} | {} |",
            summary(&mut typed)
        );
        for (method, times) in methods.iter().zip(&mut asked) {
            let method = method.trim_start_matches("textDocument/");
            println!("| {method}, {name} | {} |", summary(times));
        }
    }
}

/// 10,000 lines with 2,500 labels that nothing jumps to.
fn unused_labels() -> String {
    let routine = |number: usize| format!("label_{number}:\n    PUSH 1\n    POP\n\n");
    (0..LINES / 4).map(routine).collect::<String>() + "HALT\n"
}

/// 10,000 lines of which 7,500 are mistakes.
fn mistakes() -> String {
    "    ADDD\n    SUBB\n    PUSH\n    POP\n".repeat(LINES / 4)
}

/// What a client says that asks for diagnostics.
fn pulling() -> Value {
    let mut able = capabilities();
    able["textDocument"]["diagnostic"] = json!({});
    able["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    able
}

/// Times and bytes from a typed character to fresh diagnostics where much is found, sent by the server or asked for.
fn measure_many(name: &str, text: &str, keys: &Path) {
    let uri = "file:///many.prov";
    for (how, able) in [("sent", capabilities()), ("asked for", pulling())] {
        let mut client = Client::start(keys, &able, &[]);
        client.open(uri, text);
        let mut previous = Value::Null;
        let mut fresh = |client: &mut Client, version: i64| match how {
            "sent" => drop(client.diagnostics(uri, version)),
            _ => {
                let document =
                    json!({ "textDocument": { "uri": uri }, "previousResultId": previous });
                previous = client.request("textDocument/diagnostic", document)["resultId"].take();
            }
        };
        fresh(&mut client, 1);
        let mut times = Vec::new();
        let before = client.received();
        let samples: i64 = 200;
        for sample in 0..samples {
            let line = 5 + sample as usize / 2 * 7919 % (LINES - 10);
            let at = |column: i64| json!({ "line": line, "character": column });
            // Typed in one sample and taken back in the next.
            let (end, typed) = [(0, " "), (1, "")][sample as usize % 2];
            let range = json!({ "start": at(0), "end": at(end) });
            let start = Instant::now();
            client.change(uri, 2 + sample, json!([{ "range": range, "text": typed }]));
            fresh(&mut client, 2 + sample);
            times.push(start.elapsed());
        }
        println!(
            "| one typed character to fresh diagnostics, {name}, {how} | {}, {} bytes a key |",
            summary(&mut times),
            (client.received() - before) / samples as u64,
        );
        client.shut_down();
    }
}

fn start_times(keys: &Path) -> Vec<Duration> {
    (0..30)
        .map(|_| {
            let start = Instant::now();
            let client = Client::start(keys, &capabilities(), &[]);
            let time = start.elapsed();
            client.shut_down();
            time
        })
        .collect()
}

/// Times from a cancel to the end of the job.
fn cancel_times(client: &mut Client, program: &str, text: &str) -> Vec<Duration> {
    client.open(program, text);
    (0..10)
        .map(|_| {
            let token = client.begin_proof(program);
            let start = Instant::now();
            client.notify("window/workDoneProgress/cancel", json!({ "token": token }));
            client.progress(&token);
            start.elapsed()
        })
        .collect()
}

fn main() {
    // Built, if it has to be, before anything is measured.
    provable_tests::binary();
    let folder = tempfile::tempdir().expect("a folder");
    let keys =
        std::env::var_os("PROVABLE_HOME").map_or_else(|| folder.path().join("keys"), Into::into);
    println!("| figure | median / p99, ms |\n| --- | --- |");
    println!(
        "| process start to `initialize` answer | {} |",
        summary(&mut start_times(&keys))
    );

    let mut client = Client::start(&keys, &capabilities(), &[folder.path()]);
    let text = program();
    let program = format!("file://{}/large.prov", folder.path().display());
    client.open(&program, &text);
    let found = client.diagnostics(&program, 1);
    assert!(found.is_empty(), "{} findings", found.len());
    #[cfg(target_os = "linux")]
    println!(
        "| resident memory, file open | {} MB |",
        client.memory() / 1_000_000
    );
    let mut bench = Bench {
        client,
        uri: program,
        version: 1,
    };
    bench.measure("idle", |_| true);
    modules::measure(&keys);
    measure_many("2,500 unused labels", &unused_labels(), &keys);
    measure_many("7,500 mistakes", &mistakes(), &keys);

    // A proof that takes longer than the measurement; its key is made first.
    let path = folder.path().join("long.prov");
    let long = loop_of(20_000);
    std::fs::write(&path, &long).expect("a file");
    let program = uri(&path);
    bench.client.open(&program, &long);
    let token = bench.client.begin_proof(&program);
    bench.measure("making a key and a proof", move |client| {
        client.status(&program)["activity"] != Value::Null
    });
    let cancel = Instant::now();
    bench
        .client
        .notify("window/workDoneProgress/cancel", json!({ "token": token }));
    bench.client.progress(&token);
    println!(
        "| that job, cancel to idle | {:.1} |",
        cancel.elapsed().as_secs_f64() * 1e3
    );

    let path = folder.path().join("short.prov");
    let mut times = cancel_times(&mut bench.client, &uri(&path), &loop_of(4_000));
    println!("| cancel to idle | {} |", summary(&mut times));
    #[cfg(target_os = "linux")]
    println!(
        "| resident memory, at the end | {} MB |",
        bench.client.memory() / 1_000_000
    );
    bench.client.shut_down();
}
