//! What files of ceremonies begin with: 15 bytes that say what the file is, and its version as a digit. Published powers have no
//! such beginning.

use super::error::CeremonyError;
use super::point_lists::exact;
use std::io::{Read, Write};

const LENGTH: usize = 16;
/// The version that this program reads and writes.
const VERSION: u8 = b'1';

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Powers,
    Ceremony,
}

impl Kind {
    const ALL: [Kind; 2] = [Kind::Powers, Kind::Ceremony];

    fn name(self) -> &'static [u8] {
        match self {
            Kind::Powers => b"provable powers",
            Kind::Ceremony => b"provable ceremo",
        }
    }

    /// The name in messages.
    pub(super) fn shown(self) -> &'static str {
        match self {
            Kind::Powers => "a file of powers",
            Kind::Ceremony => "a file of a ceremony",
        }
    }

    /// The kind of file that begins so, of any version.
    pub(super) fn of(start: &[u8]) -> Option<Kind> {
        let mut all = Kind::ALL.into_iter();
        all.find(|kind| start.starts_with(kind.name()))
    }

    /// Writes the beginning.
    pub(super) fn write(self, writer: &mut impl Write) -> std::io::Result<()> {
        writer.write_all(self.name())?;
        writer.write_all(&[VERSION])
    }

    /// Reads the beginning of a file that should be of this kind.
    ///
    /// # Errors
    /// If it is not, with what it is.
    pub(super) fn read(self, reader: &mut impl Read) -> Result<(), CeremonyError> {
        let mut start = [0; LENGTH];
        exact("its tag", reader, &mut start)?;
        let wanted = self.shown();
        match Kind::of(&start) {
            Some(kind) if kind != self => Err(CeremonyError::Kind {
                found: kind.shown(),
                wanted,
            }),
            Some(_) => match start.last() {
                Some(&VERSION) => Ok(()),
                _ => Err(CeremonyError::Version(wanted)),
            },
            None => Err(CeremonyError::Malformed(format!("it is not {wanted}"))),
        }
    }
}
