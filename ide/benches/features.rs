//! What an answer costs on a program of 10,000 lines, asked in its middle.

#![allow(clippy::unwrap_used, missing_docs)]

use divan::{Bencher, black_box};
use provable_ide::{self as features, Snapshot};
use std::fmt::Write;

fn main() {
    divan::main();
}

/// Routines of ten lines with a loop each, which call one another.
fn text() -> String {
    let mut text = String::new();
    for n in 0..1000 {
        let next = (n + 1) % 1000;
        writeln!(text, "# routine {n}\n.const N{n} {n}\nr{n}:\n    PUSH N{n}\nl{n}:\n    PUSH 1\n    SUB\n    DUP # again\n    JNZ l{n}\n    CALL r{next}").unwrap();
    }
    text
}

fn ask<T>(bencher: Bencher<'_, '_>, marker: &str, ask: impl Fn(&Snapshot, usize) -> T + Sync) {
    let text = text();
    let s = Snapshot::new(&text);
    let offset = text.find(marker).unwrap() + marker.len();
    bencher.bench(|| ask(black_box(&s), black_box(offset)));
}

#[divan::bench]
fn snapshot(bencher: Bencher<'_, '_>) {
    let text = text();
    bencher.bench(|| Snapshot::new(black_box(&text)));
}

macro_rules! at {
    ($($name:ident $marker:literal $ask:expr;)*) => {
        $(#[divan::bench]
        fn $name(bencher: Bencher<'_, '_>) {
            ask(bencher, $marker, $ask);
        })*
    };
}

at! {
    hover_label "JNZ l500" features::hover;
    hover_number "r500:\n    PUSH" |s, at| features::hover(s, at + 2);
    definition "JNZ l500" features::definition;
    highlights "JNZ l500" features::highlights;
    rename "JNZ l500" |s, at| features::rename(s, at, "other");
    signature "JNZ l500" features::signature;
    completions_labels "JNZ l500" |s, at| features::completions(s, at - 4);
    completions_prefix "JNZ l500" features::completions;
    completions_mnemonics "r500:\n" features::completions;
    diagnostics "" |s, _| features::diagnostics(s).len();
    tokens_all "" |s, _| features::tokens(s, 0..usize::MAX);
    tokens_screen "r500:" |s, at| features::tokens(s, at..at + 1000);
    depths_all "" |s, _| features::depth_hints(s, 0..usize::MAX);
    outline "" |s, _| features::document_symbols(s);
    folds "" |s, _| features::folds(s);
    selection "JNZ l500" features::selection;
    routine_at "JNZ l500" features::routine_at;
    outgoing "r500:" |s, at| features::outgoing(s, at - 5);
    format_all "" |s, _| features::format_all(s);
    format_on_type "r500:\n" features::format_on_type;
    fixes "JNZ l500" |s, at| features::fixes(s, at..at);
}
