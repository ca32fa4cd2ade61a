//! From tokens to expressions.

use super::ast::{Binary, Expression, ExpressionError, List, Part, Unary};
use super::token::{Token, tokens};
use provable::lang::program::Symbols;
use provable::lang::quote::shortened;
use provable::lang::suggest::nearest;

/// How deep brackets and signs may be nested.
const DEEPEST: usize = 64;

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

/// Parses an expression; labels and constants are looked up in `symbols`.
///
/// # Errors
/// What is wrong with the text.
pub fn parse(text: &str, symbols: &Symbols) -> Result<Expression, ExpressionError> {
    let tokens = tokens(text)?;
    let mut parser = Parser {
        tokens: &tokens,
        symbols,
        depth: 0,
    };
    let expression = parser.binary(0)?;
    match parser.tokens.first() {
        None => Ok(expression),
        Some(token) => Err(unexpected(Some(token))),
    }
}

/// The list that a text names, and nothing else.
pub fn list(text: &str) -> Option<List> {
    NAMES.iter().find_map(|(name, named)| match named {
        Named::List(list) if *name == text.trim() => Some(*list),
        _ => None,
    })
}

struct Parser<'a> {
    tokens: &'a [Token<'a>],
    symbols: &'a Symbols,
    depth: usize,
}

impl Parser<'_> {
    fn next(&mut self) -> Option<&Token<'_>> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }

    /// Operands and the operators between them that bind at least this strongly.
    fn binary(&mut self, least: u8) -> Result<Expression, ExpressionError> {
        let mut left = self.unary()?;
        while let Some(&Token::Operator(operator)) = self.tokens.first() {
            let strength = strength(operator);
            if strength < least {
                break;
            }
            self.next();
            let right = self.binary(strength + 1)?;
            left = Expression::Binary(operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Expression, ExpressionError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(ExpressionError::new("the expression is nested too deeply"));
        }
        let operator = match self.tokens.first() {
            Some(Token::Operator(Binary::Subtract)) => Some(Unary::Negate),
            Some(Token::Tilde) => Some(Unary::Invert),
            Some(Token::Bang) => Some(Unary::Not),
            _ => None,
        };
        let expression = match operator {
            Some(operator) => {
                self.next();
                Expression::Unary(operator, Box::new(self.unary()?))
            }
            None => self.operand()?,
        };
        self.depth -= 1;
        Ok(expression)
    }

    fn operand(&mut self) -> Result<Expression, ExpressionError> {
        match self.next() {
            Some(Token::Number(word)) => Ok(Expression::Number(*word)),
            Some(Token::Bracket('(')) => {
                let inner = self.binary(0)?;
                self.close(')')?;
                Ok(inner)
            }
            Some(Token::Name(name)) => {
                let name = (*name).to_owned();
                self.name(&name)
            }
            other => Err(unexpected(other)),
        }
    }

    fn name(&mut self, name: &str) -> Result<Expression, ExpressionError> {
        let named = NAMES.iter().find(|(one, _)| *one == name);
        match named {
            Some((_, Named::Part(part))) => return Ok(Expression::Part(*part)),
            Some((_, Named::List(list))) => {
                if self.tokens.first() != Some(&Token::Bracket('[')) {
                    return Err(ExpressionError::new(format!(
                        "{name} is a list; {name}[0] is an entry of it"
                    )));
                }
                self.next();
                let place = self.binary(0)?;
                self.close(']')?;
                return Ok(Expression::Entry(*list, Box::new(place)));
            }
            None => {}
        }
        let symbol = self.symbols.get(name).and_then(|symbol| symbol.value);
        symbol.map(Expression::Number).ok_or_else(|| {
            let known = NAMES.iter().map(|(name, _)| *name);
            let known = known.chain(self.symbols.iter().take(2000).map(|one| one.name.as_str()));
            let help = match nearest(name, known) {
                Some(near) => format!("; did you mean {near}?"),
                None => String::new(),
            };
            ExpressionError::new(format!("nothing is called {}{help}", shortened(name)))
        })
    }

    fn close(&mut self, bracket: char) -> Result<(), ExpressionError> {
        match self.next() {
            Some(Token::Bracket(one)) if *one == bracket => Ok(()),
            _ => Err(ExpressionError::new(format!("a `{bracket}` is missing"))),
        }
    }
}

fn unexpected(token: Option<&Token<'_>>) -> ExpressionError {
    ExpressionError::new(match token {
        None => "the expression ends where a value is expected".to_owned(),
        Some(Token::Number(word)) => format!("{word} stands where none is expected"),
        Some(Token::Name(name)) => format!("{} stands where none is expected", shortened(name)),
        Some(Token::Bracket(bracket)) => format!("a `{bracket}` stands where none is expected"),
        Some(_) => "an operator stands where a value is expected".to_owned(),
    })
}

/// How strongly an operator binds: as in Rust, comparisons weaker than every operator of bits.
fn strength(operator: Binary) -> u8 {
    use Binary::*;
    match operator {
        Or => 0,
        And => 1,
        Equal | Unequal | Less | LessOrEqual | Greater | GreaterOrEqual => 2,
        BitOr => 3,
        BitXor => 4,
        BitAnd => 5,
        ShiftLeft | ShiftRight => 6,
        Add | Subtract => 7,
        Multiply | Divide | Remainder => 8,
    }
}
