//! Files of phase 1 of a ceremony. The first byte is `f` if the rest is a file; else it says which honest file the rest
//! damages.
#![no_main]

use libfuzzer_sys::fuzz_target;
use provable::proof::Silent;
use provable::proof::ceremony::{Factors, PhaseOne};
use provable_fuzz::damage::{self, Honest, POINTS, file_in, first_phase, with_quick_beacons};
use provable_fuzz::{bounded, is_told};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use std::io::Cursor;
use std::sync::LazyLock;

const BITS: u32 = 1;

/// Powers after each contribution: begun here, and begun by others.
static CHAINS: LazyLock<[Vec<PhaseOne>; 2]> = LazyLock::new(|| {
    let own = contributed(PhaseOne::new(BITS));
    let mut published = vec![];
    let last = own.last().expect("there are some");
    last.write_powers(&mut published)
        .expect("a vector can be written");
    let import = PhaseOne::import(&mut Cursor::new(published), BITS, &Silent);
    [own, contributed(import.expect("they are published powers"))]
});

static HONEST: LazyLock<Vec<Honest>> = LazyLock::new(|| {
    let all = CHAINS.iter().flatten();
    all.map(|first| {
        let mut lengths = vec![16, 1, 1];
        if first.is_imported() {
            lengths.extend([POINTS[0]; 3]);
        }
        lengths.extend(damage::chain(first.chain(), POINTS[0]));
        lengths.extend(damage::powers(1 << BITS));
        Honest::new(&written(first), &lengths)
    })
    .collect()
});

fn contributed(first: PhaseOne) -> Vec<PhaseOne> {
    let rng = &mut ChaCha20Rng::seed_from_u64(1);
    let mut all = vec![first];
    for beacon in [None, Some(b"public")] {
        let before = all.last().expect("there is one");
        let next = match beacon {
            Some(value) => before.contribute_beacon(value, 2, rng, &Silent),
            None => before.contribute(&Factors::draw(rng, b"typed"), rng, &Silent),
        };
        all.push(next.expect("the one before is sound"));
    }
    all
}

fn written(first: &PhaseOne) -> Vec<u8> {
    let mut bytes = vec![];
    first.write(&mut bytes).expect("a vector can be written");
    bytes
}

fuzz_target!(|data: &[u8]| {
    let Some(mut bytes) = file_in(data, &HONEST[..]) else {
        return;
    };
    let start = first_phase(&bytes);
    with_quick_beacons(&mut bytes, start, POINTS[0]);
    let read = bounded(bytes.len(), 16, 4 << 20, || {
        PhaseOne::read(&mut &bytes[..], &Silent)
    });
    let first = match read {
        Ok(first) => first,
        Err(error) => {
            let mut honest = CHAINS.iter().flatten();
            assert!(honest.all(|one| written(one) != bytes), "{error}");
            return is_told(&error.to_string());
        }
    };
    assert_eq!(written(&first), bytes);
    let checked = first.check(&mut ChaCha20Rng::seed_from_u64(2));
    // Nobody contributes by changing bytes: without contributions published powers may be any, and all others are
    // those of an honest contribution.
    let contributions = first.chain().hashes();
    let is_any = first.is_imported() && contributions.is_empty();
    let honest = CHAINS.iter().filter_map(|all| all.get(contributions.len()));
    let honest = honest
        .filter(|honest| honest.chain() == first.chain())
        .filter_map(|honest| honest.for_domain(first.powers().size().trailing_zeros()))
        .collect::<Vec<_>>();
    let is_larger = first.powers().size() > 1 << BITS;
    match checked {
        // Powers of τ = 1 may have any size.
        Ok(()) if is_larger => assert!(contributions.is_empty()),
        Ok(()) => assert!(is_any || honest.contains(&first)),
        Err(error) => {
            assert!(!honest.contains(&first), "{error}");
            is_told(&error.to_string());
        }
    }
});
