//! A proof end to end at the smallest tier.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use provable::proof::{Proof, ProvingKey, VerifyingKey, verify};
use provable::vm::Limits;
use support::proving::{key, proved};

#[test]
fn proves_and_verifies_every_program() {
    let mut bytes = Vec::new();
    key().write(&mut bytes).unwrap();
    let key = ProvingKey::from_bytes(&bytes).unwrap();
    for (name, text, public, secret) in support::PROGRAMS {
        let program = support::assemble(text);
        let proved = proved(&key, &program, public, secret);
        let file = Proof::from_json(&proved.file.to_json()).unwrap();
        let verifying = VerifyingKey::from_bytes(&key.verifying.to_bytes()).unwrap();
        verify(&verifying, &program, &file).unwrap_or_else(|error| panic!("{name}: {error}"));
        proved
            .opening
            .audit(&key, &program, &file, Limits::default())
            .unwrap();
        let other = support::assemble("PUSH 77,HALT");
        assert!(verify(&verifying, &other, &file).is_err());
    }
}
