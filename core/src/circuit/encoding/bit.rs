//! Control bits: what a row of the step table does.

/// The control bits of a row. Those up to [`Bit::Ret`] are columns. [`Bit::Hash`] is one where there is a table for it. The
/// others follow from the counters of this row and of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Bit {
    /// Pop two, push their sum; C = carry. With `Here`: add the operand to the top.
    Add,
    /// Pop two, push their difference; C = borrow.
    Sub,
    /// The result is the operand, or with `Here` the top plus the operand. It is a word.
    Imm,
    /// Cancels a pop: the row works on the top word itself, and the stack port takes nothing. `fill` is then the top.
    Here,
    /// Pop two, push the result of a coprocessor. With `Here`: of the top and the word in the operand.
    Cop,
    /// The same, and C is the carry of the coprocessor.
    CopCarry,
    /// Jump if the tested value is zero. The tested value is the top word where it is popped, otherwise C.
    Jz,
    /// Jump if the tested value is not zero. Together with `Jz`: jump always.
    Jnz,
    /// Pop.
    Drop,
    /// The general port replaces the heap cell whose address is the operand.
    AtConst,
    /// The same at the address operand plus `fill`.
    AtAddr,
    /// The general port replaces the stack cell at operand plus stack depth.
    AtDepth,
    /// The next top is the result r although nothing is pushed.
    Result,
    /// Continue at the address that the call stack gives. It is the result r.
    Ret,
    /// Push; the next top is the result r.
    Push,
    /// Put the return address on the call stack.
    Call,
    /// Take a word of the public input.
    Read,
    /// Put a word on the public output.
    Write,
    /// Request a compression of SHA-256. It is a column of the tiers that have a table for it, and zero in all others.
    Hash,
}

impl Bit {
    /// Every control bit, in the order of their numbers.
    pub const ALL: [Bit; BITS] = [
        Bit::Add,
        Bit::Sub,
        Bit::Imm,
        Bit::Here,
        Bit::Cop,
        Bit::CopCarry,
        Bit::Jz,
        Bit::Jnz,
        Bit::Drop,
        Bit::AtConst,
        Bit::AtAddr,
        Bit::AtDepth,
        Bit::Result,
        Bit::Ret,
        Bit::Push,
        Bit::Call,
        Bit::Read,
        Bit::Write,
        Bit::Hash,
    ];
}

/// The number of control bits that are columns in every tier.
pub const COLUMNS: usize = Bit::Ret as usize + 1;
/// The number of control bits.
pub const BITS: usize = Bit::Hash as usize + 1;
