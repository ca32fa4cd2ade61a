//! Files that are read where they lie: mapped into memory, and seen as arrays of numbers.
//!
//! A large file that is mapped costs nothing to open, is read from the disk page by page when it is looked at, and
//! takes no memory that the system could not have back. The one `unsafe` block here makes the map.
//!
//! # What a mapped file must keep to
//! The bytes of a mapped file must not change while it is mapped. So whoever writes files that others map writes them
//! whole under another name and renames them: a file that is replaced or removed lives on, unchanged, for those who
//! have it mapped. Nothing can keep a stranger with the right to write from changing one in place. Numbers that
//! change are read as they then are, so what is computed from them is wrong, and has to be checked by other means. If
//! the file is cut short, the system ends the process that reads beyond the end (SIGBUS on Unix): only a process that
//! somebody watches should map large files for long.

mod array;

pub use array::{Array, Plain};

use memmap2::Mmap;
use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use zerocopy::IntoBytes;

/// The bytes of a file, mapped or held in memory. Copies share them.
#[derive(Clone, Debug)]
pub struct Bytes(Arc<Source>);

#[derive(Debug)]
enum Source {
    /// Begins at a page, so that what is aligned in the file is aligned in memory.
    Mapped(Mmap),
    /// Whole words, for the same reason, the last one padded.
    Held { words: Vec<u64>, length: usize },
}

impl Bytes {
    /// Maps a file, or reads it where the system does not let it be mapped.
    ///
    /// # Errors
    /// When it cannot be opened or read.
    pub fn open(path: &Path) -> io::Result<Self> {
        Bytes::of(&File::open(path)?)
    }

    /// As [`Bytes::open`], of an open file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(file: &File) -> io::Result<Self> {
        match map(file) {
            Ok(map) => Ok(Bytes(Arc::new(Source::Mapped(map)))),
            Err(_) => Bytes::read(file),
        }
    }

    fn read(mut file: &File) -> io::Result<Self> {
        let length = usize::try_from(file.metadata()?.len())
            .map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
        let mut words = vec![0u64; length.div_ceil(size_of::<u64>())];
        if let Some(bytes) = words.as_mut_bytes().get_mut(..length) {
            file.read_exact(bytes)?;
        }
        Ok(Bytes(Arc::new(Source::Held { words, length })))
    }

    /// Every byte.
    pub fn all(&self) -> &[u8] {
        match &*self.0 {
            Source::Mapped(map) => map,
            Source::Held { words, length } => words.as_bytes().get(..*length).unwrap_or(&[]),
        }
    }

    /// The bytes of a range as an array. `None` if the range is not in the file, holds no whole number of elements,
    /// or does not begin where an element may lie.
    pub fn array<T: Plain>(&self, range: Range<usize>) -> Option<Array<T>> {
        Array::within(self, range)
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        let length = bytes.len();
        let mut words = vec![0u64; length.div_ceil(size_of::<u64>())];
        if let Some(place) = words.as_mut_bytes().get_mut(..length) {
            place.copy_from_slice(bytes);
        }
        Bytes(Arc::new(Source::Held { words, length }))
    }
}

#[allow(unsafe_code)]
fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: the bytes must not change while they are mapped; the crate's documentation says who sees to that. They
    // are only ever seen as numbers, for which every pattern of bits is a value, so that even bytes that change break
    // no type's rules.
    unsafe { Mmap::map(file) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn both(content: &[u8]) -> [Bytes; 3] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, content).unwrap();
        let read = Bytes::read(&File::open(&path).unwrap()).unwrap();
        [Bytes::open(&path).unwrap(), read, Bytes::from(content)]
    }

    #[test]
    fn a_file_is_what_was_written_mapped_or_read() {
        for length in [0usize, 1, 7, 8, 4096, 10_001] {
            let content: Vec<u8> = (0..length).map(|at| (at * 7) as u8).collect();
            for bytes in both(&content) {
                assert_eq!(bytes.all(), content);
            }
        }
    }

    #[test]
    fn a_file_is_mapped_and_lives_on_when_its_name_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, [7; 9000]).unwrap();
        let bytes = Bytes::open(&path).unwrap();
        assert!(matches!(&*bytes.0, Source::Mapped(_)));
        std::fs::write(folder.path().join("other"), [8; 10]).unwrap();
        std::fs::rename(folder.path().join("other"), &path).unwrap();
        assert_eq!(bytes.all(), [7; 9000]);
    }

    #[test]
    fn arrays_are_where_they_are_asked_for_or_nowhere() {
        let content: Vec<u8> = (0..64).collect();
        for bytes in both(&content) {
            let words = bytes.array::<u64>(8..24).unwrap();
            let expected = [8u8, 16].map(|first| std::array::from_fn(|at| first + at as u8));
            assert_eq!(*words, expected.map(u64::from_ne_bytes));
            assert_eq!(words.as_bytes(), &content[8..24]);
            assert_eq!(bytes.array::<u32>(12..20).unwrap().len(), 2);
            assert_eq!(bytes.array::<[u64; 2]>(0..64).unwrap().len(), 4);
            assert_eq!(bytes.array::<u8>(64..64).unwrap().len(), 0);
            // Not aligned, no whole number, beyond the end, backwards.
            assert!(bytes.array::<u64>(4..12).is_none());
            assert!(bytes.array::<u64>(8..20).is_none());
            assert!(bytes.array::<u64>(56..72).is_none());
            #[allow(clippy::reversed_empty_ranges)]
            let backwards = 16..8;
            assert!(bytes.array::<u64>(backwards).is_none());
            assert!(bytes.array::<u64>(0..usize::MAX).is_none());
        }
    }

    #[test]
    fn a_missing_file_is_an_error() {
        let error = Bytes::open(Path::new("/nowhere/at/all")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }
}
