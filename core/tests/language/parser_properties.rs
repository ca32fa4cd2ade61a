//! Properties of the parser on every text.

use crate::texts::{any_text, edited, nearly_programs, programs};
use proptest::prelude::*;
use provable::lang::analysis::analyse;
use provable::lang::diagnostics::Diagnostic;
use provable::lang::line_index::LineIndex;
use provable::lang::link::link;
use provable::lang::modules::{Modules, Parsed};
use provable::lang::program::{Assembly, Program, SymbolKind, assemble, reassemble};
use provable::lang::syntax::{parse, reparse};
use std::sync::Arc;

/// The program of a text that may use the standard library, and all findings in it.
fn linked(assembly: &Assembly) -> (Option<Program>, Vec<Diagnostic>) {
    let parsed = Parsed::of(Arc::clone(&assembly.tree));
    let linked = link(&Modules::alone(Arc::new(parsed)));
    (linked.program.clone(), linked.diagnostics_of(0))
}

fn tokens_of(text: &str) -> String {
    let tree = parse(text);
    tree.lines()
        .iter()
        .flat_map(|line| tree.tokens(line))
        .map(|token| tree.slice(token.span))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reparsing_after_an_edit_equals_parsing(texts in edited()) {
        let mut assembly = assemble(&texts[0]);
        for text in &texts[1..] {
            let (again, whole) = (reparse(&assembly.tree, text), parse(text));
            prop_assert_eq!(again.text(), whole.text());
            prop_assert_eq!(again.lines(), whole.lines());
            prop_assert_eq!(again.diagnostics(), whole.diagnostics());
            prop_assert_eq!(again.is_refused(), whole.is_refused());
            let places = |index: LineIndex| (0..=index.line_count()).map(|line| index.line_span(line)).collect::<Vec<_>>();
            prop_assert_eq!(places(again.line_index()), places(LineIndex::new(text)));
            let (next, fresh) = (reassemble(&assembly, text), assemble(text));
            prop_assert_eq!(&next.diagnostics, &fresh.diagnostics);
            prop_assert_eq!(linked(&next), linked(&fresh));
            assembly = next;
        }
    }

    #[test]
    fn the_tokens_make_up_the_text(text in any_text()) {
        prop_assert_eq!(tokens_of(&text), text);
    }

    #[test]
    fn invalid_utf8_is_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let text = String::from_utf8_lossy(&bytes);
        let assembly = assemble(&text);
        analyse(&assembly);
        prop_assert_eq!(tokens_of(&text), text);
    }

    #[test]
    fn there_is_a_program_exactly_if_there_is_no_error(text in any_text()) {
        use provable::lang::diagnostics::Severity;
        let assembly = assemble(&text);
        let errors = assembly.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
        prop_assert_eq!(assembly.has_errors(), errors > 0);
        let linked = link(&Modules::alone(Arc::new(Parsed::of(Arc::clone(&assembly.tree)))));
        let found = linked.diagnostics_of(0).iter().filter(|d| d.severity == Severity::Error).count();
        prop_assert_eq!(linked.program.is_some(), found == 0);
        prop_assert!(linked.program.is_none() || errors == 0);
        let analysis = analyse(&assembly);
        for diagnostic in assembly.diagnostics.iter().chain(&analysis.diagnostics) {
            prop_assert!(text.get(diagnostic.span.clone()).is_some(), "{:?}", diagnostic);
            for (span, _) in &diagnostic.related {
                prop_assert!(text.get(span.clone()).is_some(), "{:?}", diagnostic);
            }
        }
    }

    #[test]
    fn a_line_is_parsed_independently_of_the_lines_before_it(first in nearly_programs(), second in nearly_programs()) {
        let alone = parse(&second).diagnostics().len();
        let before = parse(&format!("{first}\n")).diagnostics().len();
        // A byte order mark is one at the start of the text alone.
        prop_assume!(!second.starts_with('\u{feff}'));
        prop_assert_eq!(parse(&format!("{first}\n{second}")).diagnostics().len(), before + alone);
    }

    #[test]
    fn a_symbol_is_found_at_each_of_its_places_and_nowhere_else(text in any_text()) {
        let assembly = assemble(&text);
        for offset in 0..=text.len() + 1 {
            let mut spans = assembly.symbols.iter().flat_map(|symbol| {
                // The name of a file may stand in its path, which is no name.
                let is_in_path = text[symbol.definition.range().end..].starts_with(['"', '.']);
                let own = Some(&symbol.definition).filter(|_| symbol.kind != SymbolKind::File || !is_in_path);
                let places = own.into_iter().chain(&symbol.references);
                places.map(move |&span| (symbol, span))
            });
            let expected = spans.find(|(_, span)| span.touches(offset));
            prop_assert_eq!(assembly.symbol_at(offset), expected);
        }
    }

    #[test]
    fn the_generated_programs_assemble(text in programs()) {
        prop_assert!(assemble(&text).program.is_some(), "{:?}", assemble(&text).diagnostics);
    }
}
