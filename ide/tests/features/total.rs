//! Properties of every function, on every text and at every offset.

use crate::generated::{programs, texts};
use crate::support::{Around, apply};
use proptest::prelude::*;
use provable::lang::program::assemble;
use provable_ide::{self, FixKind, Snapshot};
use std::ops::Range;

fn ordered(spans: impl IntoIterator<Item = Range<usize>>) -> bool {
    let spans: Vec<_> = spans.into_iter().collect();
    spans.windows(2).all(|pair| pair[0].end <= pair[1].start)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_answer_is_within_the_text(text in texts(), at in any::<prop::sample::Index>(), length in 0..40usize, far in any::<bool>()) {
        let s = Snapshot::new(&text);
        let offset = if far { usize::MAX } else { at.index(text.len() + 3) };
        let range = offset..offset.saturating_add(length);
        let mut spans: Vec<Range<usize>> = Vec::new();

        for finding in provable_ide::diagnostics(&s) {
            spans.push(finding.diagnostic.span.clone());
        }
        spans.extend(provable_ide::hover(&s, offset).map(|hover| hover.span));
        let beside = Around::new(&[("./x", ".const a 1\n"), ("./y/a", ".const b 1\n")]);
        let completions = provable_ide::completions_among(&s, offset, &beside);
        spans.push(completions.replace);
        let additional = completions.items.into_iter().flat_map(|item| item.additional);
        spans.extend(additional.map(|edit| edit.span));
        if let Some(shared) = provable_ide::shared_at(&s, offset) {
            let id = &s.modules.files()[shared.file].id;
            let all = provable_ide::references_in(&s, id, shared.line, true);
            prop_assert!(ordered(all.clone()));
            spans.extend(all);
        }
        if let Some(signature) = provable_ide::signature(&s, offset) {
            let parameter = signature.parameter.map(|range| signature.label.get(range).is_some());
            prop_assert!(parameter != Some(false));
        }
        if let Some(found) = provable_ide::definition(&s, offset) {
            spans.push(found.origin);
            let there = s.modules.tree(found.file).unwrap();
            prop_assert!(there.text().get(found.target).is_some());
        }
        spans.extend(provable_ide::links(&s).into_iter().map(|link| link.0));
        let references = provable_ide::references(&s, offset, true);
        prop_assert!(ordered(references.clone()));
        spans.extend(references);
        spans.extend(provable_ide::highlights(&s, offset).into_iter().map(|place| place.0));

        let symbols = provable_ide::document_symbols(&s);
        for symbol in &symbols {
            prop_assert!(symbol.span.start <= symbol.selection.start && symbol.selection.end <= symbol.span.end);
            if symbol.kind != provable_ide::SymbolKind::Test {
                prop_assert_eq!(text.get(symbol.selection.clone()), Some(symbol.name.as_str()));
            }
        }
        spans.extend(symbols.into_iter().map(|symbol| symbol.span));
        for (first, last, _) in provable_ide::folds(&s) {
            prop_assert!(first < last && last < s.lines.line_count());
        }
        if let Some(routine) = provable_ide::routine_at(&s, offset) {
            let start = routine.selection.start;
            prop_assert!(routine.span.start <= start && routine.selection.end <= routine.span.end);
            spans.extend((routine.file == 0).then_some(routine.span));
            // Whoever it calls is called by it.
            let is_here = |file| routine.file == 0 && file == 0;
            for (other, calls) in provable_ide::outgoing(&s, start) {
                if !is_here(other.file) {
                    continue;
                }
                let back = provable_ide::incoming(&s, other.selection.start);
                prop_assert!(back.iter().any(|(caller, at)| caller.selection.start == start && *at == calls));
                spans.extend(calls);
            }
        }
        provable_ide::outline(&s);
        provable_ide::incoming(&s, offset);
        provable_ide::outgoing(&s, offset);

        let selections = provable_ide::selection(&s, offset);
        prop_assert!(!selections.is_empty());
        for pair in selections.windows(2) {
            prop_assert!(pair[1].start <= pair[0].start && pair[0].end <= pair[1].end && pair[0] != pair[1]);
        }
        spans.extend(selections);

        let all = provable_ide::tokens(&s, 0..usize::MAX);
        prop_assert!(ordered(all.iter().map(|token| token.span.clone())));
        for token in &all {
            prop_assert!(!text[token.span.clone()].contains(['\n', '\r']));
        }
        let part: Vec<_> = all.into_iter().filter(|token| token.span.start <= range.end && range.start <= token.span.end).collect();
        let in_range = provable_ide::tokens(&s, range.clone());
        prop_assert!(in_range.iter().all(|token| part.contains(token)));
        spans.extend(in_range.into_iter().map(|token| token.span));
        for hint in provable_ide::depth_hints(&s, range.clone()) {
            spans.push(hint.offset..hint.offset);
        }
        for edits in [provable_ide::format_all(&s), provable_ide::format_range(&s, range.clone()), provable_ide::format_on_type(&s, offset)] {
            apply(&text, &edits);
        }
        for span in spans {
            prop_assert!(text.get(span.clone()).is_some(), "{:?} in {:?}", span, text);
        }
    }

    #[test]
    fn fixes_can_be_applied_and_break_nothing(text in texts(), at in any::<prop::sample::Index>(), length in 0..40usize) {
        let s = Snapshot::new(&text);
        let start = at.index(text.len() + 3);
        for fix in provable_ide::fixes(&s, start..start + length) {
            let after = assemble(&apply(&text, &fix.edits));
            if s.assembly.has_errors() {
                continue;
            }
            prop_assert!(!after.has_errors(), "{}: {:?}", fix.title, after.diagnostics);
            if fix.kind == FixKind::Refactor && !fix.title.contains("HALT") {
                prop_assert_eq!(&after.program, &s.assembly.program, "{}", fix.title);
            }
        }
    }

    #[test]
    fn removing_unreachable_code_and_inserting_halt_keep_what_a_run_does(text in programs(), at in any::<prop::sample::Index>()) {
        use provable::vm::{run, Ending, Inputs, Limits};
        let s = Snapshot::new(&text);
        let start = at.index(text.len() + 1);
        let inputs = Inputs { public: vec![3, 1, 0], secret: vec![] };
        let limits = Limits { max_steps: 200, ..Limits::default() };
        let result = |text: &str| {
            let outcome = run(&assemble(text).program.unwrap(), &inputs, limits);
            let has_halted = matches!(outcome.status, Ending::Halted);
            (outcome.steps, has_halted, outcome.stack, outcome.outputs)
        };
        for fix in provable_ide::fixes(&s, start..start) {
            if fix.title.contains("unreachable") {
                prop_assert_eq!(result(&apply(&text, &fix.edits)), result(&text), "{}", fix.title);
            }
        }
    }

    #[test]
    fn a_rename_keeps_the_program(text in texts(), at in any::<prop::sample::Index>(), new in "[a-d_]{1,2}|N|push|1") {
        let s = Snapshot::new(&text);
        let offset = at.index(text.len() + 3);
        let prepared = provable_ide::prepare(&s, offset);
        match provable_ide::rename(&s, offset, &new) {
            Ok(edits) => {
                // The name in a path stays there: another one is added.
                prop_assert!(prepared.is_some_and(|(span, _)| edits.iter().any(|edit| edit.span == span || edit.text.starts_with(" as "))));
                prop_assert!(ordered(edits.iter().map(|edit| edit.span.clone())));
                if !s.assembly.has_errors() {
                    let after = assemble(&apply(&text, &edits));
                    prop_assert_eq!(&after.program, &s.assembly.program);
                }
            }
            Err(message) => prop_assert!(message.contains(';'), "no way out: {}", message),
        }
    }
}
