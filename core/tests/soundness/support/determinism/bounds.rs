//! Integer bounds of differences, narrowed by linear equations.

use crate::support::equations::Form;
use ark_bls12_381::Fr;
use ark_ff::{Field, PrimeField, Zero};
use std::collections::BTreeMap;

/// The highest coefficient that is taken for an integer, and the highest sum: far from wrapping around p.
const SMALL: u32 = 80;

/// An integer of either sign below 2^80 in absolute value.
pub fn small(value: Fr) -> Option<i128> {
    let low = |value: Fr| match value.into_bigint().0 {
        [low, high, 0, 0] if high >> (SMALL - 64) == 0 => {
            Some(i128::from(low) + (i128::from(high) << 64))
        }
        _ => None,
    };
    low(value).or_else(|| low(-value).map(|value| -value))
}

/// Each difference lies between its bounds.
#[derive(Clone, Default)]
pub struct Bounds {
    bounds: BTreeMap<u32, (i128, i128)>,
    /// How often a bound moved.
    pub narrowed: usize,
}

impl Bounds {
    /// Both solutions have the value between these.
    pub fn value(&mut self, var: u32, lowest: i128, highest: i128) {
        self.narrow(var, (lowest - highest, highest - lowest));
    }

    fn narrow(&mut self, var: u32, (low, high): (i128, i128)) {
        let old = self.bounds.get(&var).copied();
        let new = old.map_or((low, high), |old| (old.0.max(low), old.1.min(high)));
        if old != Some(new) {
            self.bounds.insert(var, new);
            self.narrowed += 1;
        }
    }

    /// The differences that can only be zero.
    pub fn zero(&self) -> Vec<u32> {
        let zero = self.bounds.iter().filter(|(_, bounds)| **bounds == (0, 0));
        zero.map(|(var, _)| *var).collect()
    }

    /// Takes in var = form, if it has bounds everywhere and can be scaled to integers.
    pub fn equation(&mut self, var: u32, form: &Form) {
        let mut all = form.clone();
        all.insert(var, -Fr::from(1u64));
        if !all.keys().all(|var| self.bounds.contains_key(var)) {
            return;
        }
        let scales = all.values().filter_map(Field::inverse);
        let scaled = |scale: Fr| -> Option<Vec<(u32, i128)>> {
            let terms = all.iter();
            terms
                .map(|(var, value)| Some((*var, small(*value * scale)?)))
                .collect()
        };
        let Some(terms) = scales.into_iter().find_map(scaled) else {
            return;
        };
        // Each product is below 2^(80 + 40) and there are few: no sum wraps.
        if terms.iter().any(|(var, _)| self.bounds[var].1 >= 1 << 40) || terms.len() > 64 {
            return;
        }
        let reach = |(var, factor): &(u32, i128)| {
            let (low, high) = self.bounds[var];
            let ends = [low * factor, high * factor];
            (ends[0].min(ends[1]), ends[0].max(ends[1]))
        };
        let ranges: Vec<(i128, i128)> = terms.iter().map(reach).collect();
        let (low, high) = ranges
            .iter()
            .fold((0, 0), |sum, range| (sum.0 + range.0, sum.1 + range.1));
        for ((var, factor), range) in terms.iter().zip(&ranges) {
            // factor·x = −(the others).
            let (from, to) = (-(high - range.1), -(low - range.0));
            let (from, to) = if *factor > 0 {
                (from, to)
            } else {
                (-to, -from)
            };
            let size = factor.abs();
            self.narrow(*var, (-((-from).div_euclid(size)), to.div_euclid(size)));
        }
        debug_assert!(!all.values().any(Zero::is_zero));
    }
}
