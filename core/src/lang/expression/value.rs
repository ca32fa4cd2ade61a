//! The values of constant expressions: wide integers, so that what is in between may pass the range of a word.

use super::ast::{Binary, Expression, Unary};
use crate::lang::syntax::Span;

/// What a name in an expression has for a value.
pub enum Named<E> {
    /// This number.
    Known(i128),
    /// A number that is known only when the program is linked.
    Later,
    /// None.
    Nothing(E),
}

/// Why an expression has no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoValue<E> {
    /// The number is known only when the program is linked.
    Later,
    /// An operator has no result. The sentence says why.
    Arithmetic(String),
    /// A name has no value.
    Name(E),
    /// `name[place]`, which only the debugger has.
    Entry(Span),
}

impl Expression {
    /// The expression's number. `named` gives the value of a name, or that of `len(name)` if its second argument says
    /// so.
    ///
    /// # Errors
    /// Why there is none.
    pub fn number<E>(
        &self,
        named: &mut impl FnMut(Span, bool) -> Named<E>,
    ) -> Result<i128, NoValue<E>> {
        let found = |named| match named {
            Named::Known(number) => Ok(number),
            Named::Later => Err(NoValue::Later),
            Named::Nothing(why) => Err(NoValue::Name(why)),
        };
        match self {
            Expression::Number(word) => Ok(i128::from(*word)),
            Expression::Name(span) => found(named(*span, false)),
            Expression::Length(span) => found(named(*span, true)),
            Expression::Entry(span, _) => Err(NoValue::Entry(*span)),
            Expression::Unary(operator, operand) => {
                let number = operand.number(named)?;
                match operator {
                    Unary::Negate => number.checked_neg().ok_or_else(too_large),
                    Unary::Invert => Ok(!number),
                    Unary::Not => Ok(i128::from(number == 0)),
                }
            }
            Expression::Binary(operator, left, right) => {
                let left = left.number(named)?;
                // As when a program is debugged, what need not be looked at may have no value.
                match (operator, left) {
                    (Binary::And, 0) => return Ok(0),
                    (Binary::Or, left) if left != 0 => return Ok(1),
                    _ => {}
                }
                binary(*operator, left, right.number(named)?).map_err(|why| match why {
                    Some(why) => NoValue::Arithmetic(why),
                    None => too_large(),
                })
            }
        }
    }
}

fn too_large<E>() -> NoValue<E> {
    NoValue::Arithmetic("a number in between is too large to compute with".to_owned())
}

/// The result; none if it is out of range, and a sentence if there is none for another reason.
fn binary(operator: Binary, a: i128, b: i128) -> Result<i128, Option<String>> {
    let zero = || Some("division by zero".to_owned());
    let bits = |distance: i128| match u32::try_from(distance) {
        Ok(bits @ 0..128) => Ok(bits),
        _ => Err(Some(format!(
            "a shift by {distance} bits; it may be from 0 to 127"
        ))),
    };
    Ok(match operator {
        Binary::And | Binary::Or => i128::from(b != 0),
        Binary::Equal => i128::from(a == b),
        Binary::Unequal => i128::from(a != b),
        Binary::Less => i128::from(a < b),
        Binary::LessOrEqual => i128::from(a <= b),
        Binary::Greater => i128::from(a > b),
        Binary::GreaterOrEqual => i128::from(a >= b),
        Binary::BitOr => a | b,
        Binary::BitXor => a ^ b,
        Binary::BitAnd => a & b,
        // 2^127 is no `i128`.
        Binary::ShiftLeft => 1i128
            .checked_shl(bits(b)?)
            .filter(|power| *power > 0)
            .and_then(|power| a.checked_mul(power))
            .ok_or(None)?,
        Binary::ShiftRight => a >> bits(b)?,
        Binary::Add => a.checked_add(b).ok_or(None)?,
        Binary::Subtract => a.checked_sub(b).ok_or(None)?,
        Binary::Multiply => a.checked_mul(b).ok_or(None)?,
        Binary::Divide if b == 0 => return Err(zero()),
        Binary::Divide => a.checked_div(b).ok_or(None)?,
        Binary::Remainder if b == 0 => return Err(zero()),
        Binary::Remainder => a.checked_rem(b).ok_or(None)?,
    })
}

/// A number as a word: from -2^31, in two's complement, to 2^32 - 1.
pub fn word(number: i128) -> Option<u32> {
    match u32::try_from(number) {
        Ok(word) => Some(word),
        Err(_) => i32::try_from(number).ok().map(|signed| signed as u32),
    }
}
