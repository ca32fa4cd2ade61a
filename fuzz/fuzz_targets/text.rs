//! Program text: parse, assemble, analyse, format, run. The parts of the input are a text and edits to it: each takes
//! a place (two bytes), a number of bytes to remove, and what comes in their stead.
#![no_main]

use libfuzzer_sys::fuzz_target;
use provable::lang::analysis::{Analysis, analyse};
use provable::lang::diagnostics::Severity;
use provable::lang::link::link;
use provable::lang::modules::{Modules, Parsed};
use provable::lang::program::{Assembly, Program, assemble, reassemble};
use provable::lang::syntax::{format, format_tree, reparse};
use provable::vm::{Ending, Inputs, Limits, run};
use provable_fuzz::{bounded, parts, text};
use std::sync::Arc;

fuzz_target!(|data: &[u8]| {
    let mut parts = parts(data);
    let mut current = text(parts.next().unwrap_or_default()).into_owned();
    let mut assembly = whole(&current);
    for edit in parts {
        current = edited(&current, edit);
        let again = reparse(&assembly.tree, &current);
        let fresh = whole(&current);
        assert_eq!(again.lines(), fresh.tree.lines(), "{current:?}");
        assert_eq!(again.diagnostics(), fresh.tree.diagnostics(), "{current:?}");
        let next = reassemble(&assembly, &current);
        assert_eq!(next.diagnostics, fresh.diagnostics, "{current:?}");
        assert_eq!(linked(&next), linked(&fresh), "{current:?}");
        assert_eq!(
            analyse(&next).diagnostics,
            analyse(&fresh).diagnostics,
            "{current:?}"
        );
        assembly = next;
    }
});

/// The text after an edit.
fn edited(text: &str, edit: &[u8]) -> String {
    let [high, low, removed, new @ ..] = edit else {
        return text.to_owned();
    };
    let mut bytes = text.as_bytes().to_vec();
    let start = usize::from(u16::from_be_bytes([*high, *low])) % (bytes.len() + 1);
    let end = (start + usize::from(*removed)).min(bytes.len());
    bytes.splice(start..end, new.iter().copied());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Assembles a text, and sees what holds of every one.
fn whole(text: &str) -> Assembly {
    let (assembly, analysis) = bounded(text.len(), 4 << 10, 1 << 20, || {
        let assembly = assemble(text);
        let analysis = analyse(&assembly);
        (assembly, analysis)
    });
    let tree = &assembly.tree;
    let tokens = tree.lines().iter().flat_map(|line| tree.tokens(line));
    let tokens: String = tokens.map(|token| tree.slice(token.span)).collect();
    assert_eq!(tokens, text);
    places(text, &assembly, &analysis);
    let formatted = bounded(text.len(), 4 << 10, 1 << 20, || format_tree(tree));
    let formatted = formatted.text();
    assert_eq!(format(formatted), formatted, "{text:?}");
    let program = linked(&assembly);
    assert_eq!(
        linked(&assemble(formatted)),
        program,
        "{text:?} became {formatted:?}"
    );
    if let Some(program) = &program {
        runs(program);
    }
    assembly
}

/// The program of a text that may use the standard library.
fn linked(assembly: &Assembly) -> Option<Program> {
    let parsed = Parsed::of(Arc::clone(&assembly.tree));
    link(&Modules::alone(Arc::new(parsed))).program
}

/// Every finding is about a place.
fn places(text: &str, assembly: &Assembly, analysis: &Analysis) {
    let is_error = |severity| severity == Severity::Error;
    let errors = assembly
        .diagnostics
        .iter()
        .any(|one| is_error(one.severity));
    assert_eq!(assembly.has_errors(), errors, "{text:?}");
    for one in assembly.diagnostics.iter().chain(&analysis.diagnostics) {
        assert!(text.get(one.span.clone()).is_some(), "{one:?} in {text:?}");
        assert!(!one.message.contains(char::is_control), "{one:?}");
        for (span, _) in &one.related {
            assert!(text.get(span.clone()).is_some(), "{one:?} in {text:?}");
        }
    }
}

/// A run keeps to its limits, and twice the same is the same.
fn runs(program: &Program) {
    let limits = Limits {
        max_steps: 2_000,
        max_memory: 1 << 16,
    };
    let inputs = Inputs {
        public: vec![3, 1, 0],
        secret: vec![1, u32::MAX, 0, 7],
    };
    let first = bounded(limits.max_memory, 4, 64 << 10, || {
        run(program, &inputs, limits)
    });
    assert!(first.steps <= limits.max_steps + 1);
    let second = run(program, &inputs, limits);
    assert_eq!(
        (first.steps, first.pc, &first.stack),
        (second.steps, second.pc, &second.stack)
    );
    assert!(first.public_read <= inputs.public.len());
    if first.status == Ending::Halted {
        assert_eq!(first.public_read, inputs.public.len());
    }
}
