//! Allowances: comments that allow a finding. The comment `; allow W103: the stack grows on purpose` suppresses the
//! warning W103 of an instruction, or of a label before it.
//!
//! The comment stands after the instruction, after one of the labels before it, or on a line of its own before them.
//! The formatter may put a label on a line of its own; the comment keeps its meaning then.

use crate::lang::diagnostics::{Code, Diagnostic, Sink};
use crate::lang::program::Assembly;
use crate::lang::suggest::nearest;
use crate::lang::syntax::{Body, Span, Tree};
use std::collections::HashMap;

/// One code in a comment that allows findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Where the code is written.
    pub span: Span,
    /// The code, if a code has this name. It may be one that cannot be allowed.
    pub code: Option<Code>,
}

/// The codes that a comment allows: none if the comment does not begin with the word `allow`. Codes follow the word,
/// separated by spaces or commas; the rest of the comment is the reason. A word counts as a code if it is one of the
/// letters `E`, `W` or `H`, in either case, followed by three digits.
pub fn allowances(tree: &Tree, comment: Span) -> impl Iterator<Item = Allowance> + '_ {
    const SPACES: [char; 2] = [' ', '\t'];
    let text = tree.slice(comment);
    let codes = text
        .trim_start_matches(['#', ';'])
        .trim_start_matches(SPACES)
        .strip_prefix("allow")
        .filter(|rest| rest.starts_with(SPACES));
    let mut rest = codes.unwrap_or("");
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let at = comment.start as usize + (text.len() - rest.len());
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        let (word, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        if !has_shape(word) {
            return None;
        }
        rest = after;
        Some(Allowance {
            span: Span::new(at, at + word.len()),
            code: Code::named(word),
        })
    })
}

fn has_shape(word: &str) -> bool {
    let digits = word.strip_prefix(['E', 'W', 'H', 'e', 'w', 'h']);
    digits.is_some_and(|digits| digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// The allowances of a text, and which of them were used.
pub(super) struct Allowed<'a> {
    tree: &'a Tree,
    /// The lines (from 0) of instructions and constants, if anything is allowed.
    bodies: Vec<usize>,
    list: Vec<Entry>,
    /// Places in the list.
    places: HashMap<(usize, Code), usize>,
    count: usize,
}

struct Entry {
    allowance: Allowance,
    is_used: bool,
}

impl<'a> Allowed<'a> {
    pub(super) fn new(assembly: &'a Assembly) -> Self {
        let tree = &assembly.tree;
        let mut allowed = Allowed {
            tree,
            bodies: Vec::new(),
            list: Vec::new(),
            places: HashMap::new(),
            count: 0,
        };
        let comments = tree.lines().iter().enumerate();
        let comments = comments.filter_map(|(number, line)| Some((number, line.comment?)));
        let mut found = comments
            .flat_map(|(number, comment)| allowances(tree, comment).map(move |one| (number, one)))
            .peekable();
        if found.peek().is_none() {
            return allowed;
        }
        let is_body = |body| !matches!(body, Body::Empty | Body::Malformed);
        let lines = tree.lines().iter().enumerate();
        allowed.bodies = lines
            .filter(|(_, line)| is_body(line.body))
            .map(|(number, _)| number)
            .collect();
        for (number, allowance) in found {
            if let Some(code) = allowance.code.filter(|code| code.can_be_allowed()) {
                let key = (allowed.statement(number), code);
                // If two allowances are the same, the first one counts.
                allowed.places.entry(key).or_insert(allowed.list.len());
            }
            allowed.list.push(Entry {
                allowance,
                is_used: false,
            });
        }
        allowed
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many findings were allowed.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The statement that a line belongs to: the next instruction, constant or line of data, as an index
    /// among these.
    fn statement(&self, line: usize) -> usize {
        self.bodies.partition_point(|&body| body < line)
    }

    /// Whether the text allows a finding. If so, the allowance counts as used.
    pub(super) fn covers(&mut self, finding: &Diagnostic) -> bool {
        let Some(line) = self.tree.line_at(finding.span.start) else {
            return false;
        };
        let place = self.places.get(&(self.statement(line), finding.code));
        match place.and_then(|&place| self.list.get_mut(place)) {
            Some(entry) => {
                entry.is_used = true;
                self.count += 1;
                true
            }
            None => false,
        }
    }

    /// Reports wrong and unused allowances, after everything else was found.
    pub(super) fn report(&self, sink: &mut Sink) {
        for entry in &self.list {
            let Allowance { span, code } = entry.allowance;
            match code {
                Some(code) if code.can_be_allowed() => {
                    if !entry.is_used {
                        sink.push(|| unused(span, code));
                    }
                }
                _ => sink.push(|| bad(span, code, self.tree.slice(span))),
            }
        }
    }
}

fn unused(span: Span, code: Code) -> Diagnostic {
    let message = format!("there is no {code} here to allow");
    Diagnostic::new(Code::UnusedAllowance, span, message)
        .help("it speaks of the instruction that it stands after, or of the next one, and of the labels before that")
}

fn bad(span: Span, code: Option<Code>, word: &str) -> Diagnostic {
    let message = match code {
        Some(code) => format!("{code} cannot be allowed"),
        None => format!("there is no code `{word}` to allow"),
    };
    let diagnostic = Diagnostic::new(Code::BadAllowance, span, message);
    match code {
        Some(_) => diagnostic.help("only warnings and hints about what the program does can be"),
        None => {
            let all = Code::ALL.iter().filter(|code| code.can_be_allowed());
            match nearest(word, all.map(|code| code.as_str())) {
                Some(other) => diagnostic.meant(other),
                None => diagnostic,
            }
        }
    }
}
