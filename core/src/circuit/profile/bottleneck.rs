//! The capacity that decides which tier a run takes, and what keeps the run out of the next smaller one.

use crate::circuit::selection::RuledOut;
use crate::circuit::shape::Shape;
use crate::circuit::tier::{TIERS, Tier};
use crate::circuit::usage::{TableUse, Usage};
use std::cmp::Ordering;

/// What decides the tier of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bottleneck {
    /// The smallest tier that holds the run; none if no tier does.
    pub tier: Option<&'static Tier>,
    /// Of each suited shape the largest tier with a smaller domain than that, and its tables that are too small; the one
    /// that the run comes nearest to is first. If no tier holds the run, these are the largest tiers.
    pub smaller: Vec<RuledOut>,
    /// The table that decides. Of the first smaller tier it is the one that the run exceeds by the greatest factor. If
    /// there is no smaller tier, it is the fullest of the tier that holds the run.
    pub table: TableUse,
}

impl Bottleneck {
    /// What decides the tier of a run that uses this much.
    pub fn of(usage: &Usage) -> Bottleneck {
        let selection = Tier::smallest(usage).ok();
        let tier = selection.map(|selection| selection.tier);
        let suited = Shape::suited(usage.sha256 > 0);
        let is_smaller = |one: &&Tier| tier.is_none_or(|tier| one.domain_bits < tier.domain_bits);
        let mut smaller: Vec<RuledOut> = suited
            .iter()
            .filter_map(|&shape| {
                let of_shape = TIERS.iter().filter(|one| one.shape == shape);
                of_shape.rev().find(is_smaller)?.holds(usage).err()
            })
            .collect();
        smaller.sort_by(|one, other| {
            let worst = |one: &RuledOut| one.shortage.tables.iter().max_by(fuller).copied();
            worst(one)
                .zip(worst(other))
                .map_or(Ordering::Equal, |(one, other)| fuller(&&one, &&other))
        });
        let tables = match (smaller.first(), tier) {
            (Some(nearest), _) => nearest.shortage.tables.clone(),
            (None, Some(tier)) => usage.tables(&tier.capacities),
            (None, None) => Vec::new(),
        };
        Bottleneck {
            tier,
            smaller,
            table: tables.iter().max_by(fuller).copied().unwrap_or(TableUse {
                table: "rows",
                what: "rows",
                used: usage.rows,
                capacity: 0,
            }),
        }
    }
}

/// The order of tables by the part of them that is used.
fn fuller(one: &&TableUse, other: &&TableUse) -> Ordering {
    // One fraction is greater than the other exactly if it is so after both are multiplied by both denominators.
    let part = |one: &TableUse, other: &TableUse| one.used as u128 * other.capacity as u128;
    part(one, other).cmp(&part(other, one))
}
