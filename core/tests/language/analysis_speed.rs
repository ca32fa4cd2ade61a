//! The analysis ends on every program in short time. The programs are chosen to be as hard as possible.

use provable::lang::analysis::analyse;
use provable::lang::program::assemble;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Well over what an optimised build takes on an idle machine, well under what a quadratic algorithm would.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 2 });
const LINES: usize = 100_000;

fn time(name: &str, line: impl Fn(usize) -> String) {
    let mut text = String::new();
    for number in 0..LINES {
        writeln!(text, "{}", line(number)).unwrap();
    }
    let start = Instant::now();
    let assembly = assemble(&text);
    let assembled = start.elapsed();
    assert!(assembly.program.is_some());
    let analysis = analyse(&assembly);
    let took = start.elapsed();
    println!(
        "{name}: {assembled:?} to assemble, {took:?} in all, {} findings",
        analysis.diagnostics.len()
    );
    assert!(took < LIMIT, "{name} took {took:?}");
}

#[test]
fn large_programs_take_little_time() {
    time("straight line", |_| "PUSH 1".into());
    time("underflows", |_| "POP".into());
    time("a comparison a line", |n| match n % 4 {
        0 => "READ".into(),
        1 => format!("JZ {}", (n + 7) % LINES),
        2 => format!("JC {}", (n * 7919) % LINES),
        _ => "PUSH 2".into(),
    });
    time("jumps back", |n| match n % 2 {
        0 => "PUSH 1".into(),
        _ => format!("JZ {}", n / 2),
    });
    time("jumps everywhere", |n| {
        format!("JC {}", (n * 48271) % LINES)
    });
    time("calls onward", |n| format!("CALL {}", n + 1));
    time("calls everywhere", |n| match n % 3 {
        0 => format!("CALL {}", (n * 48271) % LINES),
        1 => "PUSH 1".into(),
        _ if n % 5 == 0 => "RET".into(),
        _ => "JC 7".into(),
    });
    time("doubling calls", |n| match n % 3 {
        2 => "RET".into(),
        _ => format!("CALL {}", (n - n % 3 + 3).min(LINES - 1)),
    });
    time("addresses", |n| match n % 2 {
        0 => format!("LOAD {n}"),
        _ => format!("STORE {}", LINES - 1 - n),
    });
    time("labels", |n| {
        format!("label{n}: JMP label{}", (n * 7919) % LINES)
    });
}

#[test]
fn long_programs_need_no_deep_stack() {
    let text = "JC 3\n".repeat(10) + &"CALL 12\nRET\n".repeat(300_000);
    let thread = std::thread::Builder::new().stack_size(128 << 10);
    let analysis = thread
        .spawn(move || analyse(&assemble(&text)))
        .unwrap()
        .join()
        .unwrap();
    assert!(!analysis.depth_before.is_empty());
}

#[test]
fn misspelt_names_are_not_compared_with_all_others() {
    let mut text = String::new();
    for number in 0..20_000 {
        writeln!(text, "some_label_{number}: JMP some_lable_{number}").unwrap();
    }
    let start = Instant::now();
    assert!(assemble(&text).has_errors());
    assert!(start.elapsed() < LIMIT);
}
