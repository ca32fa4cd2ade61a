//! The sizes there are. A tier is a set of capacities; a run is proved at the smallest that holds it, or at a
//! larger one to hide its length. Each fills a power-of-two domain, since a domain is what a proof costs.

use super::fixed_base::windows;
use crate::circuit::witness::{Recording, Shortage};
use crate::circuit::{Capacities, Layout};
use std::time::Duration;

/// Constraints a row, tables included; all of these are measured, and for people only.
const CONSTRAINTS_A_ROW: u64 = 62;
/// Multiplications in G1 that making a key takes for each constraint.
const MULTIPLICATIONS_A_CONSTRAINT: u64 = 4;
/// Time that making a key takes for each constraint and each addition of a multiplication, on two cores.
const MICROSECONDS_AN_ADDITION: u64 = 4;
/// Size of a proving key's file for each constraint.
const BYTES_A_CONSTRAINT: u64 = 720;

/// A size of circuit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tier {
    /// Its name, on the command line and in files.
    pub name: &'static str,
    /// What it holds.
    pub capacities: Capacities,
    /// The circuit's identity in hexadecimal: a key for any other circuit is no key of this tier.
    pub circuit: &'static str,
}

/// What a tier of so many rows holds. Tables are a fraction of the rows: what a program of that length rarely exceeds.
pub const fn capacities(rows: usize, range_bits: u32) -> Capacities {
    const fn at_least(least: usize, value: usize) -> usize {
        if value < least {
            least
        } else {
            value
        }
    }
    Capacities {
        rows,
        program: at_least(64, rows / 4),
        range_bits,
        // A step in eight that touches a cell it never touched before is more than programs do.
        heap: at_least(16, rows / 8),
        stack: at_least(16, rows / 16),
        calls: at_least(8, rows / 32),
        arithmetic: at_least(8, rows / 8),
        bitwise: at_least(8, rows / 8),
        compare: at_least(8, rows / 8),
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
        "120",
        120,
        8,
        "0000000000000000000000000000000000000000000000000000000000000000",
    ),
    tier(
        "256",
        256,
        8,
        "0000000000000000000000000000000000000000000000000000000000000000",
    ),
    tier(
        "512",
        512,
        9,
        "0000000000000000000000000000000000000000000000000000000000000000",
    ),
    tier(
        "1030",
        1030,
        11,
        "0000000000000000000000000000000000000000000000000000000000000000",
    ),
    tier(
        "2100",
        2100,
        12,
        "0000000000000000000000000000000000000000000000000000000000000000",
    ),
    tier(
        "4230",
        4230,
        13,
        "0000000000000000000000000000000000000000000000000000000000000000",
    ),
    tier(
        "8480",
        8480,
        14,
        "0000000000000000000000000000000000000000000000000000000000000000",
    ),
    tier(
        "16k",
        16_900,
        16,
        "0000000000000000000000000000000000000000000000000000000000000000",
    ),
    tier(
        "35k",
        35_000,
        16,
        "0000000000000000000000000000000000000000000000000000000000000000",
    ),
    tier(
        "69k",
        69_400,
        17,
        "0000000000000000000000000000000000000000000000000000000000000000",
    ),
    tier(
        "131k",
        131_072,
        17,
        "0000000000000000000000000000000000000000000000000000000000000000",
    ),
];

impl Tier {
    /// The tier of this name.
    pub fn named(name: &str) -> Option<&'static Tier> {
        TIERS.iter().find(|tier| tier.name == name)
    }

    /// About how long the tier's key takes to make on one machine of today, and how many bytes its file has.
    pub fn setup_estimate(&self) -> (Duration, u64) {
        let constraints = CONSTRAINTS_A_ROW * self.capacities.rows as u64;
        // Larger tables of multiples pay in larger tiers: the additions of a multiplication become fewer.
        let multiplications = (MULTIPLICATIONS_A_CONSTRAINT * constraints) as usize;
        let additions = u64::from(windows(multiplications).1);
        let time = Duration::from_micros(MICROSECONDS_AN_ADDITION * additions * constraints);
        (time, BYTES_A_CONSTRAINT * constraints)
    }

    /// The smallest tier that holds a run, and the capacity that ruled out the one before it.
    ///
    /// # Errors
    /// What the largest tier lacks.
    pub fn smallest(recording: &Recording) -> Result<(&'static Tier, Option<Shortage>), Shortage> {
        let mut decided = None;
        for tier in &TIERS {
            match recording.fits(&Layout::new(tier.capacities)) {
                Ok(()) => return Ok((tier, decided)),
                Err(shortage) => decided = Some(shortage),
            }
        }
        Err(decided.unwrap_or(Shortage {
            what: "rows",
            needed: 0,
            available: 0,
        }))
    }
}
