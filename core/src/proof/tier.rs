//! The sizes there are. A tier is a set of capacities; a run is proved at the smallest that holds it, or at a
//! larger one to hide its length. Each fills a power-of-two domain, since a domain is what a proof costs.

use crate::circuit::witness::{Recording, Shortage};
use crate::circuit::{Capacities, Layout};
use std::time::Duration;

/// Constraints a row, tables included; all of these are measured, and for people only.
const CONSTRAINTS_A_ROW: u64 = 92;
/// Time that making a key takes for each constraint.
const MICROSECONDS_A_CONSTRAINT: u64 = 100;
/// Size of a proving key's file for each constraint.
const BYTES_A_CONSTRAINT: u64 = 720;

/// A size of circuit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tier {
    /// Its name, on the command line and in files.
    pub name: &'static str,
    /// What it holds.
    pub capacities: Capacities,
}

/// A tier of `rows` steps. Tables are a fraction of the rows: what a program of that length rarely exceeds.
const fn tier(name: &'static str, rows: usize, range_bits: u32) -> Tier {
    const fn at_least(least: usize, value: usize) -> usize {
        if value < least {
            least
        } else {
            value
        }
    }
    Tier {
        name,
        capacities: Capacities {
            rows,
            program: at_least(64, rows / 4),
            range_bits,
            heap: at_least(16, rows / 4),
            stack: at_least(16, rows / 16),
            calls: at_least(8, rows / 32),
            arithmetic: at_least(8, rows / 8),
            bitwise: at_least(8, rows / 8),
        },
    }
}

/// Every tier, smallest first.
pub const TIERS: [Tier; 11] = [
    tier("80", 80, 8),
    tier("168", 168, 8),
    tier("348", 348, 9),
    tier("700", 700, 11),
    tier("1400", 1400, 11),
    tier("2840", 2840, 12),
    tier("5700", 5700, 13),
    tier("11k", 11300, 14),
    tier("23k", 23000, 16),
    tier("46k", 46000, 16),
    tier("92k", 92000, 17),
];

impl Tier {
    /// The tier of this name.
    pub fn named(name: &str) -> Option<&'static Tier> {
        TIERS.iter().find(|tier| tier.name == name)
    }

    /// About how long the tier's key takes to make on one machine of today, and how many bytes its file has.
    pub fn setup_estimate(&self) -> (Duration, u64) {
        let constraints = CONSTRAINTS_A_ROW * self.capacities.rows as u64;
        let time = Duration::from_micros(MICROSECONDS_A_CONSTRAINT * constraints);
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
            what: "steps",
            needed: 0,
            available: 0,
        }))
    }
}
