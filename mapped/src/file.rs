//! Bytes of files.

use crate::bytes::{Bytes, Source, Words};
use memmap2::Mmap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

impl Bytes {
    /// Maps a file, or reads it into memory where the system does not let it be mapped.
    ///
    /// # Errors
    /// When it cannot be opened or read.
    pub fn open(path: &Path) -> io::Result<Self> {
        Bytes::of(&File::open(path)?)
    }

    /// As [`Bytes::open`], for a file that is already open.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(file: &File) -> io::Result<Self> {
        match map(file) {
            Ok(map) => Ok(Bytes::new(Source::Mapped(map))),
            Err(_) => read(file),
        }
    }
}

fn read(mut file: &File) -> io::Result<Bytes> {
    let length = usize::try_from(file.metadata()?.len())
        .map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
    let mut words = Words::zeros(length);
    file.read_exact(words.as_mut_bytes())?;
    Ok(Bytes::new(Source::Held(words)))
}

#[allow(unsafe_code)]
fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: the bytes must not change while they are mapped; the crate's documentation says who guarantees it. They are
    // only read as numbers for which every pattern of bits is a value, so that even bytes that do change violate no
    // type's invariant.
    unsafe { Mmap::map(file) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::array::tests::check_ranges;

    #[test]
    fn a_file_gives_the_bytes_that_were_written_whether_mapped_or_read() {
        for length in [0usize, 1, 7, 8, 4096, 10_001] {
            let content: Vec<u8> = (0..length).map(|index| (index * 7) as u8).collect();
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("file");
            std::fs::write(&path, &content).unwrap();
            assert_eq!(Bytes::open(&path).unwrap().all(), content);
            assert_eq!(read(&File::open(&path).unwrap()).unwrap().all(), content);
        }
    }

    #[test]
    fn a_mapped_file_stays_unchanged_when_its_name_is_given_to_another() {
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
    fn an_array_of_a_file_is_its_range_and_a_bad_range_is_refused() {
        let content: Vec<u8> = (0..64).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, &content).unwrap();
        let file = File::open(&path).unwrap();
        check_ranges(&Bytes::open(&path).unwrap());
        check_ranges(&read(&file).unwrap());
    }

    #[test]
    fn a_missing_file_is_an_error() {
        let error = Bytes::open(Path::new("/nowhere/at/all")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }
}
