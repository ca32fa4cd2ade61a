//! Diagnostics, drawn under the lines that they are about.

use expect_test::Expect;
use provable::lang::analysis::analyse;
use provable::lang::diagnostics::{Diagnostic, Severity};
use provable::lang::line_index::LineIndex;
use provable::lang::program::assemble;
use std::fmt::Write;
use std::ops::Range;

/// Asserts that the text assembles without a diagnostic, and what the analysis finds in it.
pub fn check(text: &str, expected: Expect) {
    let assembly = assemble(text);
    assert_eq!(assembly.diagnostics, []);
    expected.assert_eq(&draw(text, &analyse(&assembly).diagnostics));
}

/// Each diagnostic as its source line, carets under the span, and the message. Related places follow in the same form.
pub fn draw(text: &str, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        };
        let head = format!("{severity}[{}]: {}", diagnostic.code, diagnostic.message);
        place(&mut out, text, &diagnostic.span, '^', &head);
        for (span, message) in &diagnostic.related {
            place(&mut out, text, span, '-', message);
        }
        if let Some(help) = &diagnostic.help {
            writeln!(out, "   = {help}").unwrap();
        }
    }
    out
}

fn place(out: &mut String, text: &str, span: &Range<usize>, sign: char, message: &str) {
    let index = LineIndex::new(text);
    let start = index.line_column(span.start);
    let end = index.line_column(span.end);
    let line = text[index.line_span(start.line).unwrap()].trim_end();
    let before = line.get(..start.column).unwrap_or(line).chars().count();
    let (width, more) = match end.line == start.line {
        true => (text[span.clone()].chars().count().max(1), String::new()),
        false => (
            line.chars().count() - before,
            format!(" (to line {})", end.line + 1),
        ),
    };
    let carets: String = std::iter::repeat_n(sign, width).collect();
    writeln!(out, "{:<3}{line}", start.line + 1).unwrap();
    writeln!(out, "   {}{carets} {message}{more}", " ".repeat(before)).unwrap();
}
