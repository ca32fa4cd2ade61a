//! Keys and proofs of the tiny tier.

use provable_core::program::Program;
use provable_core::proof::{prove, setup, Proved, ProvingKey, Silent};
use provable_core::vm::{Inputs, Limits};
use rand::rngs::OsRng;

/// A fresh key.
pub fn key() -> ProvingKey {
    setup(super::tiny().layout.capacities, &mut OsRng, &Silent).unwrap()
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
