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
const MICROSECONDS_AN_ADDITION: u64 = 2;
/// Size of a proving key's file for each constraint.
const BYTES_A_CONSTRAINT: u64 = 780;

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
        "e7a61fae8f4b173965fddb188a2d5f352533c0224963a160044069a23df91d7b",
    ),
    tier(
        "256",
        256,
        8,
        "04115111a6d3d33c087554c488098c5f2d396594f556787c3e4e65fb66f830c6",
    ),
    tier(
        "512",
        512,
        9,
        "59d0de963a9bdc8549c2f6f29c9841e9fb48b3ea447af99cd0b036fd9801c5b1",
    ),
    tier(
        "1030",
        1030,
        11,
        "dd54199dd1b6499bdb6fd4694d62dc0500c2c9164e466786c016c839ff8ad6a9",
    ),
    tier(
        "2100",
        2100,
        12,
        "5a65397eb79e2c9c8f49f385cad69c3bf9438a7fe999a9426a06387f8929801f",
    ),
    tier(
        "4230",
        4230,
        13,
        "d249a1b0ec8c1067175c7adba65f6686e947d79702e9685c61f29b46822b075e",
    ),
    tier(
        "8480",
        8480,
        14,
        "eefe685f493865c7c0f310cbfe8a67b1a780f064765787418b73343ccb356318",
    ),
    tier(
        "16k",
        16_900,
        16,
        "7bc320f650bf706bc8c33114f7cd91f83d8f246632b95ccae434c478d6e5d6ca",
    ),
    tier(
        "35k",
        35_000,
        16,
        "83c464d88f0da750be10d6959d2560628bf59ec3d993c90ddaa72764ca988b97",
    ),
    tier(
        "69k",
        69_400,
        17,
        "ef90378588cb75dbd8db3dcbe88c90ec8f06327f4316a76a77b447cdb0076ef3",
    ),
    tier(
        "131k",
        131_072,
        17,
        "85cdaea1e70de0d05ad1101c9f36f87649ce673c08a0404057b2558953e86734",
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
