//! What else a breakpoint can carry: how many times to let pass, and a text to print.

use super::ast::{Expression, ExpressionError};
use super::evaluate::View;
use super::parse::parse;
use crate::dap::scope::Scope;

/// Which hits of a breakpoint count, numbered from 1 at the beginning of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HitCondition {
    relation: Relation,
    number: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Multiple,
}

/// Signs, those of two characters first.
const SIGNS: [(&str, Relation); 8] = [
    ("==", Relation::Equal),
    ("<=", Relation::LessOrEqual),
    (">=", Relation::GreaterOrEqual),
    ("=", Relation::Equal),
    ("<", Relation::Less),
    (">", Relation::Greater),
    ("%", Relation::Multiple),
    ("", Relation::Equal),
];

impl HitCondition {
    /// Reads `3`, `== 3`, `>= 3` and the like, or `% 3` for every third.
    ///
    /// # Errors
    /// Any other text.
    pub fn parse(text: &str) -> Result<HitCondition, ExpressionError> {
        let text = text.trim();
        let read = SIGNS.iter().find_map(|(sign, relation)| {
            Some((
                *relation,
                text.strip_prefix(sign)?.trim().parse::<u64>().ok()?,
            ))
        });
        match read {
            Some((Relation::Equal | Relation::LessOrEqual | Relation::Multiple, 0))
            | Some((Relation::Less, 0 | 1)) => Err(ExpressionError::new(
                "no hit has this number: the first is 1, and a hit count looks like 3, >= 3 or % 3 (every third)",
            )),
            None => Err(ExpressionError::new(
                "a hit count looks like 3, >= 3 or % 3 (every third)",
            )),
            Some((relation, number)) => Ok(HitCondition { relation, number }),
        }
    }

    /// Whether the hit with this number counts.
    pub fn holds(self, hit: u64) -> bool {
        match self.relation {
            Relation::Equal => hit == self.number,
            Relation::Less => hit < self.number,
            Relation::LessOrEqual => hit <= self.number,
            Relation::Greater => hit > self.number,
            Relation::GreaterOrEqual => hit >= self.number,
            Relation::Multiple => hit.checked_rem(self.number) == Some(0),
        }
    }
}

/// A text with expressions in braces; `{{` and `}}` are braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Value(Expression),
}

impl Template {
    /// Reads a text.
    ///
    /// # Errors
    /// A brace that is not closed, or no expression in one.
    pub fn parse(text: &str, scope: &Scope<'_>) -> Result<Template, ExpressionError> {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let doubled = rest.strip_prefix("{{").or(rest.strip_prefix("}}"));
            if let Some(after) = doubled {
                plain.push(first);
                rest = after;
            } else if let Some(after) = rest.strip_prefix('{') {
                let (inner, after) = after
                    .split_once('}')
                    .ok_or_else(|| ExpressionError::new("a `{` has no `}`"))?;
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
                pieces.push(Piece::Value(parse(inner, scope)?));
                rest = after;
            } else {
                plain.push(first);
                rest = rest.strip_prefix(first).unwrap_or_default();
            }
        }
        pieces.push(Piece::Text(plain));
        Ok(Template { pieces })
    }

    /// The text in a state. Where an expression has no value, it says why.
    pub fn fill(&self, view: View<'_>) -> String {
        let filled = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Value(expression) => match expression.value(view) {
                Ok(word) => word.to_string(),
                Err(error) => format!("<{error}>"),
            },
        });
        filled.collect()
    }
}
