//! The queue of the fixed points: a set of indices from which the lowest is taken first.

/// Bits of a word, and so the number of words below one word of the next level.
const WIDTH: usize = u64::BITS as usize;

/// A set of numbers below a bound, as a tree of bit sets. A bit of a level says whether the word below it has any bit
/// set. Adding a number and taking the lowest one touch one word of each level; for 2^24 indices there are four levels.
pub(super) struct Queue {
    /// The levels, lowest first. The last level is one word.
    levels: Vec<Vec<u64>>,
}

impl Queue {
    /// An empty set of numbers below `bound`.
    pub fn new(bound: usize) -> Self {
        let mut levels = Vec::new();
        let mut size = bound;
        loop {
            size = size.div_ceil(WIDTH);
            levels.push(vec![0; size]);
            if size <= 1 {
                return Queue { levels };
            }
        }
    }

    /// Adds a number. A number already in the set stays there once. A number that is not below the bound is ignored.
    pub fn push(&mut self, number: u32) {
        let mut at = number as usize;
        for level in &mut self.levels {
            let Some(word) = level.get_mut(at / WIDTH) else {
                return;
            };
            let was_empty = *word == 0;
            *word |= 1 << (at % WIDTH);
            if !was_empty {
                return;
            }
            at /= WIDTH;
        }
    }

    /// Removes and returns the lowest number.
    pub fn pop(&mut self) -> Option<u32> {
        let mut at = 0;
        for level in self.levels.iter().rev() {
            let word = level.get(at).filter(|word| **word != 0)?;
            at = at * WIDTH + word.trailing_zeros() as usize;
        }
        let lowest = at;
        for level in &mut self.levels {
            let word = level.get_mut(at / WIDTH)?;
            *word &= !(1 << (at % WIDTH));
            if *word != 0 {
                break;
            }
            at /= WIDTH;
        }
        u32::try_from(lowest).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn it_is_an_ordered_set(
            bound in prop_oneof![0usize..3, 60usize..70, 4_000usize..4_200, Just(300_000)],
            moves in prop::collection::vec(prop::option::of(0u32..300_010), 0..200),
        ) {
            let mut queue = Queue::new(bound);
            let mut model = BTreeSet::new();
            for one in moves {
                match one {
                    Some(number) => {
                        // Half of the numbers are close together, so that some are already in the set.
                        let number = if number % 2 == 0 { number % 130 } else { number };
                        queue.push(number);
                        // The bound is rounded up to a multiple of the word size.
                        if (number as usize) < bound.div_ceil(WIDTH) * WIDTH {
                            model.insert(number);
                        }
                    }
                    None => prop_assert_eq!(queue.pop(), model.pop_first()),
                }
            }
            while let Some(lowest) = model.pop_first() {
                prop_assert_eq!(queue.pop(), Some(lowest));
            }
            prop_assert_eq!(queue.pop(), None);
        }
    }
}
