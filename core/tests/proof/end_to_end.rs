//! Keys, proofs, proof files and openings from end to end, at the smallest tier.

use crate::support::{PROGRAMS, assemble, key, proved};
use provable::proof::{Proof, ProvingKey, VerifyingKey, verify};
use provable::vm::Limits;

#[test]
fn proofs_of_all_instructions_verify() {
    let mut bytes = Vec::new();
    key().write(&mut bytes).unwrap();
    let key = ProvingKey::from_bytes(&bytes).unwrap();
    for (name, text, public, secret) in PROGRAMS {
        let program = assemble(text);
        let proved = proved(&key, &program, public, secret);
        let file = Proof::from_json(&proved.proof.to_json()).unwrap();
        let verifying = VerifyingKey::from_bytes(&key.verifying.to_bytes()).unwrap();
        verify(&verifying, &program, &file).unwrap_or_else(|error| panic!("{name}: {error}"));
        proved
            .opening
            .audit(&key, &program, &file, Limits::default())
            .unwrap();
        let other = assemble("PUSH 77,HALT");
        assert!(verify(&verifying, &other, &file).is_err());
    }
}
