//! The tiers. A tier is a set of capacities. A run is proved at the smallest tier that holds it, or at a larger one to
//! hide its length. Each tier fills a domain whose size is a power of two, because the domain determines the cost of a
//! proof.

use super::layout::Capacities;
use super::shape::Shape::{self, Plain, Wide};
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
pub const TIERS: [Tier; 20] = [
    tier(Plain, 13, "114", 114, 8, "b2ad04004fcd6fefb16c7845069787558e91c803edfb1baafc3059861cb4a80c"),
    tier(Plain, 14, "252", 252, 8, "f6f6d7a03ddbc938d8a746652c7f985afa137c72bfc65a0077fc3d0329668e99"),
    tier(Plain, 15, "512", 512, 9, "2cdf64d7657f3665a855429dd97a186129bfd2668751199883d02bd1aab8cf40"),
    tier(Wide, 15, "477-wide", 477, 9, "8c8deb5ad303c7d76bae9b269fb57eee8ea660a848ebd1968a53643c353e08be"),
    tier(Plain, 16, "1040", 1040, 11, "b1d6f678f19f2e195cdecabf178dc616e7c76712e89749f26b66a44eca4c90f3"),
    tier(Wide, 16, "970-wide", 970, 10, "a5c3d12decbb446a1a829bdebfe49f1e710c5ef4140875735659feb172275c7f"),
    tier(Plain, 17, "2110", 2110, 12, "424bb144f55058a987fb14fc645156a06b54fc421a7a023ca406b427386dd732"),
    tier(Wide, 17, "1990-wide", 1990, 11, "c5596564d66ff40dc9f6d70b11b74039baea21a9ec78e03623b6fad8b05c2907"),
    tier(Plain, 18, "4240", 4240, 13, "9d60d691f9d9a336f5e946aed4e87eef61ae450f163458cef4bacca5082fdcfc"),
    tier(Wide, 18, "4030-wide", 4030, 12, "4588f2b9b4e176fa4285883f3e016d4ae37973d5c695aa56873c03547f08087b"),
    tier(Plain, 19, "8490", 8490, 14, "9ba4089217d02823159b7697cab1fac1f4fecbdacb0ea0acec6b98e38a86b6de"),
    tier(Wide, 19, "8090-wide", 8090, 13, "ccc3efb570cec3814ef632b83780114deb9bac5122952005cca390aa73b82d52"),
    tier(Plain, 20, "17k", 17000, 15, "e24e78cfa3df074e7139f3c4e304b85a014e80c1d5e92a1cb75ee039a74f6cc8"),
    tier(Wide, 20, "16k-wide", 16100, 14, "6210b50d4de99d71489697c337118d5ca7f661503395fd9bb7636b647a839d34"),
    tier(Plain, 21, "35k", 35000, 16, "175383eeff387d3adfd694fedbcc7d16502afceb55b57f3db92d213b8a2c4d1d"),
    tier(Wide, 21, "32k-wide", 32900, 16, "78b36531f411a54aaceac840295eb39a34bb8e862ed35bd940b0ea5659acdd7c"),
    tier(Plain, 22, "69k", 69500, 17, "46247b81664aec567a57340623392195806e19bfa8642074a682095478484eaf"),
    tier(Wide, 22, "65k-wide", 65500, 16, "cc39920fd447ffeaed473c6b6cc3b949319179f9e0d5466e11b5cfe225ca187e"),
    tier(Plain, 23, "131k", 131072, 17, "55c23abb4c9a6c8d025b1a34207605a0335c590ed94b884a9fca4f392cd7edf1"),
    tier(Wide, 23, "131k-wide", 131072, 17, "a0107c382a51a359efb8fe9210bd6323004e04b37bc729d3421c5ce617a9ef7d"),
];

/// The tier's name for a key whose circuit this version does not have.
pub const UNKNOWN: &str = "unknown";

/// The largest tier of each shape, in the order of [`Shape::ALL`].
pub const LARGEST: [&Tier; 2] = [&TIERS[TIERS.len() - 2], &TIERS[TIERS.len() - 1]];

/// The most rows that a tier has: the greatest number of steps that can be proved.
pub const MOST_ROWS: usize = LARGEST[0].capacities.rows;

impl Tier {
    /// The tier of this name.
    pub fn named(name: &str) -> Option<&'static Tier> {
        TIERS.iter().find(|tier| tier.name == name)
    }
}
