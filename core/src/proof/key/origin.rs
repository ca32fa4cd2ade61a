//! The origin of a key, which determines whom its proofs convince.

use crate::proof::transcript::Hash;
use std::fmt;

/// Where a key came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Made on this machine. It convinces the person who runs this machine, and nobody else.
    Made,
    /// Imported. It is as trustworthy as the person who made it.
    Imported,
    /// From a ceremony that was verified on this machine. It convinces everybody who believes that one contributor to each
    /// phase forgot their factors.
    Ceremony(CeremonyOrigin),
}

/// The ceremony that a key came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CeremonyOrigin {
    /// Whether phase 1 went on with published powers.
    pub is_imported: bool,
    /// The number of contributions with secret factors to phase 1.
    pub first: u32,
    /// The number of those to phase 2.
    pub second: u32,
    /// The hash of the last contribution, which determines the whole ceremony.
    pub transcript: Hash,
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Made => formatter.write_str("made on this machine"),
            Origin::Imported => formatter.write_str("imported"),
            Origin::Ceremony(ceremony) => {
                let CeremonyOrigin { first, second, .. } = ceremony;
                let digits = hex::encode(ceremony.transcript);
                let powers = match ceremony.is_imported {
                    true => "published powers and ",
                    false => "",
                };
                write!(
                    formatter,
                    "ceremony {digits:.32} of {powers}{first} + {second} contributions, verified here"
                )
            }
        }
    }
}
