//! Bytes that are aligned for numbers: mapped from a file, or held in memory.

use std::sync::Arc;
use zerocopy::IntoBytes;

/// The bytes of a file, mapped or held in memory. Clones share them.
#[derive(Clone, Debug)]
pub struct Bytes(pub(crate) Arc<Source>);

#[derive(Debug)]
pub(crate) enum Source {
    /// Begins at a page, so alignment in the file is alignment in memory.
    #[cfg(feature = "files")]
    Mapped(memmap2::Mmap),
    Held(Words),
}

/// Bytes in whole words, so that they are aligned as a mapped file is. The last word is padded with zeros.
#[derive(Debug)]
pub(crate) struct Words {
    words: Vec<u64>,
    length: usize,
}

impl Words {
    pub(crate) fn zeros(length: usize) -> Self {
        let words = vec![0; length.div_ceil(size_of::<u64>())];
        Words { words, length }
    }

    fn as_bytes(&self) -> &[u8] {
        self.words.as_bytes().get(..self.length).unwrap_or(&[])
    }

    pub(crate) fn as_mut_bytes(&mut self) -> &mut [u8] {
        let bytes = self.words.as_mut_bytes().get_mut(..self.length);
        bytes.unwrap_or(&mut [])
    }
}

impl Bytes {
    pub(crate) fn new(source: Source) -> Self {
        Bytes(Arc::new(source))
    }

    /// Every byte.
    pub fn all(&self) -> &[u8] {
        match &*self.0 {
            #[cfg(feature = "files")]
            Source::Mapped(map) => map,
            Source::Held(words) => words.as_bytes(),
        }
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        let mut words = Words::zeros(bytes.len());
        // As many bytes on both sides, so the copy cannot panic.
        words.as_mut_bytes().copy_from_slice(bytes);
        Bytes::new(Source::Held(words))
    }
}
