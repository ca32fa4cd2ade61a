//! The instruction table: the one place that says what an instruction is.
//!
//! The parser, the formatter, the static analysis, the language reference and the circuit's encoding all read
//! [`SPECS`]. Adding an instruction means one row here, its execution in `vm` and its constraints in `circuit`.

mod table;

pub use table::SPECS;

/// An operation of the machine. The discriminant is the operation's index in [`SPECS`] and its byte in a
/// program digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)] // each variant is documented by its row of the table
pub enum Op {
    Push,
    Pop,
    Dup,
    Swap,
    Add,
    Sub,
    Mul,
    Div,
    Mod,
    And,
    Or,
    Xor,
    Not,
    Shl,
    Shr,
    Eq,
    Lt,
    Gt,
    Jmp,
    Jz,
    Jnz,
    Jc,
    Jnc,
    Call,
    Ret,
    Load,
    Store,
    Read,
    Secret,
    Write,
    Assert,
    Nop,
    Halt,
}

/// What may stand after a mnemonic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperandKind {
    /// No operand.
    None,
    /// A 32-bit word: a number or a constant's name. Required.
    Word,
    /// A place in the program: a label, a constant or an index. Required.
    Target,
    /// A heap address; without one, the address is taken from the stack.
    OptionalAddress,
    /// How far below the top of the stack, with the value that stands for a missing operand.
    OptionalDepth(u32),
}

/// What an instruction does to the carry flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carry {
    /// Leaves it as it is.
    Kept,
    /// Sets it from the result.
    Set,
}

/// One row of the instruction table.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// The operation.
    pub op: Op,
    /// Its name in capitals, as the formatter writes it.
    pub mnemonic: &'static str,
    /// What may stand after it.
    pub operand: OperandKind,
    /// Words popped and pushed, when the operand is present (or takes its default).
    pub effect: Effect,
    /// The effect as documentation writes it, `( before -- after )`, both forms where there are two.
    pub stack: &'static str,
    /// What happens to the carry flag.
    pub carry: Carry,
    /// One sentence on what the instruction does.
    pub summary: &'static str,
    /// When it traps, or an empty string if it never does for a reason of its own.
    pub traps: &'static str,
}

/// A stack effect: how many words must be there, and by how much the depth changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Words that must be on the stack.
    pub needs: u64,
    /// Words pushed less words popped.
    pub change: i64,
}

impl Op {
    /// The operation's row of the table.
    pub fn spec(self) -> &'static Spec {
        // The table has one row a variant, in the order of the variants (tested).
        &SPECS[self as usize % SPECS.len()]
    }

    /// The operation with this mnemonic, in any letter case.
    pub fn from_mnemonic(text: &str) -> Option<Op> {
        // Every word of a text is looked up here, so length and first letter decide before any text is compared.
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

    /// Whether control may come to the instruction written after this one, a RET to there aside.
    pub fn goes_on(self) -> bool {
        !matches!(self, Op::Jmp | Op::Ret | Op::Halt)
    }

    /// Whether it decides where control goes.
    pub fn is_control_flow(self) -> bool {
        self.spec().operand == OperandKind::Target || !self.goes_on()
    }

    /// The stack effect with a given operand: DUP n and SWAP n need n + 1 words, LOAD and STORE take one word
    /// more when the address comes from the stack.
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
        assert_eq!(SPECS.len(), Op::Halt as usize + 1);
    }
}
