//! Where a key came from, which is what its word is worth.

use std::fmt;

/// Where a key came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Made on this machine: it convinces whoever runs this machine, and nobody else.
    Made,
    /// Imported: as trustworthy as whoever made it.
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
