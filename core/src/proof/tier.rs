//! The sizes there are. A tier is a set of capacities; a run is proved at the smallest that holds it, or at a
//! larger one to hide its length. Each fills a power-of-two domain, since a domain is what a proof costs.

use super::fixed_base::windows;
use crate::circuit::witness::{Recording, Shortage};
use crate::circuit::{Capacities, Layout};
use std::time::Duration;

/// Constraints a row, tables included; all of these are measured, and for people only.
const CONSTRAINTS_A_ROW: u64 = 92;
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

/// A tier of `rows` steps. Tables are a fraction of the rows: what a program of that length rarely exceeds.
const fn tier(name: &'static str, rows: usize, range_bits: u32, circuit: &'static str) -> Tier {
    const fn at_least(least: usize, value: usize) -> usize {
        if value < least {
            least
        } else {
            value
        }
    }
    Tier {
        name,
        circuit,
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
    tier(
        "80",
        80,
        8,
        "23be91e570a9d29d548e43234b4e7b4ceb3f81e45a30add3d0ffe0e253b5bfbd",
    ),
    tier(
        "168",
        168,
        8,
        "3678ed13cdd38bdbad2c0305b1650f495129c1df41e21efb35bcf15742966905",
    ),
    tier(
        "348",
        348,
        9,
        "5fff8d725e3eee239b4677677f3424c76e2396b54c2a571a3a7349345a88099a",
    ),
    tier(
        "700",
        700,
        11,
        "69a3bdd07224ed0a95dad054533740e3cc42a24a7204b50177d4bb44c213b065",
    ),
    tier(
        "1400",
        1400,
        11,
        "dc73ee9118b96ebebf196dab5fdcb6164197f113b3d5bb5d8751b59d8ba0126d",
    ),
    tier(
        "2840",
        2840,
        12,
        "48a531f8f42a534f1e5282aac0e1f89d4eb916a36fcd65842ddac8cce65b69be",
    ),
    tier(
        "5700",
        5700,
        13,
        "e3716c862c132950cf2dceb86ec24ae39f49465d636b4f4e145bb5c3df52fb4e",
    ),
    tier(
        "11k",
        11300,
        14,
        "bb85793910b1dfc2c6ff15cf159e0b6817fabe876bf9d3572b80957b47ff090b",
    ),
    tier(
        "23k",
        23000,
        16,
        "b78d8805b2d7a4123ea26d662d2bffdee0e082568f371cc39b8d9aea02e4b1d9",
    ),
    tier(
        "46k",
        46000,
        16,
        "5204f0c2cef328e98270130ba9a26782d9874d3c0e7adaf9d2cc9fa17b0fb1fb",
    ),
    tier(
        "92k",
        92000,
        17,
        "823afa05819cf081459c017c4b5def6457bee6cbce9ec52a5499d7a56de17f2d",
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
            what: "steps",
            needed: 0,
            available: 0,
        }))
    }
}
