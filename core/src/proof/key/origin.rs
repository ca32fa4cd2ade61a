//! The origin of a key, which determines whom its proofs convince.

use std::fmt;

/// Where a key came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Made on this machine. It convinces the person who runs this machine, and nobody else.
    Made,
    /// Imported. It is as trustworthy as the person who made it.
    Imported,
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Origin::Made => "made on this machine",
            Origin::Imported => "imported",
        })
    }
}
