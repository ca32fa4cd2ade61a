//! Proofs from outside: they verify, false and damaged ones are refused, and keys, formats and tiers are what they should be.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

mod binding;
mod canonical_encodings;
mod circuit_cost;
mod end_to_end;
mod fixed_seed;
mod front_door;
mod keys;
mod progress;
mod statement;
mod support;
mod tier_table;
mod tiers;
mod untrusted_bytes;
mod zero_knowledge;
