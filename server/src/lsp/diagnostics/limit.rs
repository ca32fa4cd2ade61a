//! A limit on the diagnostics of one code: a user does not read a thousand of them, and all are sent again after each edit.

use provable_ide::diagnostics::Finding;
use provable_ide::numbers::grouped;
use std::collections::HashMap;
use tower_lsp_server::ls_types::{Diagnostic, DiagnosticSeverity};

/// The most diagnostics of one code that are shown.
pub const MAX_OF_A_CODE: usize = 200;

/// The diagnostics of findings: of each code the first ones, and then one at the next finding that counts the rest. Every
/// warning and error links to its explanation; of hints only the first of each code does.
pub fn limited(
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
            2..=MAX_OF_A_CODE => found.push(without_repeated_link(diagnostic(finding))),
            _ if *count == MAX_OF_A_CODE + 1 => rests.push(finding),
            _ => {}
        }
    }
    for first in rests {
        let count = counts.get(first.diagnostic.code.as_str()).copied();
        let rest = count.unwrap_or(0).saturating_sub(MAX_OF_A_CODE);
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

    fn limited_of(text: &str) -> Vec<Diagnostic> {
        let snapshot = Snapshot::new(text);
        let mapped = |finding: &Finding<'_>| Diagnostic {
            severity: Some(crate::lsp::to_proto::severity(finding.diagnostic.severity)),
            code_description: Some(CodeDescription {
                href: "file:///language.md".parse().unwrap(),
            }),
            message: finding.diagnostic.message.clone(),
            ..Diagnostic::default()
        };
        limited(&diagnostics(&snapshot), mapped)
    }

    #[test]
    fn of_each_code_some_are_shown_and_the_rest_is_counted() {
        for (extra, last) in [
            (0, None),
            (1, Some("and 1 more like this")),
            (2_300, Some("and 2,300 more like this")),
        ] {
            let many = "ADDD\n".repeat(MAX_OF_A_CODE + extra);
            let found = limited_of(&format!("{many}{}HALT\n", "PUSH\n".repeat(3)));
            let others = found.iter().filter(|one| one.message.contains("PUSH"));
            assert_eq!(others.count(), 3);
            let counted = found
                .iter()
                .find(|one| one.message.ends_with("more like this"));
            assert_eq!(counted.map(|one| one.message.as_str()), last);
        }
    }

    #[test]
    fn hints_link_to_their_explanation_once_and_errors_always() {
        let links = |text: &str| {
            let found = limited_of(text);
            let links = found.iter().map(|one| one.code_description.is_some());
            links.collect::<Vec<_>>()
        };
        assert_eq!(links("ADDD\nADDD\nHALT\n"), [true, true]);
        assert_eq!(links("a:\nb:\nc:\nHALT\n"), [true, false, false]);
    }
}
