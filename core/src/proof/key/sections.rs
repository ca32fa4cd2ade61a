//! The layout of a proving key's file. Numbers are little-endian.
//!
//! | bytes | what |
//! | --- | --- |
//! | as many as it has | the verifying key, as in a file of its own |
//! | 16 | the tag |
//! | 16 a section | where it begins in the file and how many bytes it has, both of 8 bytes |
//! | as the table says | the sections, each at the next multiple of 64 bytes after the one before, zeros between |
//!
//! The layout has a unique decoding, and the table determines the length of the file. So bytes that are missing, added
//! or moved are detected when the file is opened, whatever its size.

use crate::proof::error::KeyError;
use provable_mapped::{Array, Bytes, Plain};
use std::io::Write;
use std::ops::Range;

// Arrays are used as they are in the file, without conversion.
#[cfg(target_endian = "big")]
compile_error!(
    "proving keys are files of little-endian numbers, and are used without being decoded"
);

const TAG: &[u8; 16] = b"provable-vm pk 3";
/// Bytes of an entry of the table.
const ENTRY: usize = 16;
/// A section begins at a multiple of this. It is a cache line, which is more than the alignment of any number.
const ALIGNMENT: usize = 64;

/// Writes a key: the bytes of the verifying key, then the sections.
pub(super) fn write(
    writer: &mut impl Write,
    verifying: &[u8],
    sections: &[&[u8]],
) -> std::io::Result<()> {
    let mut table = TAG.to_vec();
    let mut at = verifying.len() + TAG.len() + ENTRY * sections.len();
    for section in sections {
        let start = at.next_multiple_of(ALIGNMENT);
        table.extend((start as u64).to_le_bytes());
        table.extend((section.len() as u64).to_le_bytes());
        at = start + section.len();
    }
    writer.write_all(verifying)?;
    writer.write_all(&table)?;
    let mut at = verifying.len() + table.len();
    for section in sections {
        let padding = at.next_multiple_of(ALIGNMENT) - at;
        writer.write_all([0; ALIGNMENT].get(..padding).unwrap_or(&[]))?;
        writer.write_all(section)?;
        at += padding + section.len();
    }
    Ok(())
}

/// The sections of a file, taken in order.
pub(super) struct Sections {
    file: Bytes,
    ranges: std::vec::IntoIter<Range<usize>>,
}

impl Sections {
    /// Reads the table of sections that follows the verifying key, which ends at `start`.
    ///
    /// # Errors
    /// When the file's layout is not what its table says, or not the layout of this version.
    pub(super) fn read(file: &Bytes, start: usize, count: usize) -> Result<Self, KeyError> {
        let mut rest = file.all().get(start..).unwrap_or(&[]);
        let mut next = |length: usize| {
            let (bytes, after) = rest.split_at_checked(length)?;
            rest = after;
            Some(bytes)
        };
        if next(TAG.len()) != Some(TAG) {
            return Err(KeyError::Version);
        }
        let mut number = || -> Option<usize> {
            let bytes = next(ENTRY / 2)?.try_into().ok()?;
            usize::try_from(u64::from_le_bytes(bytes)).ok()
        };
        let mut ranges = Vec::with_capacity(count);
        let mut end = start + TAG.len() + ENTRY * count;
        for index in 0..count {
            let mut range = || {
                let (begin, length) = (number()?, number()?);
                (begin == end.checked_next_multiple_of(ALIGNMENT)?)
                    .then_some(begin..begin.checked_add(length)?)
            };
            let range = range().ok_or_else(|| misplaced(index))?;
            end = range.end;
            ranges.push(range);
        }
        if end != file.all().len() {
            let length = file.all().len();
            let problem = format!("its file has {length} bytes and should have {end}");
            return Err(KeyError::Malformed(problem));
        }
        Ok(Sections {
            file: file.clone(),
            ranges: ranges.into_iter(),
        })
    }

    /// The next section.
    ///
    /// # Errors
    /// When its length is not a multiple of the length of an element.
    pub(super) fn next<T: Plain>(&mut self) -> Result<Array<T>, KeyError> {
        let left = self.ranges.len();
        let array = self.ranges.next().and_then(|range| self.file.array(range));
        array.ok_or_else(|| {
            KeyError::Malformed(format!("section {left} from the end is no whole array"))
        })
    }
}

fn misplaced(index: usize) -> KeyError {
    KeyError::Malformed(format!("section {index} is not where it should be"))
}
