//! How long making a key takes and how large it is, before it is made.

use super::fixed_base::windows;
use crate::circuit::tier::Tier;
use std::time::Duration;

/// Constraints a row, tables included; all of these are measured, and for people only.
const CONSTRAINTS_A_ROW: u64 = 64;
/// Multiplications in G1 that making a key takes for each constraint.
const MULTIPLICATIONS_A_CONSTRAINT: u64 = 4;
/// Time that making a key takes for each constraint and each addition of a multiplication, on two cores.
const MICROSECONDS_AN_ADDITION: u64 = 2;
/// Size of a proving key's file for each constraint.
const BYTES_A_CONSTRAINT: u64 = 780;

/// About how long the tier's key takes to make on one machine of today, and how many bytes its file has.
pub fn setup_estimate(tier: &Tier) -> (Duration, u64) {
    let constraints = CONSTRAINTS_A_ROW * tier.capacities.rows as u64;
    // Larger tables of multiples pay in larger tiers: the additions of a multiplication become fewer.
    let multiplications = (MULTIPLICATIONS_A_CONSTRAINT * constraints) as usize;
    let additions = u64::from(windows(multiplications).1);
    let time = Duration::from_micros(MICROSECONDS_AN_ADDITION * additions * constraints);
    (time, BYTES_A_CONSTRAINT * constraints)
}
