//! The control bits of a row. Some are columns. The others follow from the counters of the row and of the next row, so
//! that no constraint has to tie a counter to its bit.

use super::row::{POP, Row};
use crate::circuit::bounds::{Bounded, Context};
use crate::circuit::builder::Lc;
use crate::circuit::encoding::Bit;
use crate::circuit::family::Family;
use crate::circuit::layout::step::*;

/// The control bits of a row, by their numbers, each boolean.
pub(super) struct Bits(Vec<Bounded>);

impl Bits {
    /// Requires each bit to be boolean. `Hash` is zero in tiers without its table. On the last row, which has no next
    /// row, the bits that follow from counters are zero.
    pub fn write(context: &mut Context<'_>, row: Row<'_>) -> Self {
        let bits = Bit::ALL.iter().map(|bit| {
            let bit = value(row, *bit);
            match bit.0.is_empty() {
                true => Bounded::constant(0),
                false => context.boolean(Family::ControlBits, bit),
            }
        });
        Bits(bits.collect())
    }

    /// One control bit.
    pub fn of(&self, bit: Bit) -> Bounded {
        let found = self.0.get(bit as usize);
        found.cloned().unwrap_or(Bounded::constant(0))
    }

    /// The sum of some control bits. The verifier's encoding never sets two bits of one such sum.
    pub fn any(&self, bits: &[Bit]) -> Bounded {
        bits.iter()
            .fold(Bounded::constant(0), |sum, bit| sum + self.of(*bit))
    }

    /// Whether the row takes a word from the stack: it pops, and `Here` does not cancel the pop.
    pub fn pops(&self) -> Bounded {
        self.any(&POP) - self.of(Bit::Here)
    }

    /// The number that the control bits make.
    pub fn packed(&self) -> Bounded {
        Bit::ALL.iter().fold(Bounded::constant(0), |sum, bit| {
            sum + self.of(*bit).times(1 << *bit as u32)
        })
    }
}

fn value(row: Row<'_>, bit: Bit) -> Lc {
    let column = |bit: Bit| Lc::from(row.at(BIT + bit as usize));
    match bit {
        Bit::Push | Bit::Call | Bit::Read | Bit::Write if row.next().is_none() => Lc::zero(),
        Bit::Push => {
            POP.iter()
                .fold(row.growth(DEPTH), |sum, bit| sum + column(*bit))
                - column(Bit::Here)
        }
        Bit::Call => row.growth(CALLS) + column(Bit::Ret),
        Bit::Read => row.growth(READ),
        Bit::Write => row.growth(WRITTEN),
        Bit::Hash => row
            .layout
            .hash()
            .map_or(Lc::zero(), |column| row.at(column).into()),
        bit => column(bit),
    }
}
