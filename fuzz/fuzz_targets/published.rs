//! Published powers. The first byte is how many are wanted, as a power of two; the second is `f` if the rest is a file, else
//! the rest damages an honest file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use provable::proof::Silent;
use provable::proof::ceremony::{Factors, PhaseOne};
use provable_fuzz::damage::{self, Honest, file_in};
use provable_fuzz::{bounded, is_told};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use std::io::Cursor;
use std::sync::LazyLock;

const BITS: u32 = 2;
/// Bytes of the hash that some files begin with.
const HASH: usize = 64;

static FIRST: LazyLock<PhaseOne> = LazyLock::new(|| {
    let rng = &mut ChaCha20Rng::seed_from_u64(1);
    let factors = Factors::draw(rng, b"typed");
    let first = PhaseOne::new(BITS).contribute(&factors, rng, &Silent);
    first.expect("the powers before are sound")
});

/// Without and with a hash.
static HONEST: LazyLock<[Honest; 2]> = LazyLock::new(|| {
    let bytes = published(&FIRST);
    let lengths = damage::powers(1 << BITS);
    let (with_hash, more) = (
        [&[7; HASH], &*bytes].concat(),
        [&[HASH], &*lengths].concat(),
    );
    [
        Honest::new(&bytes, &lengths),
        Honest::new(&with_hash, &more),
    ]
});

fn published(first: &PhaseOne) -> Vec<u8> {
    let mut bytes = vec![];
    let done = first.write_powers(&mut bytes);
    done.expect("a vector can be written");
    bytes
}

fuzz_target!(|data: &[u8]| {
    let Some((bits, rest)) = data.split_first() else {
        return;
    };
    let Some(bytes) = file_in(rest, &HONEST[..]) else {
        return;
    };
    let bits = u32::from(*bits);
    let read = bounded(bytes.len(), 16, 4 << 20, || {
        PhaseOne::import(&mut Cursor::new(&bytes), bits, &Silent)
    });
    let first = match read {
        Ok(first) => first,
        Err(error) => {
            let is_smaller = (1..=BITS).contains(&bits);
            assert!(!is_smaller || bytes != published(&FIRST), "{error}");
            return is_told(&error.to_string());
        }
    };
    assert_eq!(first.powers().size(), 1 << bits);
    assert!(first.is_imported() && first.chain().records().is_empty());
    // If all were wanted, they are all that is in the file but for the hash.
    let again = published(&first);
    assert!(bytes.len() > again.len() || bytes == again);
    if bytes.len() <= again.len() + HASH {
        assert_eq!(bytes[bytes.len() - again.len()..], again);
    }
    let mut file = vec![];
    first.write(&mut file).expect("a vector can be written");
    let read = PhaseOne::read(&mut &file[..], &Silent).expect("it reads what it wrote");
    assert_eq!(read, first);
    let checked = first.check(&mut ChaCha20Rng::seed_from_u64(2));
    let is_honest = FIRST
        .for_domain(bits)
        .is_some_and(|honest| honest.powers() == first.powers());
    match checked {
        // Powers of others are trusted as those are who made them.
        Ok(()) => {}
        Err(error) => {
            assert!(!is_honest, "{error}");
            is_told(&error.to_string());
        }
    }
});
