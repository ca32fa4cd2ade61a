//! Programs of several files: load, assemble, analyse, link, and run the tests that stand in them. The parts of the input
//! are the texts of the files, the main one first.
#![no_main]

use libfuzzer_sys::fuzz_target;
use provable::lang::analysis::analyse;
use provable::lang::diagnostics::Severity;
use provable::lang::link::{Linked, flat_text, link};
use provable::lang::modules::{MemoryFiles, Modules, Parsed};
use provable::lang::program::{Program, assemble};
use provable::lang::syntax::format;
use provable::testing::{Options, run_test, tests_in};
use provable::vm::Limits;
use provable_fuzz::{bounded, is_told, parts, text};
use std::sync::Arc;

/// Where the files lie. What is left of the input is left out.
const PATHS: [&str; 5] = [
    "main.prov",
    "a.prov",
    "lib/b.prov",
    "lib/a.prov",
    "3-d.prov",
];

fuzz_target!(|data: &[u8]| {
    let texts: Vec<String> = parts(data)
        .take(PATHS.len())
        .map(|part| text(part).into_owned())
        .collect();
    let size: usize = texts.iter().map(String::len).sum();
    // What is copied into what may be much more than the texts.
    let (modules, linked) = bounded(size, 64 << 10, 1 << 30, || linked(&texts));
    places(&modules, &linked);
    let formatted: Vec<String> = texts.iter().map(|text| format(text)).collect();
    let digest = linked.program.as_ref().map(Program::digest);
    assert_eq!(
        self::linked(&formatted)
            .1
            .program
            .as_ref()
            .map(Program::digest),
        digest
    );
    if linked
        .program
        .as_ref()
        .is_some_and(|program| program.instructions().len() < 100_000)
    {
        flat(&modules, &linked);
        tests(&modules, &linked);
    }
});

fn linked(texts: &[String]) -> (Modules, Linked) {
    let files = PATHS.iter().copied().zip(texts.iter().map(String::as_str));
    let main = texts.first().map_or("", String::as_str);
    let modules = Modules::load(
        PATHS[0],
        Arc::new(Parsed::new(main)),
        &MemoryFiles::new(files),
    );
    let linked = link(&modules);
    (modules, linked)
}

/// Linked text is a plain program, and the same one.
fn flat(modules: &Modules, linked: &Linked) {
    let names = |file: usize| modules.files()[file].id.clone();
    let text = flat_text(modules, linked, &names).expect("there is a program");
    let again = assemble(&text);
    assert_eq!(again.diagnostics, [], "{text}");
    let digest = again.program.as_ref().map(Program::digest);
    assert_eq!(
        digest,
        linked.program.as_ref().map(Program::digest),
        "{text}"
    );
}

/// Every finding is about a place of its file, and every instruction comes from one.
fn places(modules: &Modules, linked: &Linked) {
    let mut has_errors = false;
    for (file, assembly) in linked.assemblies.iter().enumerate() {
        let tree = &assembly.tree;
        let found = linked.diagnostics_of(file);
        has_errors |= found.iter().any(|one| one.severity == Severity::Error);
        for one in found.iter().chain(&analyse(assembly).diagnostics) {
            is_told(&one.message);
            for span in std::iter::once(&one.span).chain(one.related.iter().map(|(span, _)| span)) {
                assert!(tree.text().get(span.clone()).is_some(), "{one:?}");
            }
        }
    }
    assert_eq!(linked.program.is_none(), has_errors);
    let count = linked
        .program
        .as_ref()
        .map_or(0, |program| program.instructions().len());
    assert_eq!(linked.places.len(), count);
    for place in &linked.places {
        let tree = modules.tree(place.file).expect("a file");
        assert!(tree.lines()[place.line].body.is_code());
        assert!(linked.chain(*place).len() <= 64);
    }
}

/// A test has a verdict, and always the same one.
fn tests(modules: &Modules, linked: &Linked) {
    let limits = Limits {
        max_steps: 1_000,
        max_memory: 1 << 16,
    };
    let options = Options {
        seed: 7,
        limits,
        counts_lines: false,
    };
    let all = linked.assemblies.first().map(|main| tests_in(main));
    for test in all.unwrap_or_default().iter().take(3) {
        let run = || run_test(modules, &linked.assemblies, test, options);
        let (first, second) = (run(), run());
        assert_eq!(first.passed(), second.passed());
        assert_eq!(first.runs, second.runs);
    }
}
