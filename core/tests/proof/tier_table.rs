//! The table of tiers, computed from the constraints: the most rows that fill each domain.

use provable::circuit::shape::{Shape, capacities};
use provable::circuit::{Capacities, Circuit};
use std::collections::BTreeMap;

/// The most rows that any circuit may have.
const MOST_ROWS: usize = 1 << 17;
/// Values of `range_bits` among which the best is taken.
const RANGE_BITS: std::ops::RangeInclusive<u32> = 7..=18;

/// The best numbers for a tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Best {
    pub shape: Shape,
    pub domain_bits: u32,
    pub rows: usize,
    pub range_bits: u32,
}

impl Best {
    pub fn capacities(&self) -> Capacities {
        capacities(self.rows, self.range_bits, self.shape)
    }

    /// The name of such a tier: its rows, above 10,000 in thousands, and the suffix of its shape.
    pub fn name(&self) -> String {
        let suffix = self.shape.suffix();
        match self.rows {
            rows @ ..10_000 => format!("{rows}{suffix}"),
            rows => format!("{}k{suffix}", rows / 1000),
        }
    }

    /// Its line in `tier.rs`.
    pub fn line(&self, id: &str) -> String {
        format!(
            "    tier({:?}, {}, {:?}, {}, {}, {id:?}),\n",
            self.shape,
            self.domain_bits,
            self.name(),
            self.rows,
            self.range_bits
        )
    }
}

/// How many constraints a circuit has. They are linear in each capacity, as long as the digits of the bitwise table have as many
/// bits; and what a row takes depends on how words are cut into limbs.
pub struct TierTable {
    /// The constraints of a small circuit, by `range_bits` and by the bits of a digit.
    small: BTreeMap<(u32, u32), usize>,
    /// What one more row of each table takes, by the number of limbs and by whether top limbs have a table of their own.
    row: BTreeMap<(usize, bool), Costs>,
}

/// Constraints for one more row of each table, in the order of [`counts`]; and of the bitwise table if digits have 4 bits.
#[derive(Clone, Copy, Debug)]
struct Costs {
    tables: [usize; 9],
    wide_digits: usize,
    /// The first row of the SHA-256 table, with its tables and without what it adds to step rows.
    sha256: usize,
    /// What a step row takes in addition if there is a SHA-256 table.
    hash: usize,
}

/// Rows of the bitwise table with which digits have 4 bits.
const WIDE_DIGITS: usize = 200;

/// A circuit of two rows a table.
fn small(range_bits: u32) -> Capacities {
    Capacities {
        rows: 2,
        program: 2,
        range_bits,
        heap: 2,
        stack: 2,
        calls: 2,
        arithmetic: 2,
        bitwise: 2,
        compare: 2,
        sha256: 0,
    }
}

/// The rows of each table.
fn counts(capacities: &mut Capacities) -> [&mut usize; 9] {
    [
        &mut capacities.rows,
        &mut capacities.program,
        &mut capacities.heap,
        &mut capacities.stack,
        &mut capacities.calls,
        &mut capacities.arithmetic,
        &mut capacities.bitwise,
        &mut capacities.compare,
        &mut capacities.sha256,
    ]
}

fn constraints(capacities: Capacities) -> usize {
    let circuit = Circuit::new(capacities).unwrap();
    circuit.matrices.constraints()
}

fn limbs(capacities: &Capacities) -> (usize, bool) {
    (capacities.word_limbs(), capacities.top_table() > 0)
}

impl TierTable {
    /// Counts the constraints of circuits that differ in one row.
    pub fn counted() -> Self {
        let (mut smalls, mut row) = (BTreeMap::new(), BTreeMap::new());
        for range_bits in RANGE_BITS {
            let narrow = small(range_bits);
            let mut wide = narrow;
            wide.bitwise = WIDE_DIGITS;
            assert_eq!((narrow.digit_bits(), wide.digit_bits()), (2, 4));
            let [of_narrow, of_wide] = [narrow, wide].map(constraints);
            smalls.insert((range_bits, 2), of_narrow);
            smalls.insert((range_bits, 4), of_wide);
            row.entry(limbs(&narrow)).or_insert_with(|| {
                let one_more = |from: Capacities, table: usize, before: usize| {
                    let mut more = from;
                    *counts(&mut more)[table] += 1;
                    constraints(more) - before
                };
                let mut hashing = narrow;
                hashing.sha256 = 1;
                let of_hashing = constraints(hashing);
                let hash = one_more(hashing, 0, of_hashing) - one_more(narrow, 0, of_narrow);
                let mut tables = std::array::from_fn(|table| one_more(narrow, table, of_narrow));
                tables[8] = one_more(hashing, 8, of_hashing);
                Costs {
                    tables,
                    wide_digits: one_more(wide, 6, of_wide),
                    sha256: of_hashing - of_narrow - hash * narrow.rows,
                    hash,
                }
            });
        }
        TierTable { small: smalls, row }
    }

    /// The constraints of a circuit with these capacities.
    pub fn constraints(&self, capacities: &Capacities) -> usize {
        let digits = capacities.digit_bits();
        let mut costs = self.row[&limbs(capacities)].tables;
        let mut from = small(capacities.range_bits);
        if digits == 4 {
            costs[6] = self.row[&limbs(capacities)].wide_digits;
            from.bitwise = WIDE_DIGITS;
        }
        let mut sum = self.small[&(capacities.range_bits, digits)] as i64;
        let tables = counts(&mut from)
            .into_iter()
            .zip(counts(&mut { *capacities }))
            .map(|(from, to)| *to as i64 - *from as i64)
            .collect::<Vec<_>>();
        for (more, cost) in tables.into_iter().zip(costs) {
            sum += more * cost as i64;
        }
        if capacities.sha256 > 0 {
            let costs = &self.row[&limbs(capacities)];
            // The first row has other costs than those after it.
            sum += costs.sha256 as i64 - costs.tables[8] as i64;
            sum += (costs.hash * capacities.rows) as i64;
        }
        sum as usize
    }

    /// The most rows of a shape in a domain, over all `range_bits`; from 1,000 on with three significant digits, because the number
    /// is the tier's name.
    pub fn best(&self, shape: Shape, domain_bits: u32) -> Best {
        let fits = |rows: usize, range_bits: u32| {
            let capacities = capacities(rows, range_bits, shape);
            self.constraints(&capacities) <= 1 << domain_bits
        };
        let most = |range_bits: u32| {
            let limit = MOST_ROWS.min(1 << range_bits);
            let (mut fitting, mut too_many) = (0, limit + 1);
            while too_many - fitting > 1 {
                let rows = (fitting + too_many) / 2;
                match fits(rows, range_bits) {
                    true => fitting = rows,
                    false => too_many = rows,
                }
            }
            fitting
        };
        let rounded = |rows: usize| match rows {
            MOST_ROWS.. => MOST_ROWS,
            rows => {
                let unit = 10usize.pow(rows.max(100).ilog10() - 2);
                rows / unit * unit
            }
        };
        let each = RANGE_BITS.map(|range_bits| (rounded(most(range_bits)), range_bits));
        // Of equal ones the smallest range table.
        let best = each.max_by_key(|(rows, range_bits)| (*rows, std::cmp::Reverse(*range_bits)));
        let (rows, range_bits) = best.unwrap();
        Best {
            shape,
            domain_bits,
            rows,
            range_bits,
        }
    }
}
