//! Who takes an operand.

use crate::lang::isa::{Op, OperandKind};

/// What takes an operand: the word for it, and whether labels are allowed.
#[derive(Clone, Copy)]
pub(super) struct Taker {
    pub word: &'static str,
    pub is_jump: bool,
}

impl Taker {
    pub fn instruction(op: Op) -> Taker {
        Taker {
            word: op.spec().mnemonic,
            is_jump: op.spec().operand == OperandKind::Target,
        }
    }

    pub fn directive(word: &'static str) -> Taker {
        Taker {
            word,
            is_jump: false,
        }
    }
}
