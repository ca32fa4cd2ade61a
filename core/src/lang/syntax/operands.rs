//! Parses operands, and lists of them.

use super::is_name;
use super::number::{NumberError, parse_number};
use super::operand::{Operand, Value, value_of};
use super::parse::{Parser, spread};
use super::span::Span;
use super::token::{Token, TokenKind};
use super::tree::Line;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::expression::{Expression, ExpressionError, parse_first};
use crate::lang::isa::Op;

impl Parser<'_> {
    /// The operand that some tokens begin with, with a diagnostic if there can be none. Returns it and the tokens after
    /// it.
    pub(super) fn operand<'t>(
        &mut self,
        line: &mut Line,
        tokens: &'t [Token],
    ) -> (Option<Operand>, &'t [Token]) {
        match tokens {
            [] => (None, tokens),
            [first, rest @ ..] if !self.is_expression(*first, rest) => {
                (Some(self.single(line, *first)), rest)
            }
            _ => self.expression(line, tokens),
        }
    }

    /// Whether more than the first token belongs to the operand, or the first token is no operand by itself.
    fn is_expression(&self, first: Token, rest: &[Token]) -> bool {
        let text = self.slice(first.span);
        let begins = match first.kind {
            TokenKind::Open | TokenKind::Operator => true,
            // `-NAME` is one token.
            TokenKind::Number => text.strip_prefix('-').is_some_and(is_name),
            _ => false,
        };
        let Some(second) = rest.first() else {
            return begins;
        };
        let sign = self.slice(second.span);
        let goes_on = match second.kind {
            TokenKind::Operator => !matches!(sign, "~" | "!"),
            TokenKind::Number | TokenKind::Character => sign.starts_with('-'),
            TokenKind::Open => text == "len",
            _ => false,
        };
        let is_value = matches!(
            first.kind,
            TokenKind::Word | TokenKind::Number | TokenKind::Character
        );
        begins || (is_value && goes_on)
    }

    fn expression<'t>(
        &mut self,
        line: &mut Line,
        tokens: &'t [Token],
    ) -> (Option<Operand>, &'t [Token]) {
        let whole = spread(tokens);
        let start = whole.start as usize;
        let parsed = parse_first(self.slice(whole), start);
        let (expression, end) = match parsed {
            Ok((expression, end)) => (expression, start + end),
            Err(mut error) => {
                // What is missing at the end is shown at the last word, since behind it the next line may begin.
                if let Some(last) = tokens
                    .last()
                    .filter(|last| error.span.start >= last.span.end)
                {
                    error.span = last.span;
                }
                // A character that belongs to nothing has its diagnostic.
                let is_known = !line.is_well_formed;
                line.is_well_formed = false;
                if !is_known {
                    self.bad_expression(line, error);
                }
                let operand = Operand {
                    span: whole,
                    value: Value::Bad,
                };
                return (Some(operand), &[]);
            }
        };
        self.check_expression(line, &expression);
        let after = tokens.partition_point(|token| (token.span.start as usize) < end);
        let operand = Operand {
            span: Span::new(start, end),
            value: Value::Expression,
        };
        (Some(operand), tokens.get(after..).unwrap_or_default())
    }

    pub(super) fn bad_expression(&mut self, line: &mut Line, error: ExpressionError) {
        let ExpressionError { span, message } = error;
        self.error(line, || Diagnostic::new(Code::BadExpression, span, message));
    }

    fn check_expression(&mut self, line: &mut Line, expression: &Expression) {
        for (span, _) in expression.names() {
            let name = self.slice(span);
            if Op::from_mnemonic(name).is_some() {
                self.cannot_be_operand(line, span, " is an instruction, and");
            }
        }
        if let Some(span) = entry(expression) {
            let message = "there are no lists here; `name[place]` is for the debugger";
            self.bad_expression(line, ExpressionError::new(span, message));
        }
    }

    /// An operand of one token, with a diagnostic if the token cannot be one.
    pub(super) fn single(&mut self, line: &mut Line, token: Token) -> Operand {
        let span = token.span;
        let text = self.slice(span);
        let value = value_of(text, token.kind);
        match token.kind {
            TokenKind::Word if is_name(text) && Op::from_mnemonic(text).is_none() => {}
            TokenKind::Number | TokenKind::Character => {
                if let Err(error) = parse_number(text) {
                    let code = match error {
                        NumberError::Range => Code::NumberOutOfRange,
                        _ => Code::BadNumber,
                    };
                    self.error(line, || Diagnostic::new(code, span, error.to_string()));
                }
            }
            // This may be a use of a label or a constant with that name, which is also an error. Another name corrects
            // both.
            _ => {
                let what = if Op::from_mnemonic(text).is_some() {
                    " is an instruction, and"
                } else {
                    ""
                };
                self.cannot_be_operand(line, span, what);
            }
        }
        Operand { span, value }
    }

    fn cannot_be_operand(&mut self, line: &mut Line, span: Span, what: &str) {
        let text = self.slice(span);
        self.error(line, || {
            let message = format!("`{}`{what} cannot be an operand", text.escape_debug());
            Diagnostic::new(Code::WrongOperand, span, message)
        });
    }

    /// Checks operands with commas between them. Returns their span. In lists of words, a text may stand too.
    pub(super) fn list(&mut self, line: &mut Line, tokens: &[Token], kind: List) -> Option<Span> {
        let last = tokens.last()?;
        let mut rest = tokens;
        let mut after_operand = false;
        // One diagnostic on the commas of a line is enough.
        let mut misplaced = None;
        while let Some(token) = rest.first() {
            let is_comma = token.kind == TokenKind::Comma;
            if is_comma != after_operand {
                misplaced = misplaced.or(Some((token.span, is_comma)));
            }
            let is_text = token.kind == TokenKind::Text && kind == List::Words;
            if is_text {
                self.check_text(line, token.span);
            }
            rest = if is_comma || is_text {
                rest.get(1..).unwrap_or_default()
            } else {
                self.operand(line, rest).1
            };
            after_operand = !is_comma;
        }
        if !after_operand {
            misplaced = misplaced.or(Some((last.span, true)));
        }
        if let Some((span, is_comma)) = misplaced {
            let what = kind.word();
            let message = match is_comma {
                true => format!("{what} is missing beside this comma"),
                false => format!("a comma is missing before this {}", kind.one()),
            };
            let code = kind.code();
            self.error(line, || {
                Diagnostic::new(code, span, message).help(kind.help())
            });
        }
        Some(spread(tokens))
    }

    /// Checks a text in double quotes.
    pub(super) fn check_text(&mut self, line: &mut Line, span: Span) {
        if let Err(error) = super::text::text_parts(self.slice(span), span.start as usize) {
            self.bad_expression(line, error);
        }
    }
}

/// What a list holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    /// Words of data or of a tape.
    Words,
    /// Arguments to a routine.
    Arguments,
}

impl List {
    fn word(self) -> &'static str {
        match self {
            List::Words => "a word",
            List::Arguments => "an argument",
        }
    }

    fn one(self) -> &'static str {
        match self {
            List::Words => "word",
            List::Arguments => "argument",
        }
    }

    fn code(self) -> Code {
        match self {
            List::Words => Code::BadData,
            List::Arguments => Code::BadArguments,
        }
    }

    fn help(self) -> &'static str {
        match self {
            List::Words => "words are separated by single commas: `1, 2, 3`",
            List::Arguments => "arguments are separated by single commas: `1, 2, 3`",
        }
    }
}

/// An entry of a list in an expression.
fn entry(expression: &Expression) -> Option<Span> {
    match expression {
        Expression::Entry(span, _) => Some(*span),
        Expression::Unary(_, operand) => entry(operand),
        Expression::Binary(_, left, right) => entry(left).or_else(|| entry(right)),
        _ => None,
    }
}
