//! Fact 2: lookups of a single value. Nothing is packed, so the value may be any field element. If it is not an entry
//! of the table, then the sum does not close.

use super::context::Sum;
use super::tuples::Tuple;
use super::{Basis, Bounded, Context, Fact, Interval, Numerator};
use crate::circuit::builder::Lc;
use crate::circuit::family::Family;
use crate::circuit::field::pow2;
use crate::circuit::layout::Block;
use crate::circuit::variable::Var;

impl Context<'_> {
    /// Requires 0 ≤ value < 2^range_bits, by one lookup.
    pub fn range(&mut self, family: Family, value: impl Into<Lc>) -> Bounded {
        let bits = self.layout.capacities.range_bits;
        self.looked_up(Sum::Range, family, value.into(), bits)
    }

    /// Requires limbs to make a 32-bit word. A top limb that is narrower than the others has a table of its own.
    pub fn word<L: Clone + Into<Lc>>(&mut self, family: Family, limbs: &[L]) -> Bounded {
        let capacities = self.layout.capacities;
        if limbs.len() != capacities.word_limbs() {
            let why = format!("of {} limbs", limbs.len());
            self.ledger.refuse("a word", "limbs", why);
        }
        let last = limbs.len().saturating_sub(1);
        let mut word = Bounded::constant(0);
        for (index, limb) in limbs.iter().enumerate() {
            let limb = match index == last && capacities.top_table() > 0 {
                true => {
                    let bits = capacities.top_bits();
                    self.looked_up(Sum::Top, family, limb.clone().into(), bits)
                }
                false => self.range(family, limb.clone()),
            };
            word = word + limb.times(1 << (capacities.range_bits * index as u32));
        }
        word
    }

    fn looked_up(&mut self, sum: Sum, family: Family, value: Lc, bits: u32) -> Bounded {
        self.require_committed("a lookup", &value);
        self.add(sum, family, Tuple::single(value.clone()), Numerator::one());
        let interval = Interval::of(0, (1 << bits) - 1);
        Bounded::known(value, interval, Basis::of(Fact::Ranges))
    }

    /// The tables of these lookups. They hold their own numbers, each as often as it is looked up.
    pub fn range_tables(&mut self) {
        let layout = self.layout;
        self.numbers(Sum::Range, Family::RangeTable, &layout.range);
        self.numbers(Sum::Top, Family::TopTable, &layout.top);
    }

    fn numbers(&mut self, sum: Sum, family: Family, block: &Block) {
        for value in 0..block.rows {
            let number = Tuple::single(Lc::constant(value as u64));
            self.take(
                sum,
                family,
                number,
                Numerator::Multiplicity(block.at(value, 0)),
            );
        }
    }

    /// Where `shift` is 1, requires a factor to be 2^amount with an amount below 32. The new variable is then the
    /// amount minus the factor, and zero elsewhere. (The factor stands under β: no range bounds it here.)
    pub fn shifted(
        &mut self,
        family: Family,
        shift: &Bounded,
        amount: Var,
        factor: &Bounded,
    ) -> Bounded {
        if !shift.is_boolean() {
            let why = "which is not 0 or 1".into();
            self.ledger.refuse("a shift", "its selector", why);
        }
        let over = self.free_product(family, shift, amount - factor.lc());
        let scaled = self.times_beta(Family::PowersOfTwo, factor.lc());
        let tuple = Tuple::single(amount.into()).under_beta(scaled);
        let numerator = Numerator::Selector(shift.clone());
        self.add(Sum::Power, Family::PowersOfTwo, tuple, numerator);
        let amounts = Interval::of(0, 31);
        let amounts = Bounded::known(amount, amounts, Basis::of(Fact::Ranges)) - factor;
        let interval = amounts.interval.hull(Interval::of(0, 0));
        Bounded::known(over, interval, amounts.basis.max(shift.basis))
    }

    /// The table of (n, 2^n) for n below 32.
    pub fn powers_of_two(&mut self) {
        let block = self.layout.power;
        for n in 0..block.rows {
            let power = self.number_times_beta(pow2(n as u32));
            let tuple = Tuple::single(Lc::constant(n as u64)).under_beta(power);
            let multiplicity = Numerator::Multiplicity(block.at(n, 0));
            self.take(Sum::Power, Family::PowersOfTwo, tuple, multiplicity);
        }
    }
}
