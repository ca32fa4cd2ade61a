//! Look-ups in the instruction table.

use super::op::{Effect, Op, OperandKind, Spec};
use super::table::SPECS;

impl Op {
    /// The operation's row of the table.
    pub fn spec(self) -> &'static Spec {
        // The table has one row for each variant, in the order of the variants (tested).
        &SPECS[self as usize % SPECS.len()]
    }

    /// The operation with this mnemonic, in either letter case.
    pub fn from_mnemonic(text: &str) -> Option<Op> {
        // Every word of a text is looked up here, so the length and the first letter are checked before any comparison.
        const LONGEST: usize = 6;
        let first = text.as_bytes().first()?.to_ascii_uppercase();
        if text.len() > LONGEST {
            return None;
        }
        SPECS
            .iter()
            .filter(|spec| spec.mnemonic.as_bytes().first() == Some(&first))
            .find(|spec| spec.mnemonic.eq_ignore_ascii_case(text))
            .map(|spec| spec.op)
    }

    /// Whether control may continue at the next instruction. (A RET that returns there does not count.)
    pub fn goes_on(self) -> bool {
        !matches!(self, Op::Jmp | Op::Ret | Op::Halt)
    }

    /// Whether the operation decides where control goes.
    pub fn is_control_flow(self) -> bool {
        self.spec().operand == OperandKind::Target || !self.goes_on()
    }

    /// The stack effect with this operand. DUP n and SWAP n need n + 1 words. LOAD and STORE need one word more if the
    /// address comes from the stack. An operation of two words takes one if it has an operand.
    pub fn effect(self, operand: Option<u32>) -> Effect {
        let base = self.spec().effect;
        match (self, operand) {
            (Op::Dup, Some(n)) => Effect {
                needs: u64::from(n) + 1,
                change: 1,
            },
            (Op::Swap, Some(n)) => Effect {
                needs: u64::from(n) + 1,
                change: 0,
            },
            (_, Some(_)) if self.spec().operand == OperandKind::OptionalWord => Effect {
                needs: 1,
                change: 0,
            },
            (Op::Load | Op::Store, None) => Effect {
                needs: base.needs + 1,
                change: base.change - 1,
            },
            _ => base,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_operations() {
        for (index, spec) in SPECS.iter().enumerate() {
            assert_eq!(spec.op as usize, index, "{}", spec.mnemonic);
            assert_eq!(
                Op::from_mnemonic(&spec.mnemonic.to_lowercase()),
                Some(spec.op)
            );
        }
        assert_eq!(SPECS.len(), Op::Sha256 as usize + 1);
    }
}
