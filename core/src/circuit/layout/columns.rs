//! The columns of each block, by name.

/// The statement: the challenges and what the verifier computes with them. Variable i + 1 is element i.
pub mod statement {
    use crate::circuit::builder::Var;

    /// The pole of every sum.
    pub const GAMMA: Var = Var(1);
    /// Keeps unbounded fields apart.
    pub const BETA: Var = Var(2);
    /// Where the program table is evaluated.
    pub const RHO: Var = Var(3);
    /// The program table's evaluation.
    pub const PROGRAM: Var = Var(4);
    /// What the public tapes add to the memory sum.
    pub const TAPES: Var = Var(5);
    /// Elements of the statement, without the constant.
    pub const LEN: usize = 5;
}

/// Committed columns of a step row.
pub mod step {
    use crate::circuit::encoding::COLUMNS;

    /// Position of the instruction in the program table.
    pub const PC: usize = 0;
    /// Stack depth.
    pub const DEPTH: usize = 1;
    /// Open calls.
    pub const CALLS: usize = 2;
    /// Public words read.
    pub const READ: usize = 3;
    /// Public words written.
    pub const WRITTEN: usize = 4;
    /// Top word.
    pub const TOP: usize = 5;
    /// Carry flag.
    pub const FLAG: usize = 6;
    /// The entry's operand.
    pub const OPERAND: usize = 7;
    /// Carry out of the adder, or of the coprocessor.
    pub const CARRY: usize = 8;
    /// The value the stack port spills or fills.
    pub const FILL: usize = 9;
    /// Distance in time to the cell that the stack port removes, less one.
    pub const FILL_AGE: usize = 10;
    /// The same for the general port.
    pub const AGE: usize = 11;
    /// Whether the cell that the general port removes had been stored.
    pub const SET: usize = 12;
    /// The control bits that are columns.
    pub const BIT: usize = 13;
    /// The result's limbs.
    pub const LIMB: usize = BIT + COLUMNS;

    /// Names of the columns before the bits.
    pub const NAMES: [&str; BIT] = [
        "pc", "depth", "calls", "read", "written", "top", "flag", "operand", "carry", "fill",
        "fill age", "age", "set",
    ];
}

/// Committed columns of a heap row; limbs of the address's distance follow.
pub mod heap {
    /// Address.
    pub const ADDRESS: usize = 0;
    /// Last value.
    pub const VALUE: usize = 1;
    /// Last time.
    pub const TIME: usize = 2;
    /// Whether it was ever stored.
    pub const SET: usize = 3;
    /// Limbs of the distance to the address before, less one.
    pub const LIMB: usize = 4;
}

/// Committed columns of a leftover row.
pub mod leftover {
    /// Whether the cell is there.
    pub const ACTIVE: usize = 0;
    /// Its value.
    pub const VALUE: usize = 1;
    /// Its time.
    pub const TIME: usize = 2;
    /// Columns.
    pub const WIDTH: usize = 3;
}

/// Committed columns of a program table entry.
pub mod program {
    /// Control bits, packed.
    pub const BITS: usize = 0;
    /// Operand.
    pub const OPERAND: usize = 1;
    /// How many rows fetch it.
    pub const MULTIPLICITY: usize = 2;
    /// Columns.
    pub const WIDTH: usize = 3;
}

/// Committed columns of an arithmetic row; limbs of five words follow.
pub mod arithmetic {
    /// Lookups of this row.
    pub const MULTIPLICITY: usize = 0;
    /// Booleans: MUL, DIV, MOD, SHL. None of them: SHR.
    pub const KIND: usize = 1;
    /// The multiplier or divisor: b, or two to the power b.
    pub const FACTOR: usize = 5;
    /// Words in limbs: a, b, high (or quotient), low (or remainder), slack (divisor − 1 − remainder).
    pub const LIMB: usize = 6;
    /// How many words are in limbs.
    pub const WORDS: usize = 5;
}

/// Committed columns of a bitwise row; eight nibbles of a, of b and of a AND b follow.
pub mod bitwise {
    /// Lookups of this row.
    pub const MULTIPLICITY: usize = 0;
    /// Booleans: AND, OR. Neither: XOR.
    pub const KIND: usize = 1;
    /// Nibbles.
    pub const NIBBLE: usize = 3;
    /// Columns.
    pub const WIDTH: usize = NIBBLE + 24;
}
