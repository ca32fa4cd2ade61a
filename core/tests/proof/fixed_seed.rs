//! With a fixed seed, setup and prover are functions: the bytes of a key and of proofs are the ones recorded here.
//!
//! A change of these digests is a change of a format, of the circuit or of the order in which randomness is drawn.

use crate::support::{PROGRAMS, assemble};
use expect_test::expect;
use provable::circuit::tier::TIERS;
use provable::proof::{Prover, Silent, setup};
use provable::vm::{Inputs, Limits};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use sha2::{Digest, Sha256};
use std::fmt::Write;

#[test]
fn the_key_and_the_proofs_of_a_seed_have_these_bytes() {
    let mut rng = ChaCha20Rng::from_seed([7; 32]);
    let mut found = String::new();
    let mut note = |what: &str, bytes: &[u8]| {
        writeln!(found, "{what} {}", hex::encode(Sha256::digest(bytes))).unwrap();
    };
    let key = setup(&TIERS[0], &mut rng, &Silent).unwrap();
    let mut bytes = vec![];
    key.write(&mut bytes).unwrap();
    note("proving key", &bytes);
    note("verifying key", &key.verifying.to_bytes());
    for (name, text, public, secret) in PROGRAMS {
        let program = assemble(text);
        let inputs = Inputs {
            public: public.to_vec(),
            secret: secret.to_vec(),
        };
        let limits = Limits::default();
        let proved = Prover::new(&key)
            .limits(limits)
            .rng(&mut rng)
            .prove(&program, &inputs)
            .unwrap();
        note(name, proved.proof.to_json().as_bytes());
        note("  opening", proved.opening.to_json().as_bytes());
    }
    expect![[r#"
        proving key 2138499528bcb3842fa1166e9ae743953f74ec9a462cd199ab9df4a0b76a045c
        verifying key 4ab18addf8557d2cd459391ffeec5d46a3f0cb88bb967edd6a4635bc848a107e
        empty fea153fa6c6367478db1d2d8e4a5875c13ee18394bcc345915f189c84ca0782e
          opening 718101b5006a14912013b0b7c59a6381eb84675681b779d5c321b76c6f85f966
        seed a52435fbab64b9f8a72b7210da8435b8527c934675da22431cf3872ef22763dd
          opening e1c6b7532577c6e645923b6bab1d2e1babfe202d5c9c4049fd28d541d77da23f
        stack b175f8288709dac80041bd056d1ad54075ebdb7371dced4a6bd450168d51cd63
          opening d9b4b90d7394a50fee846d72b1e343446a744668a7ee948c6011abbf1f64573b
        adder e937c40bc1ab2bbe6b1922884d805146276fcf536efcb13aed59ef64c9ddb949
          opening ae1cb5c01aeefb8e2294029c53f2beb5b3cbaead350ba721f24bf1d5f6b3082e
        compare ac45e9140f6bfd643ad861b6a457b91a420c461de521bb1143000b05d17198c6
          opening b22da4216fb874e252c1ce5a79f287d97c89bf15fbb74d1ab8e9eb28c15b1a39
        multiply 02c57cc03ba824f4eebb994da2da1a625258af3fc661eddb7b709ff60b68c545
          opening e391894a0d47666db71a7a12a57a9ed068c13c75f44524cf2a6c825bdf5a4d03
        divide 71e107bf79c495ceb0d1fc5b73beb6b5bc7efcac324acb67ec8b85908d00cca1
          opening d2a936a5670f09c192f87ccbf0e3a5c3ad032fb51fc3d90fbe9adc205eab35c5
        bits d36f6bd41da96fff18888eb250d0653e3fbfd021bb918daf56ebfb5c956e0daf
          opening cec0faa3449422c9bf1dbf95908b9c4e0af7e73a174d712d01d0349fde9769b0
        jumps 3204c5fc1ee2cbae6e42ce81be0cc10655b98e9d267990b5dc6e7fe55791ec99
          opening 8aafea67c6def49b64fa741775cbb6e0af17f3a6437db0b9b4448dd33630a5d0
        carries 67acb1d5908cce97f9e38437e671faede82a8c2944765037ba4335fc69780a21
          opening 9d007c016b44c33c87441504280fe2e07e4f8c491af0747f018e10c25bfab788
        calls d4f4984853d1ee75176f06cb278a8a39fc0c78912ce701a85798d6ca38b1ab8e
          opening 7235d974bf661afed7041066977844974f3fa3a4c2262437edcb01f5972d3d8f
        open call a1a2edf91203c6dfe2c6212e484f379f98b44b54b3674ca23bde29b19cba4647
          opening 42bc142deba3afbc45e824d8b310772531b0c788c0ba9cca86e285636c0c2331
        heap cb0ae476f2a431ddbc158ac5ce2a336599e8425219677fd529b44e3dd9dd5e1b
          opening fddfa90f373d693b51d32c88adb45945205ed391d86bf59ae5e1c594f603771f
        heap computed 16e23a4e0b08dfa2b42dac24e966ddb1ea17f6a1addda8f73546755a6645c91d
          opening 71031879f616efc06d3025b39605339fc09f264fbaba65ab16a01c263b8def4f
        tapes 19181163e0693f4a04193ed5e806551c1bf0c1321c7bbd6101775c1e82e0cf8f
          opening 69f00d0b7c330203915e6ab5bbb59e9fed70899c64898f656c3d6abb515f252d
    "#]]
    .assert_eq(&found);
}
