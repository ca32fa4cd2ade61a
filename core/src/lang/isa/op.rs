//! The operations, and the columns of the instruction table.

/// An operation of the machine. The discriminant is the operation's index in [`SPECS`](super::SPECS) and its byte in a
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
    Rotl,
    Rotr,
    Mulhi,
    Loadx,
    Put,
    Sha256,
}

/// The kind of operand that a mnemonic takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperandKind {
    /// No operand.
    None,
    /// A 32-bit word: a number or a constant's name. Required.
    Word,
    /// An index in the program: a label, a constant or a number. Required.
    Target,
    /// A 32-bit word that stands for the second word that the operation takes. Without an operand, that word is taken
    /// from the stack.
    OptionalWord,
    /// A signed distance between addresses, as a word in two's complement; 0 if not given.
    OptionalOffset,
    /// A heap address. Without an operand, the address is taken from the stack.
    OptionalAddress,
    /// A distance below the top of the stack. The number is the default for a missing operand.
    OptionalDepth(u32),
}

/// The effect of an instruction on the carry flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carry {
    /// Keeps the flag.
    Kept,
    /// Sets the flag from the result.
    Set,
}

/// One row of the instruction table.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// The operation.
    pub op: Op,
    /// Its name in capitals, as the formatter writes it.
    pub mnemonic: &'static str,
    /// The operand that it takes.
    pub operand: OperandKind,
    /// The stack effect, with the operand present or at its default; for operations of two words: without operand.
    pub effect: Effect,
    /// The stack effect as documentation shows it: `( before -- after )`. If there are two forms, both are given.
    pub stack: &'static str,
    /// The effect on the carry flag.
    pub carry: Carry,
    /// One sentence that describes the instruction.
    pub summary: &'static str,
    /// The condition for a trap. Empty if the instruction has no trap condition of its own.
    pub traps: &'static str,
}

/// A stack effect: how many words the instruction needs, and by how much the depth changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Words that must be on the stack.
    pub needs: u64,
    /// Words pushed minus words popped.
    pub change: i64,
}
