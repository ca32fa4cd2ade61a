//! Memory in huge pages.
//!
//! Bases are read in random order. In pages of 4 KiB nearly every such read needs an address translation that the CPU no
//! longer has; pages of 2 MiB need few.
#![allow(unsafe_code)]

/// An empty vector with room for `capacity` elements, in huge pages where the system has them and the size is worth it.
pub(crate) fn with_capacity<T>(capacity: usize) -> Vec<T> {
    let vector = Vec::with_capacity(capacity);
    #[cfg(target_os = "linux")]
    advise(&vector);
    vector
}

/// Asks the system for huge pages, before the memory is first written.
#[cfg(target_os = "linux")]
fn advise<T>(vector: &Vec<T>) {
    use rustix::mm::{Advice, madvise};
    /// Bytes of a huge page, or a multiple, on the processors that have them.
    const PAGE: usize = 2 << 20;
    let start = vector.as_ptr().addr().next_multiple_of(PAGE);
    let end = (vector.as_ptr().addr() + vector.capacity() * size_of::<T>()) / PAGE * PAGE;
    if start < end {
        let address = vector.as_ptr().cast_mut().with_addr(start).cast();
        // SAFETY: the pages are within the vector's allocation, and the advice changes no contents. A system without huge
        // pages refuses, which does no harm.
        let _ = unsafe { madvise(address, end - start, Advice::LinuxHugepage) };
    }
}
