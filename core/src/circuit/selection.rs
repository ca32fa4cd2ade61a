//! The choice of a tier for a run, and why smaller tiers do not hold it.

use super::shape::Shape;
use super::tier::{TIERS, Tier};
use super::usage::{Shortage, Usage};
use std::fmt;

/// A tier that does not hold a run, and the tables that are too small for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuledOut {
    /// The tier.
    pub tier: &'static Tier,
    /// Every table that is too small.
    pub shortage: Shortage,
}

impl fmt::Display for RuledOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tier {} holds ", self.tier.name)?;
        for (place, table) in self.shortage.tables.iter().enumerate() {
            let between = if place == 0 { "" } else { ", " };
            let (capacity, used, what) = (table.capacity, table.used, table.what);
            write!(f, "{between}{capacity} of {used} {what}")?;
        }
        Ok(())
    }
}

/// A run does not fit in these tiers, at least one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct TooLarge {
    /// The tiers, and what each lacks.
    pub ruled_out: Vec<RuledOut>,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the run is too large: {}", in_words(&self.ruled_out))
    }
}

/// What each of these tiers lacks.
pub(super) fn in_words(ruled_out: &[RuledOut]) -> String {
    let each: Vec<String> = ruled_out.iter().map(RuledOut::to_string).collect();
    each.join("; ")
}

/// The tier of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The smallest tier that holds the run.
    pub tier: &'static Tier,
    /// Of each shape the last tier before it, which does not hold the run. None for the smallest tier.
    pub ruled_out: Vec<RuledOut>,
}

impl Tier {
    /// The first of [`TIERS`] of a suited shape that holds a run: the smallest domain, because the domain is what a proof costs. Of two
    /// tiers with that domain it is the plain one, so that programs of all kinds share few keys.
    ///
    /// # Errors
    /// What the largest tier of each shape lacks.
    pub fn smallest(usage: &Usage) -> Result<Selection, TooLarge> {
        let mut ruled_out: Vec<RuledOut> = Vec::new();
        let suited = Shape::suited(usage.sha256 > 0);
        for tier in TIERS.iter().filter(|tier| suited.contains(&tier.shape)) {
            match tier.holds(usage) {
                Ok(()) => return Ok(Selection { tier, ruled_out }),
                Err(one) => {
                    ruled_out.retain(|other| other.tier.shape != tier.shape);
                    ruled_out.push(one);
                }
            }
        }
        Err(TooLarge { ruled_out })
    }

    /// The smallest tier of a shape that holds a run. `None` if none does.
    pub fn smallest_of(shape: Shape, usage: &Usage) -> Option<&'static Tier> {
        let mut tiers = TIERS.iter().filter(|tier| tier.shape == shape);
        tiers.find(|tier| tier.holds(usage).is_ok())
    }

    /// Whether a run that uses this much fits.
    ///
    /// # Errors
    /// What the tier lacks.
    pub fn holds(&'static self, usage: &Usage) -> Result<(), RuledOut> {
        let fits = usage.fits(&self.capacities);
        fits.map_err(|shortage| RuledOut {
            tier: self,
            shortage,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::circuit::layout::Capacities;

    /// A run that fills every table of these capacities.
    fn full(capacities: &Capacities) -> Usage {
        Usage {
            rows: capacities.rows,
            program: capacities.program,
            heap: capacities.heap,
            stack: capacities.stack,
            calls: capacities.calls,
            arithmetic: capacities.arithmetic,
            bitwise: capacities.bitwise,
            compare: capacities.compare,
            sha256: capacities.sha256,
        }
    }

    /// What a run of almost nothing uses.
    const LEAST: Usage = Usage {
        rows: 1,
        program: 1,
        heap: 0,
        stack: 0,
        calls: 0,
        arithmetic: 0,
        bitwise: 0,
        compare: 0,
        sha256: 0,
    };

    /// A table's place in a usage.
    type Field = fn(&mut Usage) -> &mut usize;

    /// Every table of a usage, in the order of [`Usage::tables`].
    const FIELDS: [Field; 9] = [
        |usage| &mut usage.rows,
        |usage| &mut usage.program,
        |usage| &mut usage.heap,
        |usage| &mut usage.stack,
        |usage| &mut usage.calls,
        |usage| &mut usage.arithmetic,
        |usage| &mut usage.bitwise,
        |usage| &mut usage.compare,
        |usage| &mut usage.sha256,
    ];

    #[test]
    fn a_run_that_fills_a_table_exactly_fits_and_one_row_more_does_not() {
        for tier in &TIERS {
            let most = full(&tier.capacities);
            assert_eq!(tier.holds(&most), Ok(()), "{}", tier.name);
            for (place, field) in FIELDS.into_iter().enumerate() {
                let mut usage = LEAST;
                *field(&mut usage) = *field(&mut { most });
                assert_eq!(tier.holds(&usage), Ok(()), "{} {place}", tier.name);
                *field(&mut usage) += 1;
                let lacks = tier.holds(&usage).unwrap_err();
                let short = usage.tables(&tier.capacities)[place];
                assert_eq!(lacks.shortage.tables, [short], "{}", tier.name);
            }
        }
    }

    #[test]
    fn the_selected_tier_has_the_smallest_domain_of_all_that_hold_the_run() {
        let mut both = 0;
        // Runs that fill any tables of any tier, exactly and with one row too many.
        for (tier, subset) in TIERS
            .iter()
            .flat_map(|tier| (0..512).map(move |s| (tier, s)))
        {
            for more in [0, 1] {
                let (mut usage, most) = (LEAST, full(&tier.capacities));
                for (place, field) in FIELDS.into_iter().enumerate() {
                    if subset >> place & 1 == 1 {
                        *field(&mut usage) = *field(&mut { most }) + more;
                    }
                }
                let suited = Shape::suited(usage.sha256 > 0);
                let holding = TIERS.iter().filter(|tier| suited.contains(&tier.shape));
                let holding = holding.filter(|tier| tier.holds(&usage).is_ok());
                let holding: Vec<_> = holding.collect();
                let least = holding.iter().map(|tier| tier.domain_bits).min();
                let found = Tier::smallest(&usage);
                let tier = found.as_ref().ok().map(|selection| selection.tier);
                assert_eq!(tier.map(|tier| tier.domain_bits), least, "{usage:?}");
                let is_tie = holding
                    .iter()
                    .filter(|one| Some(one.domain_bits) == least)
                    .count()
                    > 1;
                both += usize::from(is_tie);
                assert!(!is_tie || tier.is_some_and(|tier| tier.shape == Shape::Plain));
                let ruled_out = found.map_or_else(|none| none.ruled_out, |found| found.ruled_out);
                for one in &ruled_out {
                    assert_eq!(usage.fits(&one.tier.capacities), Err(one.shortage.clone()));
                    assert!(tier.is_none_or(|tier| one.tier.domain_bits <= tier.domain_bits));
                }
                // One of each shape: the last before the tier that was selected.
                let before = TIERS.iter().take_while(|one| Some(*one) != tier);
                let mut last: Vec<&Tier> = suited
                    .iter()
                    .filter_map(|&shape| before.clone().filter(|one| one.shape == shape).last())
                    .collect();
                last.sort_by_key(|one| TIERS.iter().position(|tier| tier == *one));
                let told: Vec<&Tier> = ruled_out.iter().map(|one| one.tier).collect();
                assert_eq!(told, last, "{usage:?}");
                for &shape in suited {
                    let first = holding.iter().find(|one| one.shape == shape);
                    assert_eq!(Tier::smallest_of(shape, &usage), first.copied());
                }
            }
        }
        assert!(both > 0, "no run fits in both shapes of one domain");
    }
}
