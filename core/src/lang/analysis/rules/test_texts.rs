//! Texts of tests that are written as entries of an inputs file, where a word before a colon says what follows. In a program
//! a text is its characters.

use crate::lang::analysis::findings::Findings;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::syntax::{Body, Operand, Value};

/// What an entry of an inputs file may begin with, and what is written in a program instead.
const ENTRIES: [(&str, &str); 3] = [
    ("hex:", "write the words as numbers, such as `0x68656c6c`"),
    ("bytes:", "write each byte as a number, such as `0xff`"),
    ("text:", "write the characters alone"),
];

pub(in crate::lang::analysis) fn report(findings: &mut Findings<'_>) {
    let assembly = findings.assembly;
    let tree = &assembly.tree;
    for section in assembly.sections.iter().filter(|one| one.is_test()) {
        let lines = tree.lines().get(section.lines.clone()).unwrap_or_default();
        for line in lines {
            let Body::Tape { items, .. } = line.body else {
                continue;
            };
            let texts = tree.listed(items).filter(|item| item.value == Value::Text);
            for item in texts {
                check(findings, item);
            }
        }
    }
}

fn check(findings: &mut Findings<'_>, text: Operand) {
    let written = findings.assembly.tree.slice(text.span);
    let inner = written.strip_prefix('"').unwrap_or(written);
    let entry = ENTRIES.iter().find(|(word, _)| inner.starts_with(word));
    let Some(&(word, way_out)) = entry else {
        return;
    };
    findings.push(|_| {
        let message =
            format!("this is the characters of the text, `{word}` among them: only inputs files have such entries");
        let diagnostic = Diagnostic::new(Code::LooksLikeEntry, text.span, message).help(way_out);
        match inner.strip_prefix("text:") {
            Some(rest) => diagnostic.replacement(format!("\"{rest}")),
            None => diagnostic,
        }
    });
}
