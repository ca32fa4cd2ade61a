//! The words that a test is given, and those that it expects.

use crate::lang::link::Linked;
use crate::lang::modules::{Addresses, Evaluator, Modules, Worth};
use crate::lang::syntax::{Operand, Value};
use std::collections::HashMap;

/// The values of random words, by their names.
pub(super) type Words = HashMap<String, u32>;

/// Finds the values of the expressions of a test in the main file.
pub(super) struct Values<'a> {
    modules: &'a Modules,
    addresses: Addresses,
}

impl<'a> Values<'a> {
    pub fn new(modules: &'a Modules, linked: &Linked) -> Self {
        let addresses = linked.data.iter();
        let addresses = addresses.map(|data| ((data.file, data.line), data.address));
        Values {
            modules,
            addresses: addresses.collect(),
        }
    }

    /// The word that an operand is.
    ///
    /// # Errors
    /// Why it is none.
    pub fn word(&self, operand: Operand, random: &Words) -> Result<u32, String> {
        let mut evaluator = Evaluator::linked(self.modules, &self.addresses);
        let mut local = |name: &str| {
            let word = random.get(name)?;
            Some(Worth::Number(i128::from(*word)))
        };
        evaluator
            .word(0, operand, &mut local)
            .map_err(|worth| match worth {
                Worth::Nothing { message, .. } if !message.is_empty() => message,
                _ => "it has no value".to_owned(),
            })
    }

    /// The words of a list. A text stands for its characters.
    ///
    /// # Errors
    /// Why one has no value.
    pub fn words(&self, operands: &[Operand], random: &Words) -> Result<Vec<u32>, String> {
        let mut words = Vec::new();
        for &operand in operands {
            match (operand.value, self.modules.tree(0)) {
                (Value::Text, Some(tree)) => {
                    let parts = tree.text_of(operand.span).unwrap_or_default();
                    words.extend(parts.iter().map(|part| part.word()));
                }
                _ => words.push(self.word(operand, random)?),
            }
        }
        Ok(words)
    }
}
