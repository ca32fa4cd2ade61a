//! From text to expressions: the language's parser, and what names mean in the debugger.

use super::ast::{Expression, ExpressionError, List, Part};
use crate::dap::scope::Scope;
use provable::lang::expression::{self, Expression as Parsed};
use provable::lang::quote::shortened;
use provable::lang::suggest::nearest;
use provable::lang::syntax::Span;

/// What a name of the state stands for.
#[derive(Clone, Copy)]
pub enum Named {
    /// One word.
    Part(Part),
    /// A list.
    List(List),
}

/// The names of the state. They go before names of the program.
pub const NAMES: [(&str, Named); 14] = [
    ("top", Named::Part(Part::Top)),
    ("depth", Named::Part(Part::Depth)),
    ("step", Named::Part(Part::Step)),
    ("pc", Named::Part(Part::Pc)),
    ("carry", Named::Part(Part::Carry)),
    ("C", Named::Part(Part::Carry)),
    ("flags", Named::Part(Part::Flags)),
    ("stack", Named::List(List::Stack)),
    ("heap", Named::List(List::Heap)),
    ("calls", Named::List(List::Calls)),
    ("public", Named::List(List::Public)),
    ("secret", Named::List(List::Secret)),
    ("output", Named::List(List::Output)),
    ("outputs", Named::List(List::Output)),
];

/// Parses an expression at a place of the program, which says what other names mean.
///
/// # Errors
/// What is wrong with the text.
pub fn parse(text: &str, scope: &Scope<'_>) -> Result<Expression, ExpressionError> {
    let parsed = expression::parse(text, 0)?;
    Resolver { text, scope }.resolve(&parsed)
}

/// The list that a text names, and nothing else.
pub fn list(text: &str) -> Option<List> {
    match named(text.trim()) {
        Some(Named::List(list)) => Some(list),
        _ => None,
    }
}

fn named(name: &str) -> Option<Named> {
    let found = NAMES.iter().find(|(one, _)| *one == name);
    found.map(|(_, named)| *named)
}

struct Resolver<'a> {
    text: &'a str,
    scope: &'a Scope<'a>,
}

impl Resolver<'_> {
    /// The depth of an expression is bounded, since its length is.
    fn resolve(&self, parsed: &Parsed) -> Result<Expression, ExpressionError> {
        let boxed = |parsed: &Parsed| self.resolve(parsed).map(Box::new);
        Ok(match parsed {
            Parsed::Number(word) => Expression::Number(*word),
            Parsed::Name(span) => return self.name(*span),
            Parsed::Length(span) => {
                let length = self.scope.length(self.slice(*span));
                Expression::Number(length.map_err(|why| self.unknown(*span, why))?)
            }
            Parsed::Entry(span, place) => Expression::Entry(self.list(*span)?, boxed(place)?),
            Parsed::Unary(operator, operand) => Expression::Unary(*operator, boxed(operand)?),
            Parsed::Binary(operator, left, right) => {
                Expression::Binary(*operator, boxed(left)?, boxed(right)?)
            }
        })
    }

    fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    fn name(&self, span: Span) -> Result<Expression, ExpressionError> {
        let name = self.slice(span);
        match named(name) {
            Some(Named::Part(part)) => Ok(Expression::Part(part)),
            Some(Named::List(_)) => Err(ExpressionError::new(format!(
                "{name} is a list; {name}[0] is an entry of it"
            ))),
            None => match self.scope.value(name) {
                Ok(word) => Ok(Expression::Number(word)),
                Err(why) => Err(self.unknown(span, why)),
            },
        }
    }

    fn list(&self, span: Span) -> Result<List, ExpressionError> {
        let name = self.slice(span);
        match named(name) {
            Some(Named::List(list)) => Ok(list),
            Some(Named::Part(_)) => Err(ExpressionError::new(format!(
                "{name} is one word and no list"
            ))),
            None => match self.scope.value(name) {
                Ok(_) => Err(ExpressionError::new(format!(
                    "{} is no list; if it is an address, heap[{0} + 1] is the word after that there",
                    shortened(name)
                ))),
                Err(why) => Err(self.unknown(span, why)),
            },
        }
    }

    /// Why a name has no value; none if nothing has the name.
    fn unknown(&self, span: Span, why: Option<String>) -> ExpressionError {
        let name = self.slice(span);
        let why = why.unwrap_or_else(|| {
            let known = NAMES.iter().map(|(name, _)| (*name).to_owned());
            let known: Vec<String> = known
                .chain(self.scope.names().map(|(name, _)| name))
                .take(MOST_NAMES)
                .collect();
            // Another file of the program may know the name.
            let member = known.iter().find(|known| {
                let alias = known.strip_suffix(name);
                alias.is_some_and(|alias| alias.ends_with('.'))
            });
            let near = member.map(String::as_str);
            let help = match near.or_else(|| nearest(name, known.iter().map(String::as_str))) {
                Some(near) => format!("; did you mean {near}?"),
                None => String::new(),
            };
            format!("nothing is called {}{help}", shortened(name))
        });
        ExpressionError::new(why)
    }
}

/// Most names that are compared with one that is not found.
const MOST_NAMES: usize = 2000;
