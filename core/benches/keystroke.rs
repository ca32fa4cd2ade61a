//! What the library does of the work after a typed character: a text of 10,000 lines is parsed again, assembled and analysed.

use divan::Bencher;
use provable::lang::analysis::analyse;
use provable::lang::program::{assemble, reassemble};

fn main() {
    divan::main();
}

const LINES: usize = 10_000;

/// Calls, labels, comments, loops and numbers, as the benchmark of the editor has them. `contract` follows a routine's label.
fn program(head: &str, body: &str) -> String {
    let routines = LINES / 10;
    let mut text = String::from("#provable 1.0\n.const limit 1000\n");
    for number in 0..routines {
        text.push_str(&format!("    CALL routine_{number}\n"));
    }
    text.push_str("    HALT\n");
    for number in 0..routines {
        let head = head.replace('%', &number.to_string());
        let body = body.replace('%', &number.to_string());
        text.push_str(&format!("\n{head} # counts down, then goes on\n{body}"));
    }
    text
}

/// Routines that are called by their labels.
fn labels() -> String {
    program(
        "routine_%:",
        "    PUSH limit\nagain_%:\n    PUSH 1\n    SUB\n    DUP\n    JNZ again_%\n    POP\n    RET\n",
    )
}

/// Routines that say what they take and leave.
fn routines() -> String {
    program(
        ".routine routine_% ( -- )",
        "    PUSH limit\n    again:\n    PUSH 1\n    SUB\n    DUP\n    JNZ again\n    POP\n    RET\n",
    )
}

#[divan::bench(args = ["labels", "routines"])]
fn analysed(bencher: Bencher, kind: &str) {
    let text = text(kind);
    let assembly = assemble(&text);
    assert!(
        assembly.diagnostics.is_empty(),
        "{:?}",
        assembly.diagnostics.first()
    );
    let found = analyse(&assembly).diagnostics;
    assert!(found.is_empty(), "{:?}", found.first());
    bencher.bench(|| analyse(&assembly));
}

#[divan::bench(args = ["labels", "routines"])]
fn assembled_again(bencher: Bencher, kind: &str) {
    let text = text(kind);
    let assembly = assemble(&text);
    let changed = text.replacen("    POP\n", "    POP \n", 1);
    bencher.bench(|| reassemble(&assembly, &changed));
}

fn text(kind: &str) -> String {
    match kind {
        "labels" => labels(),
        _ => routines(),
    }
}
