//! Estimates, before a key is made, how long its generation takes and how large it is.

use super::fixed_base::windows;
use crate::circuit::tier::Tier;
use std::time::Duration;

/// Multiplications in G1 that a key generation takes for each constraint. All numbers here are measured. They are shown
/// to people and decide nothing.
const MULTIPLICATIONS_A_CONSTRAINT: u64 = 4;
/// Time for each constraint and each addition of a multiplication, on two cores.
const MICROSECONDS_AN_ADDITION: u64 = 2;
/// Size of a proving key's file for each constraint.
const BYTES_A_CONSTRAINT: u64 = 780;

/// About how long the generation of the tier's key takes on a present-day machine, and how many bytes its file has.
pub fn setup_estimate(tier: &Tier) -> (Duration, u64) {
    // The constraints fill the domain.
    let constraints = 1u64 << tier.domain_bits;
    // In larger tiers, larger tables of multiples are worth their cost, so a multiplication takes fewer additions.
    let multiplications = (MULTIPLICATIONS_A_CONSTRAINT * constraints) as usize;
    let additions = u64::from(windows(multiplications).1);
    let time = Duration::from_micros(MICROSECONDS_AN_ADDITION * additions * constraints);
    (time, BYTES_A_CONSTRAINT * constraints)
}
