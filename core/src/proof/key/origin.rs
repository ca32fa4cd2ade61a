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
    /// From a ceremony that was verified on this machine. It convinces everybody who believes that one contributor forgot
    /// their factors.
    Ceremony {
        /// The number of contributions with secret factors to the last phase.
        contributors: u32,
        /// The hash of the last contribution, which determines the whole ceremony.
        transcript: Hash,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Made => formatter.write_str("made on this machine"),
            Origin::Imported => formatter.write_str("imported"),
            Origin::Ceremony {
                contributors,
                transcript,
            } => {
                let noun = if *contributors == 1 {
                    "contribution"
                } else {
                    "contributions"
                };
                let digits = hex::encode(transcript);
                write!(
                    formatter,
                    "ceremony {digits:.16} of {contributors} {noun}, verified here"
                )
            }
        }
    }
}
