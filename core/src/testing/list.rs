//! Which tests a file has.

use crate::lang::program::Assembly;
use crate::lang::syntax::{Body, Span, TextPart, Tree};
use std::collections::HashMap;

/// What a test runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TestKind {
    /// A routine, on values.
    Case,
    /// The main code, on tapes.
    Program,
    /// Its own instructions.
    Body,
}

impl TestKind {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            TestKind::Case => "case",
            TestKind::Program => "program",
            TestKind::Body => "body",
        }
    }
}

/// A test of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// Its section, as an index among [`Assembly::sections`].
    pub section: usize,
    /// The line of its `.test`, from 0.
    pub line: usize,
    /// Its lines, from 0: up to its last line that is not blank.
    pub end: usize,
    /// What it is called: its title, its routine and values. No other test of the file has this name.
    pub name: String,
    /// What it runs.
    pub kind: TestKind,
    /// The routine, as it is written.
    pub target: Option<String>,
}

/// The tests of a file, in the order of the text.
pub fn tests_in(assembly: &Assembly) -> Vec<Test> {
    let tree = &assembly.tree;
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut tests = Vec::new();
    for (section, one) in assembly.sections.iter().enumerate() {
        // The main code of a file that begins with a test is empty, and at the same line.
        if !one.is_test() {
            continue;
        }
        let line = one.lines.start;
        let Some(Body::Test {
            title,
            target,
            values,
            arguments,
            ..
        }) = tree.lines().get(line).map(|line| line.body)
        else {
            continue;
        };
        let kind = match target {
            Some(_) => TestKind::Case,
            None if one.instructions.is_empty() => TestKind::Program,
            None => TestKind::Body,
        };
        let name = unlike(&mut names, name(tree, title, [target, values, arguments]));
        let is_blank = |line: usize| {
            let line = tree.lines().get(line);
            line.is_none_or(|line| matches!(line.body, Body::Empty) && line.comment.is_none())
        };
        let end = one.lines.clone().rev().find(|&line| !is_blank(line));
        tests.push(Test {
            section,
            line,
            end: end.unwrap_or(line) + 1,
            name,
            kind,
            target: target.map(|target| tree.slice(target).to_owned()),
        });
    }
    tests
}

/// The name, with a number behind it if others have it. `names` counts how often a name was wanted.
fn unlike(names: &mut HashMap<String, usize>, wanted: String) -> String {
    let mut name = wanted.clone();
    while let Some(&count) = names.get(&name) {
        let number = names.entry(wanted.clone()).or_insert(count);
        *number += 1;
        name = format!("{wanted} #{number}");
    }
    names.insert(name.clone(), 1);
    name
}

fn name(tree: &Tree, title: Option<Span>, rest: [Option<Span>; 3]) -> String {
    let title = title.map(|title| {
        let parts = tree.text_of(title).unwrap_or_default();
        String::from_utf8_lossy(&TextPart::bytes(&parts)).into_owned()
    });
    let rest = rest.into_iter().flatten().map(|span| {
        let words: Vec<&str> = tree.slice(span).split_whitespace().collect();
        words.join(" ")
    });
    let words: Vec<String> = title.into_iter().chain(rest).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::program::assemble;

    #[test]
    fn no_two_tests_have_a_name() {
        let text = ".test \"x\"\n.test \"x #2\"\n.test \"x\"\n.test \"x\"\n.test \"x #2\"\n";
        let tests = tests_in(&assemble(text));
        let names: Vec<&str> = tests.iter().map(|test| test.name.as_str()).collect();
        assert_eq!(names, ["x", "x #2", "x #3", "x #4", "x #2 #2"]);
    }

    #[test]
    fn a_file_that_begins_with_a_test_has_it_once() {
        let text = ".test \"of its own\"\n    PUSH 1\n    ASSERT\n";
        let tests = tests_in(&assemble(text));
        let found: Vec<_> = tests.iter().map(|one| (&*one.name, one.kind)).collect();
        assert_eq!(found, [("of its own", TestKind::Body)]);
    }
}
