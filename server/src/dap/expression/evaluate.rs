//! The value of an expression in a state.

use super::ast::{Expression, ExpressionError, List, Part};
use provable::lang::expression::{Binary, Unary};
use provable::vm::{Inputs, Machine, alu};

type Value = Result<u32, ExpressionError>;

/// A state, and what the program reads.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The state.
    pub machine: &'a Machine<'a>,
    /// The inputs.
    pub inputs: &'a Inputs,
}

impl Expression {
    /// The value in a state.
    ///
    /// # Errors
    /// When it has none there: an entry that is not there, a division by zero.
    pub fn value(&self, view: View<'_>) -> Value {
        match self {
            Expression::Number(word) => Ok(*word),
            Expression::Part(part) => view.part(*part),
            Expression::Entry(list, place) => view.entry(*list, place.value(view)?),
            Expression::Unary(operator, operand) => {
                let word = operand.value(view)?;
                Ok(match operator {
                    Unary::Negate => word.wrapping_neg(),
                    Unary::Invert => alu::not(word),
                    Unary::Not => u32::from(word == 0),
                })
            }
            Expression::Binary(operator, left, right) => {
                let left = left.value(view)?;
                // What need not be looked at may have no value: `depth > 0 && top == 1`.
                match (operator, left) {
                    (Binary::And, 0) => return Ok(0),
                    (Binary::Or, 1..) => return Ok(1),
                    _ => {}
                }
                binary(*operator, left, right.value(view)?)
            }
        }
    }
}

fn binary(operator: Binary, a: u32, b: u32) -> Value {
    let zero = || ExpressionError::new("division by zero");
    let far = || ExpressionError::new(format!("a shift by {b} bits; a word has 32"));
    Ok(match operator {
        Binary::And | Binary::Or => u32::from(b != 0),
        Binary::Equal => alu::eq(a, b),
        Binary::Unequal => u32::from(a != b),
        Binary::Less => alu::lt(a, b),
        Binary::LessOrEqual => u32::from(a <= b),
        Binary::Greater => alu::gt(a, b),
        Binary::GreaterOrEqual => u32::from(a >= b),
        Binary::BitOr => alu::or(a, b),
        Binary::BitXor => alu::xor(a, b),
        Binary::BitAnd => alu::and(a, b),
        Binary::ShiftLeft => alu::shl(a, b).ok_or_else(far)?,
        Binary::ShiftRight => alu::shr(a, b).ok_or_else(far)?,
        Binary::Add => alu::add(a, b).0,
        Binary::Subtract => alu::sub(a, b).0,
        Binary::Multiply => alu::mul(a, b).0,
        Binary::Divide => alu::div(a, b).ok_or_else(zero)?,
        Binary::Remainder => alu::modulo(a, b).ok_or_else(zero)?,
    })
}

impl View<'_> {
    fn part(&self, part: Part) -> Value {
        let machine = self.machine;
        Ok(match part {
            Part::Top => return self.entry(List::Stack, 0),
            Part::Depth => machine.stack().len() as u32,
            Part::Step => machine.steps() as u32,
            Part::Pc => machine.pc(),
            Part::Carry | Part::Flags => u32::from(machine.flags()),
        })
    }

    /// An entry of a list.
    fn entry(&self, list: List, place: u32) -> Value {
        let (machine, at) = (self.machine, place as usize);
        let (found, name, length) = match list {
            List::Heap => {
                return machine.heap_get(place).ok_or_else(|| {
                    ExpressionError::new(format!("nothing was ever stored at address {place}"))
                });
            }
            List::Stack => (
                machine.stack().iter().nth_back(at),
                "the stack",
                machine.stack().len(),
            ),
            List::Calls => (
                machine.calls().iter().nth_back(at),
                "the call stack",
                machine.calls().len(),
            ),
            List::Public => (
                self.inputs.public.get(at),
                "the public input",
                self.inputs.public.len(),
            ),
            List::Secret => (
                self.inputs.secret.get(at),
                "the secret input",
                self.inputs.secret.len(),
            ),
            List::Output => (
                machine.outputs().get(at),
                "the public output",
                machine.outputs().len(),
            ),
        };
        found.copied().ok_or_else(|| {
            ExpressionError::new(match length {
                0 => format!("{name} is empty"),
                _ => format!("{name} has {length} entries, so there is none at {place}"),
            })
        })
    }
}
