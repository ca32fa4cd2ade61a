//! SHA256: the compression function of SHA-256 on words of the heap.

use super::{Machine, TrapReason};
use sha2::digest::generic_array::GenericArray;

/// Words of the state.
const STATE: usize = 8;
/// Words of a block.
const BLOCK: usize = 16;

/// The state after a block (FIPS 180-4, section 6.2.2). Words are numbers: the first byte of four is the most
/// significant one.
pub fn compress(mut state: [u32; STATE], block: [u32; BLOCK]) -> [u32; STATE] {
    let mut bytes = GenericArray::default();
    for (bytes, word) in bytes.chunks_exact_mut(size_of::<u32>()).zip(block) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    sha2::compress256(&mut state, &[bytes]);
    state
}

impl Machine<'_> {
    /// Compresses the block whose address is on top under the state whose address is below, and pops the former.
    pub(super) fn sha256(&mut self) -> Result<(), TrapReason> {
        let [.., at_state, at_block] = *self.stack.as_slice() else {
            return Err(self.underflow(2));
        };
        for (address, words) in [(at_state, STATE), (at_block, BLOCK)] {
            if address.checked_add(words as u32 - 1).is_none() {
                return Err(TrapReason::PastTheLastAddress { address, words });
            }
        }
        let (state_end, block_end) = (
            u64::from(at_state) + STATE as u64,
            u64::from(at_block) + BLOCK as u64,
        );
        if u64::from(at_state) < block_end && u64::from(at_block) < state_end {
            return Err(TrapReason::WordsOverlap {
                state: at_state,
                block: at_block,
            });
        }
        let state = self.words(at_state)?;
        let block = self.words(at_block)?;
        for (offset, word) in (0..).zip(compress(state, block)) {
            self.heap.store(at_state + offset, word);
        }
        self.stack.pop();
        Ok(())
    }

    /// The words from an address on, which do not pass the last address.
    fn words<const N: usize>(&mut self, first: u32) -> Result<[u32; N], TrapReason> {
        let mut words = [0; N];
        for (offset, word) in (0..).zip(&mut words) {
            let address = first + offset;
            *word = self
                .heap
                .load(address)
                .ok_or(TrapReason::NeverStored { address })?;
        }
        Ok(words)
    }
}
