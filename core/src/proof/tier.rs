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
        "bbb77af675c4df592060d2d21e38eb77d7fee1cdd066d7d69652c300ac138f06",
    ),
    tier(
        "256",
        256,
        8,
        "80ab1ca66d08963849e2d832d125de4db2ef11474594fc9fc3b6a65cbde50777",
    ),
    tier(
        "512",
        512,
        9,
        "a8659055f26e0859755c5599e49c1c48a41fa27a5fa4547f41c95fc814ea05d8",
    ),
    tier(
        "1030",
        1030,
        11,
        "ae415e4eab7dfd7d8f7d5d9b31d1cb0f772288880cf1f7776963ec498e210aac",
    ),
    tier(
        "2100",
        2100,
        12,
        "c99f2d13967406234e7648364a7ff797da15666877689c7e0dc1d86da46c1885",
    ),
    tier(
        "4230",
        4230,
        13,
        "045b33d0e93d6bc3ed5f357136218f7e7bdd4e9ecb759746c92e89985f977418",
    ),
    tier(
        "8480",
        8480,
        14,
        "25a16e214ff4738cf0e7de085d6d4daf814867d8b445c1330071189fceca4cb7",
    ),
    tier(
        "16k",
        16_900,
        16,
        "689a2161edc9e2ffdff99233fffd719aa33fd01b42d14793913b411f7c1572d7",
    ),
    tier(
        "35k",
        35_000,
        16,
        "205d5863d746df4cdc052490a3a70e3efc8718b9794849cb0a4ba962e694b8ac",
    ),
    tier(
        "69k",
        69_400,
        17,
        "e1eb6d5f561c931cc389992fb7d65f7f30772c5e6db1ebd4e322fba52a7c26d3",
    ),
    tier(
        "131k",
        131_072,
        17,
        "60697791bd54c9fad04c7af83e17bd18cc45b1194654f8bc008e9ab9ab07d074",
    ),
];

/// Rows of the largest tier: the most steps that can be proved.
pub const MOST_ROWS: usize = TIERS[TIERS.len() - 1].capacities.rows;

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
