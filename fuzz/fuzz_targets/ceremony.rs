//! Files of ceremonies, of a circuit with three constraints. The first byte is `f` if the rest is a file; else it says which
//! honest file the rest damages.
#![no_main]

use libfuzzer_sys::fuzz_target;
use provable::circuit::{Capacities, Circuit};
use provable::proof::Silent;
use provable::proof::ceremony::{Ceremony, Factors, PhaseOne};
use provable_fuzz::damage::{self, Honest, POINTS, file_in, first_phase, with_quick_beacons};
use provable_fuzz::{bounded, is_told};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use std::sync::LazyLock;

/// Of the domain of three constraints.
const BITS: u32 = 2;
/// Variables: the constant, the statement, two committed ones and two more.
const VARIABLES: usize = 10;

/// A circuit that is no program's: the smallest of those has a file of a megabyte.
static CIRCUIT: LazyLock<Circuit> = LazyLock::new(|| {
    let mut circuit = Circuit::new(Capacities {
        rows: 4,
        program: 4,
        range_bits: 4,
        heap: 1,
        stack: 2,
        calls: 1,
        arithmetic: 1,
        bitwise: 1,
        compare: 1,
        sha256: 0,
    })
    .expect("its capacities are sound");
    circuit.families.clear();
    circuit.derivations.clear();
    circuit.variables = VARIABLES;
    circuit.layout.blind = circuit.layout.step;
    circuit.layout.blind.rows = 1;
    circuit.layout.blind.width = 2;
    assert_eq!(circuit.layout.committed_end(), 8);
    // Each variable is in some constraint, with the coefficient one.
    let rows: [&[&[u32]]; 3] = [
        &[&[0, 1, 6], &[2, 8], &[4, 9, 7]],
        &[&[0, 3], &[6, 7], &[5, 8]],
        &[&[9], &[1, 7, 8], &[2, 3]],
    ];
    for (matrix, rows) in circuit.matrices.abc.iter_mut().zip(rows) {
        let ends = rows.iter().scan(0, |end, row| {
            *end += row.len() as u32;
            Some(*end)
        });
        matrix.ends = ends.collect::<Vec<u32>>().into();
        matrix.columns = rows.concat().into();
        matrix.coefficients = vec![0; rows.concat().len()].into();
    }
    circuit.matrices.coefficients.truncate(1);
    circuit
});

/// The ceremony after each contribution.
static CHAIN: LazyLock<Vec<Ceremony>> = LazyLock::new(|| {
    let rng = &mut ChaCha20Rng::seed_from_u64(1);
    let factors = Factors::draw(rng, b"typed");
    let first = PhaseOne::new(BITS).contribute(&factors, rng, &Silent);
    let first = first.expect("the powers before are sound");
    let begun = Ceremony::new(CIRCUIT.clone(), first, rng, &Silent);
    let mut all = vec![begun.expect("the powers are sound")];
    for beacon in [None, Some(b"public")] {
        let before = all.last().expect("there is one");
        let next = match beacon {
            Some(value) => before.contribute_beacon(value, 2, rng, &Silent),
            None => before.contribute(&Factors::draw(rng, b"typed"), rng, &Silent),
        };
        all.push(next.expect("the one before is sound"));
    }
    all
});

static HONEST: LazyLock<Vec<Honest>> = LazyLock::new(|| {
    let [g1, g2] = POINTS.map(|point| 2 * point);
    let (start, end) = (
        CIRCUIT.layout.committed_start(),
        CIRCUIT.layout.committed_end(),
    );
    let all = CHAIN.iter();
    all.map(|ceremony| {
        let mut lengths = vec![16, 1, 1];
        lengths.extend(damage::chain(ceremony.first().chain(), POINTS[0]));
        lengths.extend(damage::powers(1 << BITS));
        lengths.push(32);
        lengths.extend(damage::chain(ceremony.chain(), POINTS[1]));
        for (point, count) in [
            (g1, 2 * VARIABLES),
            (g2, VARIABLES),
            (g1, start + (end - start) + VARIABLES + (1 << BITS) + 1),
        ] {
            lengths.extend(vec![point; count]);
        }
        Honest::new(&written(ceremony), &lengths)
    })
    .collect()
});

fn written(ceremony: &Ceremony) -> Vec<u8> {
    let mut bytes = vec![];
    ceremony.write(&mut bytes).expect("a vector can be written");
    bytes
}

fuzz_target!(|data: &[u8]| {
    let Some(mut bytes) = file_in(data, &HONEST[..]) else {
        return;
    };
    quick(&mut bytes);
    let read = bounded(bytes.len(), 16, 4 << 20, || {
        Ceremony::read_for(&mut &bytes[..], &Silent, |id, _| {
            (CIRCUIT.id() == *id).then(|| CIRCUIT.clone())
        })
    });
    let ceremony = match read {
        Ok(ceremony) => ceremony,
        Err(error) => {
            let mut honest = CHAIN.iter();
            assert!(honest.all(|one| written(one) != bytes), "{error}");
            return is_told(&error.to_string());
        }
    };
    assert_eq!(written(&ceremony), bytes);
    // Nobody contributes by changing bytes.
    let contributions = ceremony.chain().records().len();
    let honest = CHAIN.get(contributions).expect("there are no more");
    if contributions > 0 {
        assert_eq!(ceremony.chain(), honest.chain());
        assert_eq!(ceremony.first(), honest.first());
    }
    match ceremony.check(&mut ChaCha20Rng::seed_from_u64(2)) {
        // With none, phase 1 may be another: a beginning of this one, or one that passes for published powers.
        Ok(()) => assert!(contributions == 0 || bytes == written(honest)),
        Err(error) => {
            assert!(bytes != written(honest), "{error}");
            is_told(&error.to_string());
        }
    }
});

/// Lowers how often the beacons of both phases are hashed.
fn quick(bytes: &mut [u8]) -> Option<()> {
    let start = first_phase(bytes);
    let end = with_quick_beacons(bytes, start, POINTS[0])?;
    let n = 1usize << bytes.get(16).filter(|bits| **bits < 10)?;
    let powers: usize = damage::powers(n).iter().sum();
    with_quick_beacons(bytes, end + powers + 32, POINTS[1]).map(drop)
}
