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
        proving key fb063789a43621d1a1d2f275ae1d0ccb8e3f3910d41d594a5132c8042ebe412e
        verifying key ea3f40ad9e63b766dcb200dcd0233cec3c8629e025a40b37e5f907d091e85586
        empty 89a7a1b2eb60266b6b44ee3156d3b2c493f7d473b9e7409a373e62c51881690c
          opening 718101b5006a14912013b0b7c59a6381eb84675681b779d5c321b76c6f85f966
        seed 873664b4ae4c083ca1504c4b3f633d5acf19b9aa723bf8a7dde72aa10d34e067
          opening e1c6b7532577c6e645923b6bab1d2e1babfe202d5c9c4049fd28d541d77da23f
        stack fa31179d79a616f866731b801c28939d86912630e766455df5e226473dab0c8e
          opening d9b4b90d7394a50fee846d72b1e343446a744668a7ee948c6011abbf1f64573b
        adder 197852fbb9c12cd57a5dc15e68acb35e4b064e750e288eca5593fb1c1ca47b87
          opening ae1cb5c01aeefb8e2294029c53f2beb5b3cbaead350ba721f24bf1d5f6b3082e
        compare 30d9e8818147bff7ef9799e09cd703ef58acc6133d22f2f965a4629fafdae22d
          opening b22da4216fb874e252c1ce5a79f287d97c89bf15fbb74d1ab8e9eb28c15b1a39
        multiply 8cd001e6eaab04300000fbe5222db0e670807e511837b5b92b24d1d1101d8386
          opening e391894a0d47666db71a7a12a57a9ed068c13c75f44524cf2a6c825bdf5a4d03
        divide 8d278115fbef6b57c24f668b8eb8cdb7c686d4f3f9836d1eb3e2680603a64542
          opening d2a936a5670f09c192f87ccbf0e3a5c3ad032fb51fc3d90fbe9adc205eab35c5
        bits 6f4723530670c29a179d0fcdc48a10b2b8e3cc679fce81380fc24e0794d31618
          opening cec0faa3449422c9bf1dbf95908b9c4e0af7e73a174d712d01d0349fde9769b0
        jumps 08de83a142068e8ba84aad123c55a2fb4415fcab54b78c352deb8d509edf0cde
          opening 8aafea67c6def49b64fa741775cbb6e0af17f3a6437db0b9b4448dd33630a5d0
        carries 227827312f3034dff291ac827d1dc558d03476991cf4d9457c977c052567a333
          opening 9d007c016b44c33c87441504280fe2e07e4f8c491af0747f018e10c25bfab788
        calls 919956c605780ecdbe18cc2a7c3067905e4e3a71e7bbe1b067862dca1a77a7fc
          opening 7235d974bf661afed7041066977844974f3fa3a4c2262437edcb01f5972d3d8f
        open call b1cb39b70a40416d89bd3d8bb26592c095436c7dac45269798d7cf761196103e
          opening 42bc142deba3afbc45e824d8b310772531b0c788c0ba9cca86e285636c0c2331
        heap 5b6f7204afd61caa9168d819fc58e0c4e394c9853427a9f694d2e894a65f17b3
          opening fddfa90f373d693b51d32c88adb45945205ed391d86bf59ae5e1c594f603771f
        heap computed 35cd69b8a1ca219ac935525ec8559b8a9597b397e905f16718305ef30bce5f26
          opening 71031879f616efc06d3025b39605339fc09f264fbaba65ab16a01c263b8def4f
        apart aa972daf8556ebfa95da87d484e56f47bb306613837dd3425ba70e4297bfd80c
          opening 11f0515945a8c66b7b31f05acd681ff1a52b27b45ecfad2497d5c36a58bea638
        divide apart 9982f7628e77a82ee94e4b4c9c94d447bc16a249d8c065e9216b5eaf6cd91c19
          opening 61b0c43c92148545db1519001d2b33b604201d7e8512623eec9d15a881f3f2d6
        immediate c4a4e089957fab4293390db914e4e024e3ea3b2e89bb0c2d198cea06b304fbba
          opening 0a801c4d73a5e48d5331f6006a532deb4769b7048727a45f2812c1ee4b47c101
        rotate a691132d7e6431ed8c02ce44e22103a01bdaf310381ec227a66d2e3e9efa0e00
          opening e5fb2c2994e2dc35bbef1e97fdc111f51682b509793aa1fe42706bd6494585ea
        copies 09efc49ad8e28f9905ccfd15443c955e603abb50681e044ba495525239f01af5
          opening 3461af073b2d5382d7ef1b7f58cd29bd0460ac6e1dfb762bbb0cc0aab2e7a2c4
        rotate by shifts 68cdb7e45ff391e1f6ec5d128acf8ab0176b1fbab7b4251ae9f5f4464f497706
          opening feae4b74a20467600acb0c663cd66ca4f1c8a592929f3b11a68029cda7a49db7
        tee cb5831725642574dbac41ce66c9e4982b5fdd9157fbd42bfa84c60a4f6384558
          opening fec003a675870c8f571da4e7d617c66f06823f9e63d3f6e60d15c1e3243b9cc2
        distances 9b8f5f7f863597e5791f08ce6efba9c89d4d5f92f98e7d94321d0347397f5372
          opening 05b9859044e32480019b716e6f3f99b7bc84973b45010aa58babf9e222cd0ce2
        computed stores 47771ac71199ef3b730f71892db42bd94180a3a294aa200d3fbc972f4fd6d3ca
          opening ba6d2925d7ee72555b7dfad56fbe2bc397c01e893a27c9196cddc83ef747799d
        zero tests e8422202569c198c3560bcfa149b487142118e29b2060e6b5a15ee6161daaf02
          opening bff072c796bf6abd746b415180a3e9688155ca99aa4a0f6883087196524f7738
        tapes 819f0932f96fdafb3800fc441ccdb31237da05626b0cfa98875e7b737c3584a7
          opening 8b9c00f7ce01dc727a6605a6d45cccf5b0226356bff03466ead65947d5498ef0
    "#]]
    .assert_eq(&found);
}
