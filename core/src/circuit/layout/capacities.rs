//! The capacities of a tier, and which capacities a circuit may have.

/// The capacities of a tier: how many rows each of its tables has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Capacities {
    /// Step rows.
    pub rows: usize,
    /// Program table entries. A program may have at most one instruction fewer.
    pub program: usize,
    /// The range table holds 2^range_bits numbers. It is at least as long as the step table.
    pub range_bits: u32,
    /// Distinct heap cells.
    pub heap: usize,
    /// Words that may remain on the stack at HALT.
    pub stack: usize,
    /// Return addresses that may remain on the call stack at HALT.
    pub calls: usize,
    /// Distinct multiplications, divisions and shifts.
    pub arithmetic: usize,
    /// Distinct bitwise operations.
    pub bitwise: usize,
    /// Distinct comparisons.
    pub compare: usize,
    /// Executions of SHA256. At 0 the circuit has no table and no control bit for it.
    pub sha256: usize,
}

/// The most executions of SHA256 in a circuit. It keeps the number of terms below 2^25.
const MOST_SHA256: usize = 1 << 10;

impl Capacities {
    /// Limbs of a 32-bit word.
    pub fn word_limbs(&self) -> usize {
        (32usize).div_ceil(self.range_bits as usize)
    }

    /// Bits of the top limb of a word.
    pub fn top_bits(&self) -> u32 {
        32 - self.range_bits * (self.word_limbs() as u32 - 1)
    }

    /// Whether a circuit of this size is sound: no table is empty; each has at most 2^17 rows, so that numbers of terms
    /// are far below the order of the field; and the time of every row is in the range table. That each packed field is
    /// within its width is checked when the circuit is written.
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
            || self.sha256 > MOST_SHA256
            || !(4..=18).contains(&self.range_bits)
        {
            return false;
        }
        self.rows <= 1 << self.range_bits
    }

    /// Entries of the table of top limbs. There are none if the range table serves.
    pub fn top_table(&self) -> usize {
        match self.top_bits() {
            bits if bits < self.range_bits => 1 << bits,
            _ => 0,
        }
    }

    /// Bits of a digit of a bitwise operation: 4 or 2, whichever costs less. With 2 bits the table is smaller, but each
    /// row takes eight more lookups.
    pub fn digit_bits(&self) -> u32 {
        let constraints = |bits: u32| (3 << (2 * bits)) + self.bitwise * (32 / bits as usize);
        match constraints(4) <= constraints(2) {
            true => 4,
            false => 2,
        }
    }
}
