//! From text to expressions.

use super::ast::{Binary, Expression, Unary};
use super::error::ExpressionError;
use super::token::{Kind, Token, misplaced, next};
use crate::lang::quote::shortened;
use crate::lang::syntax::Span;

/// The longest text of an expression, in bytes. It bounds the depth of the tree.
pub const LONGEST: usize = 1024;

/// How deep brackets and signs may be nested.
const DEEPEST: usize = 64;

/// Parses a text that is one expression. Places in it count from `base`.
///
/// # Errors
/// What is wrong with the text, and where.
pub fn parse(text: &str, base: usize) -> Result<Expression, ExpressionError> {
    let (expression, end) = parse_first(text, base)?;
    let rest = next(text, base, end)?;
    match rest.kind {
        Kind::End => Ok(expression),
        _ => Err(unexpected(text, base, rest, "none")),
    }
}

/// Parses the expression that a text begins with. Returns it and the offset in the text after it.
///
/// # Errors
/// What is wrong with the text, and where.
pub fn parse_first(text: &str, base: usize) -> Result<(Expression, usize), ExpressionError> {
    let mut parser = Parser {
        text,
        base,
        at: 0,
        end: 0,
        depth: 0,
    };
    let expression = parser.binary(0)?;
    Ok((expression, parser.end))
}

struct Parser<'a> {
    text: &'a str,
    base: usize,
    /// Where the next token is looked for.
    at: usize,
    /// The end of the last token that was taken.
    end: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Result<Token, ExpressionError> {
        next(self.text, self.base, self.at)
    }

    fn take(&mut self, token: Token) -> Result<(), ExpressionError> {
        self.end = token.span.end as usize - self.base;
        self.at = self.end;
        if self.end > LONGEST {
            return Err(ExpressionError::new(
                token.span,
                format!("an expression has at most {LONGEST} bytes"),
            ));
        }
        Ok(())
    }

    /// Operands and the operators between them that bind at least this strongly.
    fn binary(&mut self, least: u8) -> Result<Expression, ExpressionError> {
        let mut left = self.unary()?;
        // What follows an expression need not be a token of one.
        while let Ok(token) = self.peek() {
            let Kind::Operator(operator) = token.kind else {
                break;
            };
            if operator.strength() < least {
                break;
            }
            self.take(token)?;
            let right = self.binary(operator.strength() + 1)?;
            left = Expression::Binary(operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Expression, ExpressionError> {
        let token = self.peek()?;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(ExpressionError::new(
                token.span,
                "the expression is nested too deeply",
            ));
        }
        let operator = match token.kind {
            Kind::Operator(Binary::Subtract) => Some(Unary::Negate),
            Kind::Tilde => Some(Unary::Invert),
            Kind::Bang => Some(Unary::Not),
            _ => None,
        };
        let expression = match operator {
            Some(operator) => {
                self.take(token)?;
                Expression::Unary(operator, Box::new(self.unary()?))
            }
            None => self.operand(token)?,
        };
        self.depth -= 1;
        Ok(expression)
    }

    fn operand(&mut self, token: Token) -> Result<Expression, ExpressionError> {
        match token.kind {
            Kind::Number(word) => {
                self.take(token)?;
                Ok(Expression::Number(word))
            }
            Kind::Bracket('(') => {
                self.take(token)?;
                let inner = self.binary(0)?;
                self.close(')')?;
                Ok(inner)
            }
            Kind::Name => {
                self.take(token)?;
                self.name(token)
            }
            _ => Err(unexpected(self.text, self.base, token, "a value")),
        }
    }

    fn name(&mut self, name: Token) -> Result<Expression, ExpressionError> {
        let Ok(after) = self.peek() else {
            return Ok(Expression::Name(name.span));
        };
        match after.kind {
            Kind::Bracket('(') if slice(self.text, self.base, name.span) == "len" => {
                self.take(after)?;
                let inner = self.peek()?;
                if inner.kind != Kind::Name {
                    let message = "`len` takes the name of data or of a variable";
                    return Err(ExpressionError::new(inner.span, message));
                }
                self.take(inner)?;
                self.close(')')?;
                Ok(Expression::Length(inner.span))
            }
            Kind::Bracket('[') => {
                self.take(after)?;
                let place = self.binary(0)?;
                self.close(']')?;
                Ok(Expression::Entry(name.span, Box::new(place)))
            }
            _ => Ok(Expression::Name(name.span)),
        }
    }

    fn close(&mut self, bracket: char) -> Result<(), ExpressionError> {
        let token = self.peek()?;
        match token.kind {
            Kind::Bracket(one) if one == bracket => self.take(token),
            _ => Err(ExpressionError::new(
                token.span,
                format!("a `{bracket}` is missing"),
            )),
        }
    }
}

fn slice(text: &str, base: usize, span: Span) -> &str {
    let place = |offset: u32| (offset as usize).checked_sub(base);
    let range = place(span.start).zip(place(span.end));
    range
        .and_then(|(start, end)| text.get(start..end))
        .unwrap_or_default()
}

fn unexpected(text: &str, base: usize, token: Token, wanted: &str) -> ExpressionError {
    let shown = slice(text, base, token.span);
    let message = match token.kind {
        Kind::End | Kind::Other => misplaced(shown),
        Kind::Operator(_) | Kind::Tilde | Kind::Bang => {
            "an operator stands where a value is expected".to_owned()
        }
        _ => format!("{} stands where {wanted} is expected", quoted(token, shown)),
    };
    ExpressionError::new(token.span, message)
}

fn quoted(token: Token, shown: &str) -> String {
    match token.kind {
        Kind::Bracket(bracket) => format!("a `{bracket}`"),
        _ => shortened(shown).into_owned(),
    }
}
