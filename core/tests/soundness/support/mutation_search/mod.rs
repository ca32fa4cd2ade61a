//! A search for accepted lies: honest witnesses are changed, everything that follows from the change is derived again as
//! a clever prover would, and whatever the constraints then accept is held against the independent checker.

pub mod forged;
pub mod found;
pub mod kinds;
pub mod local;
pub mod programs;
pub mod single;
pub mod trials;
pub mod wiring;
