//! A tier's capacities, and which of them keep the packed tuples sound.

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

    /// Whether the fields of every tuple keep to their room, whatever the rows hold: times between −2^18 (a removal's)
    /// and 2^19 (a late push's), heap keys below 2^59, every row's time in the range table, and no table empty.
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
        // A heap row's distance has whole limbs, so that it may be longer than a word.
        let distance = self.range_bits * self.word_limbs() as u32;
        let heap = (self.heap as u64).checked_mul(1 << distance.min(60));
        self.rows <= 1 << self.range_bits && heap.is_some_and(|heap| heap < 1 << 58)
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
