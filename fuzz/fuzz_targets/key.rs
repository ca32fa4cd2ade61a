//! Key files. The first byte says what the rest is: a verifying key, a proving key, or damage to a sound proving key,
//! four bytes each.
#![no_main]

use libfuzzer_sys::fuzz_target;
use provable::circuit::tier::TIERS;
use provable::lang::program::{Program, assemble};
use provable::proof::{Prover, ProvingKey, Silent, VerifyingKey, setup, verify};
use provable::vm::{Inputs, Limits};
use provable_fuzz::bounded;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use std::ops::Range;
use std::sync::LazyLock;

struct Sound {
    key: ProvingKey,
    bytes: Vec<u8>,
    /// Where its table of sections is.
    table: Range<usize>,
    program: Program,
}

static SOUND: LazyLock<Sound> = LazyLock::new(|| {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let key = setup(&TIERS[0], &mut rng, &Silent).expect("it is a tier");
    let mut bytes = Vec::new();
    key.write(&mut bytes).expect("a vector can be written");
    let program = assemble("READ\nSECRET\nADD\nWRITE\n").program;
    Sound {
        table: table(key.verifying.to_bytes().len()),
        key,
        bytes,
        program: program.expect("it assembles"),
    }
});

/// The table behind the verifying key: 16 bytes of a tag, then 16 a section.
fn table(verifying: usize) -> Range<usize> {
    const SECTIONS: usize = 19;
    let start = verifying + 16;
    start..start + 16 * SECTIONS
}

fuzz_target!(|data: &[u8]| {
    match data.split_first() {
        None => {}
        Some((b'v', bytes)) => verifying(bytes),
        Some((b'p', bytes)) => {
            let _ = bounded(bytes.len(), 64, 64 << 10, || ProvingKey::from_bytes(bytes));
        }
        Some((_, damage)) => damaged(damage),
    }
});

fn verifying(bytes: &[u8]) {
    let read = bounded(bytes.len(), 16, 16 << 10, || {
        VerifyingKey::from_bytes(bytes)
    });
    if let Ok(key) = read {
        assert_eq!(key.to_bytes(), bytes);
        assert!(key.check().is_ok() && key.tier().is_some());
    }
}

/// Whatever a damaged key proves is true under it.
fn damaged(damage: &[u8]) {
    let mut bytes = SOUND.bytes.clone();
    for change in damage.chunks(4) {
        match *change {
            // Where a section begins, or how long it is.
            [a, b, value, 0..=127] => {
                let table = bytes.get_mut(SOUND.table.clone());
                let at = (usize::from(a) << 8 | usize::from(b)) % SOUND.table.len();
                if let Some(byte) = table.and_then(|table| table.get_mut(at)) {
                    *byte = value;
                }
            }
            // Anywhere.
            [a, b, c, value] => {
                let at = usize::from(a) << 16 | usize::from(b) << 8 | usize::from(c);
                let at = at % bytes.len();
                bytes[at] ^= value;
            }
            // The end is missing.
            [a, b, ..] => {
                let cut = usize::from(a) << 8 | usize::from(b);
                bytes.truncate(bytes.len().saturating_sub(cut).max(1));
            }
            _ => {}
        }
    }
    let read = bounded(bytes.len(), 16, 1 << 20, || ProvingKey::from_bytes(&bytes));
    let Ok(key) = read else {
        return;
    };
    let inputs = Inputs {
        public: vec![4],
        secret: vec![3],
    };
    let limits = Limits {
        max_steps: 100,
        ..Limits::default()
    };
    let mut rng = ChaCha20Rng::seed_from_u64(2);
    if let Ok(proved) = Prover::new(&key)
        .limits(limits)
        .rng(&mut rng)
        .prove(&SOUND.program, &inputs)
    {
        assert!(verify(&key.verifying, &SOUND.program, &proved.proof).is_ok());
        let is_same = key.verifying == SOUND.key.verifying;
        assert_eq!(
            verify(&SOUND.key.verifying, &SOUND.program, &proved.proof).is_ok(),
            is_same
        );
    }
}
