//! Ceremonies: keys whose trapdoors nobody knows, as long as one contributor of each phase forgot the factors that they drew.
//!
//! Phase 1 makes powers of τ, and of τ times α and times β, for all circuits of a domain. Phase 2 makes a tier's key of
//! them: it begins with γ = δ = κ = 1, and each contribution multiplies the three with secret factors. This is the
//! multi-party computation of Bowe, Gabizon and Miers, "Scalable multi-party computation for zk-SNARK parameters in the
//! random beacon model" (2017), which Kohlweiss, Maller, Siim and Volkhov, "Snarky ceremonies" (ASIACRYPT 2021), prove
//! secure without a beacon. With them δ alone has a second phase. Here γ and κ have one too: each base of the key is over
//! exactly one of the three, so each is a second phase by itself. `docs/proof-system.md` has the argument.
//!
//! - `powers` has the values of phase 1 and how they are checked, `values` those of phase 2.
//! - `chain` has the contributions of both phases, each with proofs of knowledge and a hash.
//! - `initial` makes the first values of phase 2 of the powers and the circuit; `audit` checks the last ones.

mod audit;
#[expect(
    clippy::module_inception,
    reason = "a ceremony is what the module is about"
)]
mod ceremony;
mod ceremony_file;
mod chain;
mod columns;
mod error;
mod factors;
mod import;
mod initial;
mod knowledge;
mod multiples;
mod point_lists;
mod powers;
mod powers_file;
mod records_format;
mod tags;
mod transform;
mod values;
mod weights;

pub use ceremony::{Ceremony, PhaseOne};
pub use chain::{Chain, Phase, Record, Source, Start};
pub use error::{CeremonyError, MAX_BEACON_BITS, MAX_BEACON_BYTES, MAX_BEACONS};
pub use factors::Factors;
pub use knowledge::Knowledge;
pub use powers::Powers;
pub use values::Values;

#[cfg(test)]
mod tests;
