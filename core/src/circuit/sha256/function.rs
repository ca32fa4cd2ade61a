//! The functions of three bits, as functions of one digit in base 8.

/// A function of three bits of equal weight in their words. Its argument is a weighted sum of the bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// The parity of x + y + z: the exclusive or.
    Parity,
    /// Whether x + y + z is at least 2: the function Maj.
    Majority,
    /// Of 2x + 3y + z: y where x is 1, else z: the function Ch. Of the eight choices of the bits two have the same sum,
    /// 3, and the same result.
    Choice,
}

impl Function {
    /// The result for each digit that occurs.
    pub const fn results(self) -> &'static [u32] {
        match self {
            Function::Parity => &[0, 1, 0, 1],
            Function::Majority => &[0, 0, 1, 1],
            Function::Choice => &[0, 1, 0, 0, 1, 1, 1],
        }
    }

    /// The weights of the three bits.
    pub const fn weights(self) -> [u32; 3] {
        match self {
            Function::Parity | Function::Majority => [1, 1, 1],
            Function::Choice => [2, 3, 1],
        }
    }

    /// The number of digits that one table entry covers.
    pub const fn chunk(self) -> u32 {
        match self {
            Function::Parity | Function::Majority => 4,
            Function::Choice => 3,
        }
    }

    /// The number of chunks of a word.
    pub const fn chunks(self) -> u32 {
        u32::BITS.div_ceil(self.chunk())
    }

    /// The digits of a chunk. The last chunk of a word may have fewer.
    pub const fn digits_of_chunk(self, position: u32) -> u32 {
        let left = u32::BITS - position * self.chunk();
        if left < self.chunk() {
            left
        } else {
            self.chunk()
        }
    }

    /// The greatest sum of digits of a whole word, in base 8.
    pub fn greatest_digits(self) -> i128 {
        let greatest = self.results().len() as i128 - 1;
        (0..u32::BITS).fold(0, |sum, _| sum * 8 + greatest)
    }

    /// The result of the function for the digits of a word, and for each chunk the index of its entry.
    pub fn look_up(self, digits: u128) -> (u32, Vec<usize>) {
        let (mut result, mut indices) = (0, Vec::new());
        for position in 0..self.chunks() {
            let mut index = 0;
            for place in (0..self.digits_of_chunk(position)).rev() {
                let bit = position * self.chunk() + place;
                let digit = (digits >> (3 * bit) & 7) as usize;
                index = index * self.results().len() + digit;
                result |= self.results().get(digit).copied().unwrap_or(0) << bit;
            }
            indices.push(index);
        }
        (result, indices)
    }
}

/// The place of the digits in the packed sum of an addition, which has room for those of two functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Above the words.
    First,
    /// Above the first lane.
    Second,
}

impl Lane {
    /// Both, in the order of an addition's functions.
    pub const ALL: [Lane; 2] = [Lane::First, Lane::Second];
}
