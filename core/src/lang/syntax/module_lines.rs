//! Parses the lines of modules and routines: `.use`, `.var`, `.routine`, `.inline`, `.push` and `.loop`.

use super::body::Body;
use super::directive::Directive;
use super::effect::{CLOSE_SIGN, inside};
use super::is_name;
use super::operands::List;
use super::parse::{Parser, spread};
use super::span::Span;
use super::text::text_parts;
use super::token::{Token, TokenKind};
use super::tree::Line;
use crate::lang::diagnostics::{Code, Diagnostic};

impl Parser<'_> {
    pub(super) fn use_line(&mut self, line: &mut Line, keyword: Span, rest: &[Token]) {
        let (path, rest) = match rest {
            [path, rest @ ..] if path.kind == TokenKind::Text => (Some(path.span), rest),
            _ => (None, rest),
        };
        let (alias, extra) = match rest {
            [word, alias, extra @ ..] if self.is_word(*word, "as") => (Some(alias.span), extra),
            _ => (None, rest),
        };
        line.body = Body::Use {
            keyword,
            path,
            alias,
        };
        let Some(path) = path else {
            let at = rest.first().map_or(keyword, |first| first.span);
            self.error(line, || {
                Diagnostic::new(Code::BadUse, at, "`.use` takes a path in double quotes")
                    .help(format!("write `{}`", Directive::Use.usage()))
            });
            return;
        };
        if let Err(error) = text_parts(self.slice(path), path.start as usize) {
            self.bad_expression(line, error);
        }
        if let Some(alias) = alias {
            let name = self.slice(alias);
            if !is_alias(name) {
                self.error(line, || {
                    let message = format!("`{}` cannot name a file", name.escape_debug());
                    Diagnostic::new(Code::BadName, alias, message).help(
                        "it is made of ASCII letters, digits and `_`, with a letter or `_` first",
                    )
                });
            }
        }
        self.extra(line, extra, "the path");
    }

    pub(super) fn variable(&mut self, line: &mut Line, keyword: Span, rest: &[Token]) {
        let name = rest.first().map(|name| name.span);
        let rest = rest.get(1..).unwrap_or_default();
        let is_at = |first: Option<&Token>| first.is_some_and(|one| self.is_word(*one, "at"));
        let (size, rest) = match is_at(rest.first()) {
            true => (None, rest),
            false => self.operand(line, rest),
        };
        let has_at = rest.first().is_some_and(|one| self.is_word(*one, "at"));
        let (address, extra) = match has_at {
            true => self.operand(line, rest.get(1..).unwrap_or_default()),
            false => (None, rest),
        };
        match name {
            Some(name) => self.check_name(line, name, "variable"),
            None => self.error(line, || {
                Diagnostic::new(Code::BadData, keyword, "the variable has no name")
                    .help(format!("write `{}`", Directive::Var.usage()))
            }),
        }
        if has_at && address.is_none() {
            let at = rest.first().map_or(keyword, |at| at.span);
            self.error(line, || {
                Diagnostic::new(Code::BadData, at, "the variable has no address after `at`")
            });
        }
        line.body = Body::Variable {
            keyword,
            name,
            size,
            address,
        };
        self.extra(line, extra, "the variable");
    }

    pub(super) fn routine(&mut self, line: &mut Line, keyword: Span, rest: &[Token]) {
        let (name, rest) = match rest {
            [name, rest @ ..] if name.kind != TokenKind::Open => (Some(name.span), rest),
            _ => (None, rest),
        };
        let (effect, parameters) = self.brackets(line, rest);
        line.body = Body::Routine {
            keyword,
            name,
            effect,
            parameters: (!parameters.is_empty()).then(|| spread(parameters)),
        };
        match name {
            Some(name) => self.check_name(line, name, "routine"),
            None => self.bad_routine(line, keyword, "the routine has no name"),
        }
        match effect {
            Some(effect) => self.check_effect(line, effect),
            None => {
                let at = name.map_or(keyword, |name| keyword.to(name));
                self.bad_routine(
                    line,
                    at,
                    "the routine does not say what it takes and leaves",
                );
            }
        }
        self.parameters(line, parameters);
    }

    /// The tokens of the brackets at the start, as their span, and the tokens after them.
    pub(super) fn brackets<'t>(
        &mut self,
        line: &mut Line,
        tokens: &'t [Token],
    ) -> (Option<Span>, &'t [Token]) {
        let Some(open) = tokens.first().filter(|one| one.kind == TokenKind::Open) else {
            return (None, tokens);
        };
        let mut depth = 0usize;
        for (place, token) in tokens.iter().enumerate() {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth -= 1,
                _ => continue,
            }
            if depth == 0 {
                let rest = tokens.get(place + 1..).unwrap_or_default();
                return (Some(open.span.to(token.span)), rest);
            }
        }
        let span = open.span;
        self.error(line, || {
            Diagnostic::new(Code::BadExpression, span, "a `)` is missing")
        });
        // Up to the end of the line, as if a bracket stood there.
        (None, &[])
    }

    /// Whether a `--` in brackets has a word at one of its sides without a space between.
    pub(super) fn has_close_sign(&self, span: Span) -> bool {
        let mut words = self.slice(span).split_ascii_whitespace();
        words.any(|word| {
            let word = word.trim_start_matches('(').trim_end_matches(')');
            word != "--" && word.contains("--")
        })
    }

    fn bad_routine(&mut self, line: &mut Line, at: Span, message: &str) {
        let known = line.body;
        let has_bracket_error =
            !line.is_well_formed && matches!(known, Body::Routine { effect: None, .. });
        if has_bracket_error {
            return;
        }
        self.error(line, || {
            Diagnostic::new(Code::BadRoutine, at, message)
                .help(format!("write `{}`", Directive::Routine.usage()))
        });
    }

    /// Names, then `--`, then names or `never`.
    fn check_effect(&mut self, line: &mut Line, span: Span) {
        let tokens: Vec<Token> = inside(self.text(), span).collect();
        let is_sign = |token: &Token| self.slice(token.span) == "-";
        let sign = tokens.windows(2).position(|two| two.iter().all(is_sign));
        let Some(sign) = sign else {
            let message = match self.has_close_sign(span) {
                true => CLOSE_SIGN,
                false => "the effect has no `--` between what is before and what is after",
            };
            self.bad_routine(line, span, message);
            return;
        };
        let (before, after) = tokens.split_at(sign);
        let after = after.get(2..).unwrap_or_default();
        let is_never = matches!(after, [one] if self.slice(one.span) == "never");
        for (place, token) in before.iter().chain(after).enumerate() {
            let word = self.slice(token.span);
            let may_stand = is_name(word) || (word == "..." && place == 0 && !before.is_empty());
            if !may_stand {
                let message = format!("`{}` cannot name a word on the stack", word.escape_debug());
                self.bad_routine(line, token.span, &message);
                return;
            }
            if word == "never" && !(is_never && place == before.len()) {
                self.bad_routine(line, token.span, "`never` stands alone after `--`");
                return;
            }
        }
    }

    /// Names with commas between them.
    fn parameters(&mut self, line: &mut Line, tokens: &[Token]) {
        for (place, token) in tokens.iter().enumerate() {
            let is_comma = token.kind == TokenKind::Comma;
            if is_comma != (place % 2 == 1) || (is_comma && place + 1 == tokens.len()) {
                let span = token.span;
                self.error(line, || {
                    Diagnostic::new(
                        Code::BadRoutine,
                        span,
                        "parameters are names with single commas between them",
                    )
                    .help("write `.routine NAME ( before -- after ) FIRST, SECOND`")
                });
                return;
            }
            if !is_comma {
                self.check_name(line, token.span, "parameter");
            }
        }
    }

    pub(super) fn inline(&mut self, line: &mut Line, keyword: Span, rest: &[Token]) {
        let target = rest.first().map(|&target| self.single(line, target).span);
        let arguments = self.list(line, rest.get(1..).unwrap_or_default(), List::Arguments);
        line.body = Body::Inline {
            keyword,
            target,
            arguments,
        };
        if target.is_none() {
            self.missing(line, keyword, "`.inline` needs the name of a routine");
        }
    }

    pub(super) fn push(&mut self, line: &mut Line, keyword: Span, rest: &[Token]) {
        let target = rest.first().map(|&target| self.single(line, target).span);
        line.body = Body::Push { keyword, target };
        if target.is_none() {
            self.missing(line, keyword, "`.push` needs the name of data");
        }
        self.extra(line, rest.get(1..).unwrap_or_default(), "the name");
    }

    pub(super) fn missing(&mut self, line: &mut Line, at: Span, message: &str) {
        self.error(line, || Diagnostic::new(Code::MissingOperand, at, message));
    }

    pub(super) fn loop_line(&mut self, line: &mut Line, keyword: Span, rest: &[Token]) {
        // `+2` is a sign and a number, `-2` is a number.
        let (change, rest) = match rest {
            [sign, number, rest @ ..]
                if self.slice(sign.span) == "+" && number.kind == TokenKind::Number =>
            {
                (Some(sign.span.to(number.span)), rest)
            }
            [number, rest @ ..] if self.slice(number.span).starts_with('-') => {
                (Some(number.span), rest)
            }
            _ => (None, rest),
        };
        let is_change = change.is_some_and(|change| loop_change(self.slice(change)).is_some());
        if !is_change {
            let at = change
                .or(rest.first().map(|one| one.span))
                .unwrap_or(keyword);
            self.error(line, || {
                Diagnostic::new(
                    Code::BadLoop,
                    at,
                    "`.loop` says by how many words the stack changes each time, with a sign",
                )
                .help(format!("write `{}`", Directive::Loop.usage()))
            });
        }
        let (times, extra) = match rest {
            [comma, rest @ ..] if comma.kind == TokenKind::Comma && is_change => {
                let (times, extra) = self.operand(line, rest);
                if times.is_none() {
                    self.missing(
                        line,
                        comma.span,
                        "how often the loop is begun is missing after this comma",
                    );
                }
                (times, extra)
            }
            _ if is_change => (None, rest),
            _ => (None, &[][..]),
        };
        line.body = Body::Loop {
            keyword,
            change: change.filter(|_| is_change),
            times,
        };
        self.extra(line, extra, "the loop");
    }

    pub(super) fn is_word(&self, token: Token, word: &str) -> bool {
        token.kind == TokenKind::Word && self.slice(token.span).eq_ignore_ascii_case(word)
    }
}

/// Whether a text may stand before the dot of a member's name.
pub fn is_alias(text: &str) -> bool {
    is_name(text) && !text.contains('.')
}

/// The change of depth that a `.loop` line declares, with its sign; not 0.
pub fn loop_change(text: &str) -> Option<i64> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits.trim_start()),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let number = super::number::parse_number(digits)
        .ok()
        .filter(|_| !digits.starts_with('-'))?;
    (number != 0).then(|| sign * i64::from(number))
}
