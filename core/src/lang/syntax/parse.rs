//! The parser: works on one line at a time, from tokens to a [`Line`] and its diagnostics.

use super::body::Body;
use super::directive::Directive;
use super::span::Span;
use super::token::{Token, TokenKind, tokens};
use super::tree::{Line, Tree};
use super::{MAX_LINES, MAX_TEXT, is_name};
use crate::lang::diagnostics::{Code, Diagnostic, Sink};
use crate::lang::isa::Op;
use crate::lang::line_index::LineIndex;
use std::ops::Range;

/// Parses a text. A text over the limits gives an empty tree with one diagnostic.
pub fn parse(text: &str) -> Tree {
    if text.len() > MAX_TEXT {
        return refused(format!(
            "the text has {} bytes; at most {MAX_TEXT} (64 MiB) are read",
            text.len()
        ));
    }
    let spans = line_spans(text, 0..text.len());
    if spans.len() > MAX_LINES {
        let count = spans.len();
        return refused(format!(
            "the program has {count} lines; at most {MAX_LINES} (2^24) are read"
        ));
    }
    let (lines, diagnostics) = lines(text, &spans);
    Tree {
        text: text.to_owned(),
        lines,
        diagnostics,
        is_refused: false,
    }
}

/// The spans of the lines of a part of a text. The part has to begin and end where lines do. After a last line end
/// there is an empty range, which is not a line.
pub(super) fn line_spans(text: &str, part: Range<usize>) -> Vec<Span> {
    let index = LineIndex::new(text.get(part.clone()).unwrap_or(""));
    (0..index.line_count())
        .filter_map(|line| index.line_span(line))
        .filter(|span| !span.is_empty())
        .map(|span| Span::new(part.start + span.start, part.start + span.end))
        .collect()
}

/// Parses some lines of a text.
pub(super) fn lines(text: &str, spans: &[Span]) -> (Vec<Line>, Vec<Diagnostic>) {
    let mut parser = Parser {
        text,
        sink: Sink::default(),
        tokens: Vec::new(),
    };
    let lines = spans.iter().map(|&span| parser.line(span)).collect();
    (lines, parser.sink.finish())
}

fn refused(message: String) -> Tree {
    Tree {
        diagnostics: vec![Diagnostic::new(Code::TooLarge, 0..0, message)],
        is_refused: true,
        ..Tree::default()
    }
}

pub(super) struct Parser<'a> {
    text: &'a str,
    sink: Sink,
    /// The significant tokens of the current line. The allocation is reused for every line.
    tokens: Vec<Token>,
}

impl<'a> Parser<'a> {
    pub(super) fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or("")
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    fn line(&mut self, span: Span) -> Line {
        let mut line = Line {
            span,
            label: None,
            body: Body::Empty,
            comment: None,
            is_well_formed: true,
        };
        self.tokens.clear();
        for token in tokens(self.text, span) {
            match token.kind {
                TokenKind::Whitespace | TokenKind::LineEnd => {}
                TokenKind::Comment => line.comment = Some(token.span),
                TokenKind::Comma if self.takes_commas() => self.tokens.push(token),
                TokenKind::Comma | TokenKind::Unknown => self.unknown(&mut line, token.span),
                _ => self.tokens.push(token),
            }
        }
        let tokens = std::mem::take(&mut self.tokens);
        self.statement(&mut line, &tokens);
        self.tokens = tokens;
        line
    }

    /// Whether the line, as far as it is read, is one in which commas may stand. Elsewhere a comma belongs to nothing.
    fn takes_commas(&self) -> bool {
        let body = match self.tokens.as_slice() {
            [_, colon, body @ ..] if colon.kind == TokenKind::Colon => body,
            body => body,
        };
        body.first().is_some_and(|first| {
            let word = self.slice(first.span);
            Directive::named(word).map_or_else(
                || Op::from_mnemonic(word) == Some(Op::Call),
                Directive::takes_commas,
            )
        })
    }

    pub(super) fn error(&mut self, line: &mut Line, make: impl FnOnce() -> Diagnostic) {
        line.is_well_formed = false;
        self.sink.push(make);
    }

    fn unknown(&mut self, line: &mut Line, span: Span) {
        let text = self.slice(span);
        self.error(line, || {
            let diagnostic = Diagnostic::new(
                Code::UnexpectedCharacter,
                span,
                format!("unexpected `{}`", text.escape_debug()),
            );
            match text {
                _ if text.contains(char::is_whitespace) => {
                    diagnostic.help("only plain spaces and tabs separate words")
                }
                "," => diagnostic.help("operands are separated by a space"),
                _ => diagnostic.help("a comment begins with `#` or `;`"),
            }
        });
    }

    fn statement(&mut self, line: &mut Line, tokens: &[Token]) {
        use TokenKind::*;
        let rest = match tokens {
            [name, colon, rest @ ..] if name.kind != Colon && colon.kind == Colon => {
                self.label(line, *name, *colon);
                rest
            }
            _ => tokens,
        };
        match rest {
            [] => {}
            [_, colon, ..] if colon.kind == Colon && line.label.is_some() => {
                line.body = Body::Malformed;
                let span = spread(rest);
                self.error(line, || {
                    Diagnostic::new(Code::BadLabel, span, "a line defines one label at most")
                        .help("write the second label on a line of its own")
                });
            }
            [word, rest @ ..] if word.kind == Word => {
                if self.slice(word.span).starts_with('.') {
                    self.directive(line, word.span, rest);
                } else {
                    self.instruction(line, word.span, rest);
                }
            }
            _ => {
                line.body = Body::Malformed;
                let span = spread(rest);
                let text = self.slice(span);
                self.error(line, || {
                    Diagnostic::new(
                        Code::UnknownInstruction,
                        span,
                        format!("expected an instruction, found `{}`", text.escape_debug()),
                    )
                });
            }
        }
    }

    fn label(&mut self, line: &mut Line, name: Token, colon: Token) {
        self.check_name(line, name.span, "label");
        if name.span.end != colon.span.start {
            self.error(line, || {
                Diagnostic::new(
                    Code::BadLabel,
                    name.span.to(colon.span),
                    "the colon stands directly after a label's name",
                )
            });
        }
        line.label = Some(name.span);
    }

    /// Checks whether a name may be defined; adds a diagnostic if it may not.
    pub(super) fn check_name(&mut self, line: &mut Line, span: Span, what: &str) {
        let name = self.slice(span);
        if !is_name(name) {
            self.error(line, || {
                Diagnostic::new(Code::BadName, span, format!("`{}` cannot name a {what}", name.escape_debug()))
                    .help("a name is made of ASCII letters, digits, `_` and `.`, with a letter or `_` first")
            });
        } else if let Some(op) = Op::from_mnemonic(name) {
            self.error(line, || {
                let mnemonic = op.spec().mnemonic;
                Diagnostic::new(
                    Code::BadName,
                    span,
                    format!("`{name}` is the instruction {mnemonic}, not a name for a {what}"),
                )
                .help(format!("for instance `{name}_`"))
                .replacement(format!("{name}_"))
            });
        }
    }
}

/// The span from the first of some tokens to the last.
pub(super) fn spread(tokens: &[Token]) -> Span {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span::new(0, 0),
    }
}
