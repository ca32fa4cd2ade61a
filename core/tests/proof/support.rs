//! Keys and proofs of the smallest tier: nothing is verified with a key for any other circuit than a tier's.
#![allow(dead_code)]

use provable::lang::program::Program;
use provable::proof::tier::TIERS;
use provable::proof::{Proved, ProvingKey, Silent, prove, setup};
use provable::vm::{Inputs, Limits};
use rand::rngs::OsRng;

/// A fresh key.
pub fn key() -> ProvingKey {
    setup(&TIERS[0], &mut OsRng, &Silent).unwrap()
}

/// Where things begin in a verifying key's bytes.
pub mod at {
    pub const CAPACITIES: usize = 16;
    pub const CIRCUIT: usize = CAPACITIES + 9 * 4;
    pub const ALPHA: usize = CIRCUIT + 2 * 32;
    pub const GAMMA: usize = ALPHA + 48 + 96;
    pub const DELTA: usize = GAMMA + 96;
    pub const KAPPA: usize = DELTA + 96;
    pub const STATEMENT: usize = KAPPA + 96;
}

/// A fresh proof.
pub fn proved(key: &ProvingKey, program: &Program, public: &[u32], secret: &[u32]) -> Proved {
    let inputs = Inputs {
        public: public.to_vec(),
        secret: secret.to_vec(),
    };
    let limits = Limits::default();
    prove(key, program, &inputs, limits, &mut OsRng, &Silent).unwrap()
}
