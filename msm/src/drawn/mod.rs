//! Operands that bytes choose: tests draw the bytes at random, the fuzzer looks for them.

mod additions;
mod elements;

pub(crate) use additions::{Representations, added};
pub(crate) use elements::{base_element, scalar_element};

/// What is left of the bytes. Zeros follow the last one.
#[derive(Clone, Copy)]
pub(crate) struct Choices<'a>(pub(crate) &'a [u8]);

impl Choices<'_> {
    pub(crate) fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    pub(crate) fn skip(&mut self, count: usize) {
        self.0 = self.0.get(count..).unwrap_or_default();
    }

    pub(crate) fn is_set(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    /// A number below `count`, which is not zero.
    pub(crate) fn below(&mut self, count: u8) -> u8 {
        self.byte() % count
    }

    pub(crate) fn word(&mut self) -> u64 {
        u64::from_le_bytes(std::array::from_fn(|_| self.byte()))
    }
}
