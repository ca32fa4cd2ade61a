//! Programs of one file or several, for tests of what they mean and of what is found in them.

use crate::draw::draw;
use expect_test::Expect;
use provable::lang::analysis::analyse;
use provable::lang::diagnostics::{Diagnostic, Severity};
use provable::lang::link::{Linked, flat_text, link};
use provable::lang::modules::{MemoryFiles, Modules, Parsed};
use provable::lang::program::{Program, assemble};
use provable::vm::{Inputs, Limits, Outcome, run};
use std::fmt::Write;
use std::sync::Arc;

/// The files, the main one first.
pub fn load(files: &[(&str, &str)]) -> Modules {
    let (path, main) = files[0];
    let memory = MemoryFiles::new(files.iter().copied());
    Modules::load(path, Arc::new(Parsed::new(main)), &memory)
}

/// Everything that is found in a file: when it is assembled, linked and analysed.
fn found(linked: &Linked, file: usize) -> Vec<Diagnostic> {
    let mut all = linked.diagnostics_of(file);
    all.extend(analyse(&linked.assemblies[file]).diagnostics);
    all
}

/// Everything that is found in the files, drawn under their names.
pub fn check(files: &[(&str, &str)], expected: Expect) {
    let modules = load(files);
    let linked = link(&modules);
    let mut out = String::new();
    for (file, module) in modules.files().iter().enumerate() {
        let found = found(&linked, file);
        if !found.is_empty() {
            let _ = writeln!(out, "{}", module.id);
            out += &draw(module.parsed.tree().text(), &found);
        }
    }
    expected.assert_eq(&out);
}

/// The codes of the errors and warnings in all files, each once.
pub fn codes(files: &[(&str, &str)]) -> Vec<&'static str> {
    let modules = load(files);
    let linked = link(&modules);
    let all = (0..modules.files().len()).flat_map(|file| found(&linked, file));
    let all = all.filter(|one| one.severity != Severity::Hint);
    let mut codes: Vec<_> = all.map(|one| one.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Each text, a program by itself, has a finding of this code and none of another.
pub fn refused(code: &str, texts: &[&str]) {
    for text in texts {
        let codes = codes(&[("main.prov", text)]);
        assert!(
            !codes.is_empty() && codes.iter().all(|one| *one == code),
            "{codes:?}, not {code}: {text}"
        );
    }
}

/// Each text, a program by itself, has no error and no warning.
pub fn passes(texts: &[&str]) {
    for text in texts {
        assert_eq!(codes(&[("main.prov", text)]), [""; 0], "{text}");
    }
}

/// The program of some files without an error, and that of its linked text, which is the same.
pub fn program(files: &[(&str, &str)]) -> (Program, String) {
    let modules = load(files);
    let linked = link(&modules);
    let flat = flat_text(&modules, &linked, &|file| modules.files()[file].id.clone());
    let Some((program, flat)) = linked.program.zip(flat) else {
        panic!("{:?}", linked.diagnostics);
    };
    let again = assemble(&flat);
    assert_eq!(again.diagnostics, [], "{flat}");
    assert_eq!(again.program.unwrap().digest(), program.digest(), "{flat}");
    (program, flat)
}

/// The linked text, which is a plain program with the same digest.
pub fn flat(files: &[(&str, &str)]) -> String {
    program(files).1
}

/// A run of a program without inputs.
pub fn outcome(files: &[(&str, &str)]) -> Outcome {
    run(&program(files).0, &Inputs::default(), Limits::default())
}

/// The stack that a run of a program of one file leaves.
pub fn stack(text: &str) -> Vec<u32> {
    outcome(&[("main.prov", text)]).stack
}
