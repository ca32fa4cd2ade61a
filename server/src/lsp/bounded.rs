//! How much of what is found is shown. Nobody reads a thousand diagnostics of one kind, and all of them are sent anew
//! with each key.

use provable_ide::diagnostics::Finding;
use provable_ide::numbers::grouped;
use std::collections::HashMap;
use tower_lsp_server::ls_types::{Diagnostic, DiagnosticSeverity};

/// Diagnostics of one code that are shown one by one, the first ones of the text.
pub const MOST_OF_A_KIND: usize = 200;

/// The diagnostics for what was found: of each code the first ones, then one at the place of the next that counts the
/// rest. A hint leads to its explanation if it is the first of its code; warnings and errors all do.
pub fn shown(
    findings: &[Finding<'_>],
    diagnostic: impl Fn(&Finding<'_>) -> Diagnostic,
) -> Vec<Diagnostic> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut found = Vec::new();
    let mut rests = Vec::new();
    for finding in findings {
        let count = counts.entry(finding.diagnostic.code.as_str()).or_default();
        *count += 1;
        match *count {
            1 => found.push(diagnostic(finding)),
            2..=MOST_OF_A_KIND => found.push(without_repeated_link(diagnostic(finding))),
            _ if *count == MOST_OF_A_KIND + 1 => rests.push(finding),
            _ => {}
        }
    }
    for first in rests {
        let count = counts.get(first.diagnostic.code.as_str()).copied();
        let rest = count.unwrap_or(0).saturating_sub(MOST_OF_A_KIND);
        found.push(Diagnostic {
            message: format!("and {} more like this", grouped(&rest.to_string(), 3, ',')),
            related_information: None,
            tags: None,
            ..without_repeated_link(diagnostic(first))
        });
    }
    found
}

fn without_repeated_link(mut diagnostic: Diagnostic) -> Diagnostic {
    if diagnostic.severity == Some(DiagnosticSeverity::HINT) {
        diagnostic.code_description = None;
    }
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::*;
    use provable_ide::Snapshot;
    use provable_ide::diagnostics::diagnostics;
    use tower_lsp_server::ls_types::CodeDescription;

    fn shown_of(text: &str) -> Vec<Diagnostic> {
        let snapshot = Snapshot::new(text);
        let mapped = |finding: &Finding<'_>| Diagnostic {
            severity: Some(crate::lsp::to_proto::severity(finding.diagnostic.severity)),
            code_description: Some(CodeDescription {
                href: "file:///language.md".parse().unwrap(),
            }),
            message: finding.diagnostic.message.clone(),
            ..Diagnostic::default()
        };
        shown(&diagnostics(&snapshot), mapped)
    }

    #[test]
    fn of_each_kind_some_are_shown_and_the_rest_is_counted() {
        for (extra, last) in [
            (0, None),
            (1, Some("and 1 more like this")),
            (2_300, Some("and 2,300 more like this")),
        ] {
            let many = "ADDD\n".repeat(MOST_OF_A_KIND + extra);
            let found = shown_of(&format!("{many}{}HALT\n", "PUSH\n".repeat(3)));
            let others = found.iter().filter(|one| one.message.contains("PUSH"));
            assert_eq!(others.count(), 3);
            let counted = found
                .iter()
                .find(|one| one.message.ends_with("more like this"));
            assert_eq!(counted.map(|one| one.message.as_str()), last);
        }
    }

    #[test]
    fn hints_lead_to_their_explanation_once_and_errors_always() {
        let links = |text: &str| {
            let found = shown_of(text);
            let links = found.iter().map(|one| one.code_description.is_some());
            links.collect::<Vec<_>>()
        };
        assert_eq!(links("ADDD\nADDD\nHALT\n"), [true, true]);
        assert_eq!(links("a:\nb:\nc:\nHALT\n"), [true, false, false]);
    }
}
