//! The operations, and what a row of the table says of one.

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
