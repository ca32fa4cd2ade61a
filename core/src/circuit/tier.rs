//! The tiers. A tier is a set of capacities. A run is proved at the smallest tier that holds it, or at a larger one to
//! hide its length. Each tier fills a domain whose size is a power of two, because the domain determines the cost of a
//! proof.

use super::layout::Capacities;
use super::usage::{Shortage, Usage};

/// A size of circuit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tier {
    /// Its name, on the command line and in files.
    pub name: &'static str,
    /// What it holds.
    pub capacities: Capacities,
    /// The identity of its circuit in hexadecimal. A key for another circuit is not a key of this tier.
    pub circuit: &'static str,
}

/// The capacities of a tier with this many rows. Tables are a fraction of the rows that programs of that length rarely
/// exceed.
pub const fn capacities(rows: usize, range_bits: u32) -> Capacities {
    const fn at_least(least: usize, value: usize) -> usize {
        if value < least { least } else { value }
    }
    Capacities {
        rows,
        program: at_least(64, rows / 4),
        range_bits,
        // Programs touch a new cell in fewer than one step of eight.
        heap: at_least(16, rows / 8),
        stack: at_least(16, rows / 16),
        calls: at_least(8, rows / 32),
        arithmetic: at_least(8, rows / 8),
        bitwise: at_least(8, rows / 8),
        compare: at_least(8, rows / 8),
        sha256: 0,
    }
}

const fn tier(name: &'static str, rows: usize, range_bits: u32, circuit: &'static str) -> Tier {
    Tier {
        name,
        circuit,
        capacities: capacities(rows, range_bits),
    }
}

/// Every tier, smallest first.
pub const TIERS: [Tier; 11] = [
    tier(
        "118",
        118,
        8,
        "55e821cd20df2dde21f61d111a1bd376982a162726b1b4c76b6ea0ad57ad2fb9",
    ),
    tier(
        "247",
        247,
        8,
        "44839b1fd555995a86802ed40d40c458514f68ff41404cb0d1cd25c588935c82",
    ),
    tier(
        "494",
        494,
        9,
        "78e041b23683f709b3deaabc832a804e43123b4238edef1ac2e5bba3306f3bdd",
    ),
    tier(
        "990",
        990,
        11,
        "68c9161871a02e2911822ab1455f3b1d1372c3dba4aabfed9bf328bd07912511",
    ),
    tier(
        "2020",
        2020,
        12,
        "290e624e09a5f4333027ef55058eb4b5561e1179d2cf3dd847917c4399c2b8c7",
    ),
    tier(
        "4060",
        4060,
        13,
        "5969be4a3ec2c9978ea0d3607be0ccc81b9edaf1e9b1eda802cf6a50822be49d",
    ),
    tier(
        "8140",
        8140,
        14,
        "813f2d177382ce9d35d162abf02136cb2b891015196c70753e325b94dd7abf0a",
    ),
    tier(
        "16k",
        16_200,
        16,
        "36699ff3b297519a6a0954fc0d63d71f4649a8907b79588ded28605023bcd8c8",
    ),
    tier(
        "33k",
        33_600,
        16,
        "a4dd5861ce281f7f0195d0007038af65043885cc95b456cb40b4c1432f8cda76",
    ),
    tier(
        "66k",
        66_700,
        17,
        "dced3086194bd2cf7557775136c488d47075375ea2ebb35a373c3ecb20b36ecf",
    ),
    tier(
        "131k",
        131_072,
        17,
        "a285383ec08e707af50a34094ec4cc3c461449b0d13ac639cb1c4f55c4019fd4",
    ),
];

/// The tier's name for a key whose circuit this version does not have.
pub const UNKNOWN: &str = "unknown";

/// The largest tier.
pub const LARGEST: &Tier = &TIERS[TIERS.len() - 1];

/// Rows of the largest tier: the greatest number of steps that can be proved.
pub const MOST_ROWS: usize = LARGEST.capacities.rows;

impl Tier {
    /// The tier of this name.
    pub fn named(name: &str) -> Option<&'static Tier> {
        TIERS.iter().find(|tier| tier.name == name)
    }

    /// The smallest tier that holds a run, and the shortage of the next smaller tier: none for the smallest.
    ///
    /// # Errors
    /// What the largest tier lacks.
    pub fn smallest(usage: &Usage) -> Result<(&'static Tier, Option<Shortage>), Shortage> {
        let mut decided = None;
        for tier in &TIERS {
            match usage.fits(&tier.capacities) {
                Ok(()) => return Ok((tier, decided)),
                Err(shortage) => decided = Some(shortage),
            }
        }
        Err(decided.unwrap_or(Shortage { tables: Vec::new() }))
    }
}
