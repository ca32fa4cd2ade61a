//! The columns of each block, by name.

/// The statement: the challenges, and what the verifier computes with them. Element i is variable i + 1.
pub mod statement {
    use crate::circuit::variable::Var;

    /// The pole of every sum.
    pub const GAMMA: Var = Var(1);
    /// Separates unbounded fields from packed ones.
    pub const BETA: Var = Var(2);
    /// The point at which the program table is evaluated.
    pub const RHO: Var = Var(3);
    /// The evaluation of the program table.
    pub const PROGRAM: Var = Var(4);
    /// What the public tapes add to the memory sum.
    pub const TAPES: Var = Var(5);
    /// Number of elements of the statement, without the constant.
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
    /// The value that the stack port spills or fills.
    pub const FILL: usize = 9;
    /// Distance in time to the cell that the stack port removes, minus one.
    pub const FILL_AGE: usize = 10;
    /// The same for the general port.
    pub const AGE: usize = 11;
    /// Whether the cell that the general port removes had been stored.
    pub const SET: usize = 12;
    /// The control bits that are columns.
    pub const BIT: usize = 13;
    /// The result's limbs. In tiers with a table of SHA-256, the control bit `Hash` follows ([`Layout::hash`]).
    ///
    /// [`Layout::hash`]: crate::circuit::Layout::hash
    pub const LIMB: usize = BIT + COLUMNS;

    /// Names of the columns before the bits.
    pub const NAMES: [&str; BIT] = [
        "pc", "depth", "calls", "read", "written", "top", "flag", "operand", "carry", "fill",
        "fill age", "age", "set",
    ];
}

/// Committed columns of a heap row. The limbs of the address's distance follow, except the lowest.
pub mod heap {
    /// Address.
    pub const ADDRESS: usize = 0;
    /// Last value.
    pub const VALUE: usize = 1;
    /// Last time.
    pub const TIME: usize = 2;
    /// Whether the cell was ever stored.
    pub const SET: usize = 3;
    /// Limbs of the distance to the address before, minus one. The lowest limb is no column: it is what the others
    /// leave.
    pub const LIMB: usize = 4;
}

/// Committed columns of the last address of the heap.
pub mod heap_end {
    /// Limbs of the last address, except the lowest, which is what the others leave.
    pub const LIMB: usize = 0;
}

/// Committed columns of a leftover row: a cell that remains on a stack at HALT.
pub mod leftover {
    /// Whether the cell is there.
    pub const ACTIVE: usize = 0;
    /// Its value.
    pub const VALUE: usize = 1;
    /// Its time.
    pub const TIME: usize = 2;
    /// Number of columns.
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
    /// Number of columns.
    pub const WIDTH: usize = 3;
}

/// Committed columns of an arithmetic row. The limbs of four words follow.
pub mod arithmetic {
    /// How often this row is looked up.
    pub const MULTIPLICITY: usize = 0;
    /// Boolean: MUL, MULHI, SHL or ROTL.
    pub const UPWARD: usize = 1;
    /// Boolean: SHL, SHR or ROTL.
    pub const SHIFT: usize = 2;
    /// Boolean: the result is the quotient (DIV, SHR) or the high word (MULHI), else the remainder or the low word.
    pub const QUOTIENT: usize = 3;
    /// The amount of a shift. It has no meaning for other operations.
    pub const AMOUNT: usize = 4;
    /// How often the sum of both words is looked up: ROTL.
    pub const ROTATED: usize = 5;
    /// Words in limbs: a; the result; the second number of the pair (high and low word, or quotient and remainder); and
    /// the factor, or the divisor minus the remainder minus one.
    pub const LIMB: usize = 6;
    /// How many words are in limbs.
    pub const WORDS: usize = 4;
}

/// Committed columns of a bitwise row. The tuple of each digit of a word follows.
pub mod bitwise {
    /// How often this row is looked up.
    pub const MULTIPLICITY: usize = 0;
    /// Digits, lowest first.
    pub const DIGIT: usize = 1;
}

/// Committed columns of a comparison row. The limbs of two words follow.
pub mod compare {
    /// How often this row is looked up.
    pub const MULTIPLICITY: usize = 0;
    /// Booleans: EQ, GT. If neither is set: LT.
    pub const KIND: usize = 1;
    /// Boolean: a < b.
    pub const CARRY: usize = 3;
    /// Words in limbs: b, and a − b modulo 2^32.
    pub const LIMB: usize = 4;
    /// How many words are in limbs.
    pub const WORDS: usize = 2;
}
