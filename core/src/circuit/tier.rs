//! The tiers. A tier is a set of capacities. A run is proved at the smallest tier that holds it, or at a larger one to
//! hide its length. Each tier fills a domain whose size is a power of two, because the domain determines the cost of a
//! proof.

use super::layout::Capacities;
use super::shape::Shape::{self, Plain, Sha256, Wide};
use super::shape::capacities;

/// A size of circuit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tier {
    /// Its name, on the command line and in files.
    pub name: &'static str,
    /// Which runs its tables suit.
    pub shape: Shape,
    /// The base-2 logarithm of the size of its domain. It determines how long a proof takes and how large a key is.
    pub domain_bits: u32,
    /// What it holds.
    pub capacities: Capacities,
    /// The identity of its circuit in hexadecimal. A key for another circuit is not a key of this tier.
    pub circuit: &'static str,
}

const fn tier(
    shape: Shape,
    domain_bits: u32,
    name: &'static str,
    rows: usize,
    range_bits: u32,
    circuit: &'static str,
) -> Tier {
    Tier {
        name,
        shape,
        domain_bits,
        capacities: capacities(rows, range_bits, shape),
        circuit,
    }
}

/// Every tier, by domain and then by shape. A test computes the numbers from the constraints, and prints this table if
/// it is another one.
#[rustfmt::skip]
pub const TIERS: [Tier; 26] = [
    tier(Plain, 12, "44", 44, 7, "e1100cfa4933b33e631d7a90677921707b810bdd79b5451b1b6674eca8fe9996"),
    tier(Plain, 13, "113", 113, 8, "e5c248e78ea767d31dc553aee3a1b880cbd77080fbdf0cbfe1936260bb4ce3e4"),
    tier(Plain, 14, "251", 251, 8, "c4910eb8b5961e9172e14a55c598b261d1a6e3a313ac98b2832e9ec3d21f1a9c"),
    tier(Plain, 15, "512", 512, 9, "8bdab71652d0a1927ec9fdd922a8bb6d0a26f65048ab77a0c3c77a1c52889be6"),
    tier(Wide, 15, "475-wide", 475, 9, "532c81cf5ff6d4fac139d4fcc943722a9babbb9944b60462e5d89737fbc7d5f5"),
    tier(Sha256, 15, "113-sha256", 113, 8, "8218f9bdfc3bc897a73a17f8f6c90f7315a735cd1d38267a35b3dd176fb6b9f7"),
    tier(Plain, 16, "1030", 1030, 11, "1f019fb3e408bec192116a429a72c4f0b5505f73d20f64a37667b00da7777246"),
    tier(Wide, 16, "967-wide", 967, 10, "eeb279c8970324b95edb7fe7865815c00a8e03001a72128ddb5ea5f27c23a626"),
    tier(Sha256, 16, "312-sha256", 312, 9, "8d948bb4731aaba584e3fbc2f3b03d81ce78959e52affb7345782ce44bbf4ba8"),
    tier(Plain, 17, "2100", 2100, 12, "3f00b6ed71e6b2dcb81f980b5e2bbb671a1808db3498c94afcdb4cdae2962c65"),
    tier(Wide, 17, "1990-wide", 1990, 11, "568a628ada167153b6f589ff0a71ddec48a44f4ecd85cc86c9aa90d70b862e2c"),
    tier(Sha256, 17, "699-sha256", 699, 10, "eefc4aa0fc98f0dc7b1ad92cdad3356f2419148f033b50ce571a39e23c434a80"),
    tier(Plain, 18, "4220", 4220, 13, "9327618e32a7638b9159b20711fbaa7f47e591f129cf666c2409450a5f1afb8a"),
    tier(Wide, 18, "4020-wide", 4020, 12, "7913518c2146fa562add6a7d1ba74d30ad774bdb65bc7a5d9cf4399f0b86fb67"),
    tier(Sha256, 18, "1470-sha256", 1470, 11, "5b92d6e9b07d7760b3b13c565df30c5ef5e41b545c274045ffcff25f3d41f844"),
    tier(Plain, 19, "8470", 8470, 14, "3cc8fcc63283010b86cbcd5439555e17a79b3d594ba060f83e2dcf0b468167a6"),
    tier(Wide, 19, "8060-wide", 8060, 13, "d1d59e26b023b9cd08c3e43e4d0da43dbf22c13e757f7f9ff06f42a0dce8bfe6"),
    tier(Sha256, 19, "3020-sha256", 3020, 12, "15646fb254eedeb9b6b63ec05d00bc647d1d04cd2d0a346fcedb33f2b2d44840"),
    tier(Plain, 20, "16k", 16900, 15, "a0fe20692b27c7b57b6de343cb851036de947fdd6e3b52a4aa12163c76ea834d"),
    tier(Wide, 20, "16k-wide", 16100, 14, "404006dbfa94f3627f1cb668aadf5fc6a2413da87ba1c55fcd9c7c18eee75cbc"),
    tier(Plain, 21, "34k", 34900, 16, "7507494e186745b32a062a8fefc96753ea65760bce8a3104f4576421a4fab797"),
    tier(Wide, 21, "32k-wide", 32700, 16, "fad2fcf1acc55dc1aec074efdf8028b5e099cf268fb619bcc5f1a66fe19cb21c"),
    tier(Plain, 22, "69k", 69300, 17, "a3b0d94d7c139033c66ada49664b9f8c4b6e3babfa93844ddc43c90519fae98f"),
    tier(Wide, 22, "65k-wide", 65500, 16, "6fe66c4167578f856c9170949c9e1b0666736c07d2ccc7bc390bee4c2ec0ba26"),
    tier(Plain, 23, "131k", 131072, 17, "3991ed926c049aa426d246bb9f59f6d8a20be83f59c393ba45a160c6f7aa275c"),
    tier(Wide, 23, "131k-wide", 131072, 17, "efbe48c7f74f220f9c1b1f29e2d2508f0ff5a4412c225eefce39410f82a1b8da"),
];

/// The tier's name for a key whose circuit this version does not have.
pub const UNKNOWN: &str = "unknown";

/// The largest tier of each shape, in the order of [`Shape::ALL`].
pub const LARGEST: [&Tier; 3] = [
    largest(Shape::Plain),
    largest(Shape::Wide),
    largest(Shape::Sha256),
];

const fn largest(shape: Shape) -> &'static Tier {
    let mut last = TIERS.len() - 1;
    while TIERS[last].shape as u8 != shape as u8 {
        last -= 1;
    }
    &TIERS[last]
}

/// The most rows that a tier has: the greatest number of rows of a run that can be proved. Several steps may share a row.
pub const MOST_ROWS: usize = LARGEST[0].capacities.rows;

impl Tier {
    /// The tier of this name.
    pub fn named(name: &str) -> Option<&'static Tier> {
        TIERS.iter().find(|tier| tier.name == name)
    }
}
