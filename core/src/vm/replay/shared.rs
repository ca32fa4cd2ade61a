//! Lists that share unchanged chunks with an older list.

use std::sync::Arc;
use zeroize::Zeroize;

/// Bytes of a chunk, about.
const CHUNK_BYTES: usize = 4096;

/// A list as it was at one moment.
pub(super) struct Shared<T: Zeroize> {
    chunks: Vec<Arc<Chunk<T>>>,
}

struct Chunk<T: Zeroize>(Box<[T]>);

/// The words may be secret, so they are overwritten.
impl<T: Zeroize> Drop for Chunk<T> {
    fn drop(&mut self) {
        self.0.iter_mut().for_each(Zeroize::zeroize);
    }
}

impl<T: Clone + PartialEq + Zeroize> Shared<T> {
    /// Stores a list. Chunks that are the same as in the older list are shared.
    pub fn new(items: &[T], older: Option<&Self>) -> Self {
        let length = (CHUNK_BYTES / size_of::<T>().max(1)).max(1);
        let keep = |(place, items): (usize, &[T])| {
            let before = older.and_then(|older| older.chunks.get(place));
            match before {
                Some(chunk) if *chunk.0 == *items => Arc::clone(chunk),
                _ => Arc::new(Chunk(items.into())),
            }
        };
        let chunks = items.chunks(length).enumerate().map(keep).collect();
        Shared { chunks }
    }

    /// The list.
    pub fn to_vec(&self) -> Vec<T> {
        let length = self.chunks.iter().map(|chunk| chunk.0.len()).sum();
        let mut items = Vec::with_capacity(length);
        for chunk in &self.chunks {
            items.extend_from_slice(&chunk.0);
        }
        items
    }

    /// Bytes that this list takes, without what it shares with the older one.
    pub fn bytes(&self, older: Option<&Self>) -> usize {
        let own = |(place, chunk): (usize, &Arc<Chunk<T>>)| {
            let before = older.and_then(|older| older.chunks.get(place));
            match before {
                Some(before) if Arc::ptr_eq(before, chunk) => 0,
                _ => size_of_val(&*chunk.0),
            }
        };
        let pointers = self.chunks.len() * size_of::<Arc<Chunk<T>>>();
        pointers + self.chunks.iter().enumerate().map(own).sum::<usize>()
    }
}
