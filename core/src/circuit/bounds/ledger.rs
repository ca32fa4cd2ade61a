//! What was packed, recorded while the circuit is written: the table of fields in `docs/proof-system.md` and the tests
//! of the order of facts are made of it.

use super::{Basis, Bounded, Fact, Interval};
use crate::circuit::tuple::Format;
use std::collections::{BTreeMap, BTreeSet};

/// A packed field of one kind of tuple, over all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// What it is between, on every row.
    pub interval: Interval,
    /// The latest fact that a bound of it rests on.
    pub fact: Fact,
}

/// Why a circuit was not built: a packed field without room, or a bound that rests on what it is to show.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the circuit packs {field} of {tuple}, {why}")]
pub struct Refusal {
    /// Which tuple.
    pub tuple: &'static str,
    /// Which field of it.
    pub field: &'static str,
    /// What is wrong with it.
    pub why: String,
}

/// Everything that a circuit packs.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// For each format, tuple and field what it holds.
    pub uses: BTreeMap<(&'static str, &'static str, &'static str), Use>,
    /// Which fact (first) rests on which (second), and whether the second is of an earlier row.
    pub edges: BTreeSet<(Fact, Fact, bool)>,
    /// The first thing that may not be.
    pub(super) refusal: Option<Refusal>,
}

impl Ledger {
    /// Notes a packed field, and refuses one that is wider than its room or rests on what the tuple serves.
    pub(super) fn record(
        &mut self,
        format: &Format,
        tuple: &'static str,
        index: usize,
        bounded: &Bounded,
        serves: Basis,
    ) {
        let Some(field) = format.fields.get(index) else {
            return self.refuse(tuple, "a field", "of which its format knows nothing".into());
        };
        let Bounded {
            interval, basis, ..
        } = *bounded;
        if !interval.is_within(Interval::of(field.min, field.max)) {
            let room = format!("{} to {}", field.min, field.max);
            let why = match interval.ends() {
                Some((min, max)) => {
                    format!("which is between {min} and {max} and has room for {room}")
                }
                None => format!("of which nothing is known, and which has room for {room}"),
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

    /// What was packed, if nothing was refused.
    pub(super) fn finish(self) -> Result<Ledger, Refusal> {
        match self.refusal {
            Some(refusal) => Err(refusal),
            None => Ok(self),
        }
    }

    /// Notes that something may not be packed.
    pub(super) fn refuse(&mut self, tuple: &'static str, field: &'static str, why: String) {
        self.refusal.get_or_insert(Refusal { tuple, field, why });
    }
}
