//! How long it takes to open a run of ten million steps to its end, to jump about in it, and what memory that takes.

mod support;

use provable::lang::program::{Program, assemble};
use provable::vm::replay::Recording;
use provable::vm::{Inputs, Limits};
use std::time::{Duration, Instant};

/// Jumps whose times are looked at.
const JUMPS: u64 = 200;

/// Never halts: the run is as long as its limit.
fn program(text: &str) -> Program {
    assemble(text).program.unwrap_or_default()
}

fn main() {
    let chosen = std::env::var("REPLAY").ok();
    // With REPLAY=counting and so on one of them runs alone, so that the peak memory is its own.
    let kinds = [
        ("counting", "PUSH 0\nagain: PUSH 1\nADD\nJMP again"),
        // 16,384 cells, written over and over.
        (
            "heap",
            "PUSH 0\nagain: PUSH 1\nADD\nDUP\nDUP\nPUSH 16383\nAND\nSTORE\nJMP again",
        ),
        // 4,096 cells, each on its own page.
        (
            "scattered",
            "PUSH 0\nagain: PUSH 1\nADD\nDUP\nDUP\nPUSH 4095\nAND\nPUSH 1048576\nMUL\nSTORE\nJMP again",
        ),
        ("stack", "PUSH 0\nagain: DUP\nJMP again"),
        ("outputs", "PUSH 0\nagain: DUP\nWRITE\nJMP again"),
    ];
    for (name, text) in kinds {
        if chosen.as_deref().is_some_and(|chosen| chosen != name) {
            continue;
        }
        measure(name, &program(text));
    }
}

fn measure(name: &str, program: &Program) {
    let inputs = Inputs::default();
    let start = Instant::now();
    let mut recording = Recording::new(program, &inputs, Limits::default());
    let end = recording.jump(u64::MAX);
    let opened = start.elapsed();
    // Places all over the run, the same each time.
    let mut place = 1u64;
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..JUMPS {
        place = place
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let start = Instant::now();
        recording.jump((place >> 20) % end);
        times.push(start.elapsed());
    }
    let median = support::median(&mut times);
    let longest = times.last().copied().unwrap_or_default();
    println!(
        "{name:<10} {end} steps opened in {:.2} s; a jump takes {:.1} ms, at most {:.1} ms; checkpoints {} MiB, peak {} MiB",
        opened.as_secs_f64(),
        median.as_secs_f64() * 1e3,
        longest.as_secs_f64() * 1e3,
        recording.checkpoint_bytes() >> 20,
        support::peak(),
    );
}
