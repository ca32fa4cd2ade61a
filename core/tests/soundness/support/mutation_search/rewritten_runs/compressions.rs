//! False claims of a row of the SHA-256 table. What follows from a false word follows: the rest of the row, the heap, the output.

use super::FalseClaims;
use crate::support::false_witness::sha256::{Hash, Lie};
use crate::support::false_witness::{Claim, fr, integer};
use ark_bls12_381::Fr;
use ark_ff::{Field, One};
use provable::circuit::field::pow2;
use provable::circuit::sha256::{BLOCK_WORDS, STATE_WORDS};
use rand::Rng;

/// The number of words that are given.
const GIVEN: usize = BLOCK_WORDS + STATE_WORDS;

impl FalseClaims<'_> {
    /// Changes what a row of the table claims.
    pub(super) fn compression(&mut self, now: i64, claim: &mut Claim) {
        let Some(mut hash) = claim.hash.take() else {
            return;
        };
        match self.rng.gen_range(0..24) {
            0 => {
                let cell = self.rng.gen_range(0..hash.cells.len());
                let (value, time) = self.tuple(now, hash.cells[cell]);
                hash.cells[cell] = (value, fr(now - 1 - time));
            }
            1 => {
                let cell = self.rng.gen_range(0..hash.cells.len());
                hash.cells[cell].0 = self.other(hash.cells[cell].0);
            }
            2 => {
                // Cells that were never stored, as if they had been.
                for cell in 0..hash.cells.len() {
                    if integer(hash.cells[cell].1) == now - 1 || self.rng.gen_range(0..24) == 0 {
                        hash.cells[cell] = (fr(0), fr(now - 1));
                    }
                }
            }
            3 => hash.block = self.other(hash.block),
            4 => hash.state = self.other(hash.state),
            5 => {
                let half = pow2(1).inverse().unwrap_or_default();
                hash.active = [fr(0), fr(2), -Fr::one(), half][self.rng.gen_range(0..4)];
            }
            6 => {
                // Another time; the cells are the same.
                let later = self.rng.gen_range(-3..4);
                hash.time += fr(later);
                hash.cells.iter_mut().for_each(|cell| cell.1 += fr(later));
            }
            7 => {
                self.lie(&mut hash);
                self.lie(&mut hash);
            }
            _ => self.lie(&mut hash),
        }
        claim.hash = Some(hash);
    }

    /// A false word, given or computed.
    fn lie(&mut self, hash: &mut Hash) {
        // The given words are in the memory too, so most lies are in computed ones.
        let first = if self.rng.gen_range(0..16) == 0 {
            0
        } else {
            GIVEN
        };
        let word = self.rng.gen_range(first..Lie::WORDS);
        let (lane, bit) = (self.rng.gen_range(0..2), self.rng.gen_range(0..32));
        let any: u32 = self.rng.r#gen();
        let number = match self.rng.gen_range(0..3) {
            0 => any,
            1 => 1 << bit,
            _ => any % 16,
        };
        let lie = match self.rng.gen_range(0..12) {
            0 | 1 => Lie::Word(number),
            2 => Lie::Over(self.rng.gen_range(-3..4)),
            // The numbers of pieces are short.
            3..=6 => Lie::Piece(
                self.rng.gen_range(0..8),
                any % [4, 16, 2048][lane + bit as usize % 2],
            ),
            7 => Lie::Digit(lane, bit, self.rng.gen_range(0..7)),
            _ => Lie::Result(lane, self.rng.gen_range(0..11), number),
        };
        hash.lies.push((word, lie));
    }
}
