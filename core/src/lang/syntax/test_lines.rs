//! Parses the lines of tests: `.test`, `.public`, `.secret`, `.output`, `.traps` and `.within`.

use super::body::{Body, Tape};
use super::directive::Directive;
use super::effect::{CLOSE_SIGN, inside};
use super::is_name;
use super::operands::List;
use super::parse::Parser;
use super::span::Span;
use super::token::{Token, TokenKind};
use super::tree::Line;
use crate::lang::diagnostics::{Code, Diagnostic};

impl Parser<'_> {
    pub(super) fn test(&mut self, line: &mut Line, keyword: Span, rest: &[Token]) {
        let (title, rest) = match rest {
            [title, rest @ ..] if title.kind == TokenKind::Text => (Some(title.span), rest),
            _ => (None, rest),
        };
        if let Some(title) = title {
            self.check_text(line, title);
        }
        let (target, rest) = match rest {
            [target, rest @ ..] if target.kind != TokenKind::Open => {
                (Some(self.single(line, *target).span), rest)
            }
            _ => (None, rest),
        };
        let (values, rest) = self.brackets(line, rest);
        if let Some(values) = values {
            self.check_values(line, values);
        }
        let arguments = self.list(line, rest, List::Arguments);
        line.body = Body::Test {
            keyword,
            title,
            target,
            values,
            arguments,
        };
        let is_bare = title.is_none() && target.is_none();
        let wrong = match (target, values, arguments) {
            _ if !line.is_well_formed => return,
            _ if is_bare => "the test has neither a title nor a routine",
            (Some(_), None, _) => "the test of a routine has no values: what it takes and leaves",
            (None, _, Some(_)) => "only a routine takes arguments",
            _ => return,
        };
        self.bad_test(line, keyword, wrong, Directive::Test);
    }

    fn bad_test(&mut self, line: &mut Line, at: Span, message: &str, directive: Directive) {
        self.error(line, || {
            Diagnostic::new(Code::BadTest, at, message)
                .help(format!("write `{}`", directive.usage()))
        });
    }

    /// Values, then `--`, then values. An expression stands in brackets of its own.
    fn check_values(&mut self, line: &mut Line, span: Span) {
        let tokens: Vec<Token> = inside(self.text(), span).collect();
        let mut rest = tokens.as_slice();
        let mut signs = 0;
        while let Some(first) = rest.first() {
            let is_sign = |at: usize| rest.get(at).is_some_and(|one| self.slice(one.span) == "-");
            match first.kind {
                TokenKind::Operator if is_sign(0) && is_sign(1) => {
                    signs += 1;
                    rest = rest.get(2..).unwrap_or_default();
                }
                TokenKind::Open => {
                    // What follows the bracket is a value of its own.
                    let (Some(_), after) = self.brackets(line, rest) else {
                        return;
                    };
                    let length = rest.len() - after.len();
                    self.operand(line, rest.get(..length).unwrap_or_default());
                    rest = after;
                }
                TokenKind::Operator => {
                    let (at, message) = match self.has_close_sign(span) {
                        true => (span, CLOSE_SIGN),
                        false => (first.span, "an expression stands in brackets here"),
                    };
                    self.bad_test(line, at, message, Directive::Test);
                    return;
                }
                _ => {
                    self.single(line, *first);
                    rest = rest.get(1..).unwrap_or_default();
                }
            }
        }
        if signs != 1 {
            let message = match signs == 0 && self.has_close_sign(span) {
                true => CLOSE_SIGN,
                false => "the values have no single `--` between what is before and what is after",
            };
            self.bad_test(line, span, message, Directive::Test);
        }
    }

    pub(super) fn tape(&mut self, line: &mut Line, keyword: Span, tape: Tape, rest: &[Token]) {
        let items = self.list(line, rest, List::Words);
        line.body = Body::Tape {
            keyword,
            tape,
            items,
        };
    }

    pub(super) fn traps(&mut self, line: &mut Line, keyword: Span, rest: &[Token]) {
        let kind = rest.first().map(|kind| kind.span);
        let rest = rest.get(1..).unwrap_or_default();
        let (place, extra) = match rest {
            [at, place, extra @ ..] if self.is_word(*at, "at") => (Some(place.span), extra),
            _ => (None, rest),
        };
        line.body = Body::Traps {
            keyword,
            kind,
            place,
        };
        let Some(kind) = kind else {
            self.bad_test(
                line,
                keyword,
                "the kind of trap is missing",
                Directive::Traps,
            );
            return;
        };
        let word = self.slice(kind);
        if !TRAP_KINDS.iter().any(|one| one.eq_ignore_ascii_case(word)) {
            self.error(line, || {
                let message = format!("there is no kind of trap `{}`", word.escape_debug());
                let all = TRAP_KINDS.join(", ");
                let diagnostic = Diagnostic::new(Code::BadTest, kind, message);
                match crate::lang::suggest::nearest(word, TRAP_KINDS) {
                    Some(near) => diagnostic.meant(near),
                    None => diagnostic.help(format!("the kinds are {all}")),
                }
            });
        }
        if let Some(place) = place.filter(|place| !is_name(self.slice(*place))) {
            self.bad_test(
                line,
                place,
                "a label or a routine stands after `at`",
                Directive::Traps,
            );
        }
        self.extra(line, extra, "the trap");
    }

    pub(super) fn within(&mut self, line: &mut Line, keyword: Span, rest: &[Token]) {
        let (rows, extra) = self.operand(line, rest);
        line.body = Body::Within { keyword, rows };
        if rows.is_none() {
            self.bad_test(
                line,
                keyword,
                "the number of rows is missing",
                Directive::Within,
            );
        }
        self.extra(line, extra, "the number of rows");
    }
}

/// The kinds of traps that a test can expect; `vm::TrapReason::kind` has the kind of each.
pub const TRAP_KINDS: [&str; 13] = [
    "UNDERFLOW",
    "DIVISION",
    "SHIFT",
    "ADDRESS",
    "SHA256",
    "TARGET",
    "RETURN",
    "PUBLIC",
    "SECRET",
    "UNREAD",
    "ASSERT",
    "STEPS",
    "MEMORY",
];
