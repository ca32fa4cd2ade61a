//! The ledger: what was packed, recorded while the circuit is written. The table of fields in `docs/proof-system.md`
//! and the tests of the order of facts are made from it.

use super::{Basis, Bounded, Fact, Interval};
use crate::circuit::tuple::Format;
use std::collections::{BTreeMap, BTreeSet};

/// A packed field of one kind of tuple, over all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// The interval that contains the field's value on every row.
    pub interval: Interval,
    /// The latest fact that a bound of the field rests on.
    pub fact: Fact,
}

/// Why a circuit was not built: a packed field is not within its width, or a bound rests on the fact that it is to
/// show.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the circuit packs {field} of {tuple}, {why}")]
pub struct Refusal {
    /// Which tuple.
    pub tuple: &'static str,
    /// Which field of it.
    pub field: &'static str,
    /// The reason.
    pub why: String,
}

/// Everything that a circuit packs.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// What each field of each tuple of each format holds. The key is format, tuple, field.
    pub uses: BTreeMap<(&'static str, &'static str, &'static str), Use>,
    /// Pairs of facts: the first rests on the second. The third part says whether the second is that of an earlier row.
    pub edges: BTreeSet<(Fact, Fact, bool)>,
    /// The first thing that was refused.
    pub(super) refusal: Option<Refusal>,
}

impl Ledger {
    /// Records a packed field. Refuses a field that is not within its width or that rests on the fact that the tuple
    /// serves.
    pub(super) fn record(
        &mut self,
        format: &Format,
        tuple: &'static str,
        index: usize,
        bounded: &Bounded,
        serves: Basis,
    ) {
        let Some(field) = format.fields.get(index) else {
            return self.refuse(tuple, "a field", "which its format does not have".into());
        };
        let Bounded {
            interval, basis, ..
        } = *bounded;
        if !interval.is_within(Interval::of(field.min, field.max)) {
            let width = format!("{} to {}", field.min, field.max);
            let why = match interval.ends() {
                Some((min, max)) => {
                    format!("which is between {min} and {max} and has the width {width}")
                }
                None => format!("which has no known bounds and has the width {width}"),
            };
            self.refuse(tuple, field.name, why);
        }
        if basis >= serves {
            let why = format!("whose bound rests on {basis:?}, to show {serves:?}");
            self.refuse(tuple, field.name, why);
        }
        self.edges
            .insert((serves.fact, basis.fact, basis.row < serves.row));
        let new = Use {
            interval,
            fact: basis.fact,
        };
        let known = self
            .uses
            .entry((format.name, tuple, field.name))
            .or_insert(new);
        known.interval = known.interval.hull(interval);
        known.fact = known.fact.max(basis.fact);
    }

    /// What was packed, or the first refusal.
    pub(super) fn finish(self) -> Result<Ledger, Refusal> {
        match self.refusal {
            Some(refusal) => Err(refusal),
            None => Ok(self),
        }
    }

    /// Records that something may not be packed.
    pub(super) fn refuse(&mut self, tuple: &'static str, field: &'static str, why: String) {
        self.refusal.get_or_insert(Refusal { tuple, field, why });
    }
}
