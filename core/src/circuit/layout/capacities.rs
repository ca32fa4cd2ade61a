//! A tier's capacities, and which of them a circuit may have.

/// How much of everything a tier holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Capacities {
    /// Step rows.
    pub rows: usize,
    /// Program table entries; a program has at most one fewer instructions.
    pub program: usize,
    /// The range table holds 2^range_bits numbers; at least one a row.
    pub range_bits: u32,
    /// Distinct heap cells.
    pub heap: usize,
    /// Words that may be left on the stack at HALT.
    pub stack: usize,
    /// Return addresses that may be left at HALT.
    pub calls: usize,
    /// Distinct multiplications, divisions and shifts.
    pub arithmetic: usize,
    /// Distinct bitwise operations.
    pub bitwise: usize,
    /// Distinct comparisons.
    pub compare: usize,
}

impl Capacities {
    /// Limbs of a 32-bit word.
    pub fn word_limbs(&self) -> usize {
        (32usize).div_ceil(self.range_bits as usize)
    }

    /// Bits of a word's top limb.
    pub fn top_bits(&self) -> u32 {
        32 - self.range_bits * (self.word_limbs() as u32 - 1)
    }

    /// Whether a circuit of this size means anything: no table is empty, each has at most 2^17 rows, so that numbers of
    /// terms are far below the field's order, and every row's time is in the range table. That each packed field has its
    /// room is checked where the circuit is written.
    pub fn are_sound(&self) -> bool {
        let counts = [
            self.rows,
            self.program,
            self.heap,
            self.stack,
            self.calls,
            self.arithmetic,
            self.bitwise,
            self.compare,
        ];
        if counts.iter().any(|count| *count == 0 || *count > 1 << 17)
            || !(4..=18).contains(&self.range_bits)
        {
            return false;
        }
        self.rows <= 1 << self.range_bits
    }

    /// Entries of the table of words' top limbs: none where the range table serves.
    pub fn top_table(&self) -> usize {
        match self.top_bits() {
            bits if bits < self.range_bits => 1 << bits,
            _ => 0,
        }
    }

    /// Bits of a bitwise operation's digit: nibbles, or pairs where the nibbles' larger table costs more than the pairs'
    /// lookups, eight more a row.
    pub fn digit_bits(&self) -> u32 {
        let constraints = |bits: u32| (3 << (2 * bits)) + self.bitwise * (32 / bits as usize);
        match constraints(4) <= constraints(2) {
            true => 4,
            false => 2,
        }
    }
}
