//! Keys and proofs of the smallest tier. A key for a circuit that is no tier's would verify nothing.

#[path = "../support/programs.rs"]
mod programs;

pub use programs::{PROGRAMS, assemble};

use ark_serialize::CanonicalSerialize;
use provable::circuit::tier::TIERS;
use provable::lang::program::Program;
use provable::proof::{Proof, Proved, Prover, ProvingKey, Silent, setup, system_rng};
use provable::vm::{Inputs, Limits};
use std::sync::OnceLock;

/// A fresh key.
pub fn key() -> ProvingKey {
    setup(&TIERS[0], &mut system_rng(), &Silent).unwrap()
}

/// The offsets of the parts of a verifying key in its bytes.
pub mod at {
    pub const CAPACITIES: usize = 16;
    pub const CIRCUIT: usize = CAPACITIES + 10 * 4;
    pub const ALPHA: usize = CIRCUIT + 2 * 32;
    pub const GAMMA: usize = ALPHA + 48 + 96;
    pub const DELTA: usize = GAMMA + 96;
    pub const KAPPA: usize = DELTA + 96;
    pub const STATEMENT: usize = KAPPA + 96;
}

/// Two keys, made once.
pub fn keys() -> &'static [ProvingKey; 2] {
    static KEYS: OnceLock<[ProvingKey; 2]> = OnceLock::new();
    KEYS.get_or_init(|| [key(), key()])
}

pub fn compressed(point: &impl CanonicalSerialize) -> Vec<u8> {
    let mut bytes = vec![];
    point.serialize_compressed(&mut bytes).unwrap();
    bytes
}

/// Reads a word, adds a secret one, and writes the sum.
pub const ECHO: &str = "READ,SECRET,ADD,WRITE,HALT";

/// A fresh proof of a run with the secret word 3.
pub fn proof_of(key: &ProvingKey, program: &Program, public: &[u32]) -> Proof {
    proved(key, program, public, &[3]).proof
}

/// A fresh proof with its opening.
pub fn proved(key: &ProvingKey, program: &Program, public: &[u32], secret: &[u32]) -> Proved {
    let inputs = Inputs {
        public: public.to_vec(),
        secret: secret.to_vec(),
    };
    let limits = Limits::default();
    Prover::new(key)
        .limits(limits)
        .prove(program, &inputs)
        .unwrap()
}
