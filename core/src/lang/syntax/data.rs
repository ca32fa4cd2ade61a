//! Parses the lines of data: `.data` and `.words`. A line is parsed by itself. That `.words` continues a `.data` is
//! checked when the program is assembled.

use super::directive::Directive;
use super::parse::Parser;
use super::span::Span;
use super::token::{Token, TokenKind};
use super::tree::{Body, Line};
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
            _ => (None, &[][..]),
        };
        let (address, items) = match rest {
            [address, items @ ..] if address.kind != TokenKind::Comma => (Some(*address), items),
            _ => (None, &[][..]),
        };
        if let Some(name) = name {
            self.check_name(line, name, "constant");
        }
        let missing = match (name, at, address) {
            (None, ..) => Some("name"),
            (_, None, _) => Some("address: `at` is missing"),
            (.., None) => Some("address after `at`"),
            _ => None,
        };
        if let Some(missing) = missing {
            let last = at.or(name).map_or(keyword, |last| keyword.to(last));
            self.error(line, || {
                Diagnostic::new(Code::BadData, last, format!("the data have no {missing}"))
                    .help(format!("write `{}`", Directive::Data.usage()))
            });
        }
        let address = address.map(|token| self.operand(line, token));
        // An address may become an expression one day: `100 -1` would then be 99.
        if let Some(first) = items
            .first()
            .filter(|first| self.slice(first.span).starts_with('-'))
        {
            let span = first.span;
            self.error(line, || {
                Diagnostic::new(
                    Code::BadData,
                    span,
                    "a word with a sign cannot follow the address directly",
                )
                .help("write the words on a line `.words` below")
            });
        }
        let items = self.items(line, items);
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
        let items = self.items(line, rest);
        line.body = Body::Words { keyword, items };
    }

    /// Checks words with commas between them. Returns their span.
    fn items(&mut self, line: &mut Line, tokens: &[Token]) -> Option<Span> {
        let (first, last) = tokens.first().zip(tokens.last())?;
        let mut after_word = false;
        // One diagnostic on the commas of a line is enough.
        let mut misplaced = None;
        for &token in tokens {
            let is_comma = token.kind == TokenKind::Comma;
            if is_comma != after_word {
                misplaced = misplaced.or(Some((token.span, is_comma)));
            }
            if !is_comma {
                self.operand(line, token);
            }
            after_word = !is_comma;
        }
        if !after_word {
            misplaced = misplaced.or(Some((last.span, true)));
        }
        if let Some((span, is_comma)) = misplaced {
            let message = match is_comma {
                true => "a word is missing beside this comma",
                false => "a comma is missing before this word",
            };
            self.error(line, || {
                Diagnostic::new(Code::BadData, span, message)
                    .help("words are separated by single commas: `1, 2, 3`")
            });
        }
        Some(first.span.to(last.span))
    }
}
