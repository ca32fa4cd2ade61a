//! A search for counterexamples by mutation. Honest witnesses are changed, and everything that follows from the change is derived
//! again, as a malicious prover would. What the constraints then accept goes to the independent checker: if the checker refuses
//! it, it is a counterexample.

pub mod incremental;
pub mod mutations;
pub mod programs;
pub mod report;
pub mod rewritten_runs;
pub mod sha256_programs;
pub mod single_constraints;
pub mod sole_refusals;
pub mod trapping;
pub mod trials;
pub mod violations;
pub mod wiring;
