//! Parses the lines of data: `.data`, `.words` and `.bytes`. A line is parsed by itself. That a line continues a `.data` is
//! checked when the program is assembled.

use super::body::Body;
use super::directive::Directive;
use super::operands::List;
use super::parse::Parser;
use super::span::Span;
use super::text::{TextPart, text_parts};
use super::token::{Token, TokenKind};
use super::tree::Line;
use crate::lang::diagnostics::{Code, Diagnostic};

impl Parser<'_> {
    pub(super) fn data(&mut self, line: &mut Line, keyword: Span, rest: &[Token]) {
        let is_at = |token: &&Token| self.slice(token.span).eq_ignore_ascii_case("at");
        // `at` may be a name too: then a second `at` follows.
        let is_nameless =
            rest.first().filter(is_at).is_some() && rest.get(1).filter(is_at).is_none();
        let (name, rest) = match rest {
            [name, rest @ ..] if !is_nameless => (Some(name.span), rest),
            _ => (None, rest),
        };
        let (at, rest) = match rest {
            [at, rest @ ..] if is_at(&at) => (Some(at.span), rest),
            _ => (None, rest),
        };
        let is_address = rest
            .first()
            .is_some_and(|first| first.kind != TokenKind::Comma);
        let (address, items) = match at {
            Some(_) if is_address => self.operand(line, rest),
            Some(_) => (None, &[][..]),
            None => (None, rest),
        };
        if let Some(name) = name {
            self.check_name(line, name, "constant");
        }
        let missing = match (name, at, address) {
            (None, ..) => Some("name"),
            (_, Some(_), None) => Some("address after `at`"),
            _ => None,
        };
        if let Some(missing) = missing {
            let last = at.or(name).map_or(keyword, |last| keyword.to(last));
            self.error(line, || {
                Diagnostic::new(Code::BadData, last, format!("the data have no {missing}"))
                    .help(format!("write `{}`", Directive::Data.usage()))
            });
        }
        let items = self.list(line, items, List::Words);
        line.body = Body::Data {
            keyword,
            name,
            at,
            address,
            items,
        };
    }

    pub(super) fn words(&mut self, line: &mut Line, keyword: Span, rest: &[Token]) {
        if rest.is_empty() {
            self.error(line, || {
                Diagnostic::new(Code::BadData, keyword, "`.words` has no words")
                    .help(format!("write `{}`", Directive::Words.usage()))
            });
        }
        let items = self.list(line, rest, List::Words);
        line.body = Body::Words { keyword, items };
    }

    pub(super) fn bytes(&mut self, line: &mut Line, keyword: Span, rest: &[Token]) {
        let text = rest.first().filter(|first| first.kind == TokenKind::Text);
        let text = text.map(|text| text.span);
        line.body = Body::Bytes { keyword, text };
        let Some(text) = text else {
            let at = rest.first().map_or(keyword, |first| first.span);
            self.error(line, || {
                Diagnostic::new(Code::BadData, at, "`.bytes` takes a text in double quotes")
                    .help(format!("write `{}`", Directive::Bytes.usage()))
            });
            return;
        };
        match text_parts(self.slice(text), text.start as usize) {
            Err(error) => self.bad_expression(line, error),
            Ok(parts) => {
                let count = TextPart::bytes(&parts).len();
                if !count.is_multiple_of(4) {
                    self.error(line, || {
                        let message = format!("{count} bytes make no whole number of words; a word has four");
                        Diagnostic::new(Code::BadData, text, message)
                            .help("which side of the last word stays empty depends on the program: write that word in `.words`")
                    });
                }
            }
        }
        self.extra(line, rest.get(1..).unwrap_or_default(), "the text");
    }
}
