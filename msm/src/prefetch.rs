//! Prefetching into the CPU's cache.
#![allow(unsafe_code)]

/// Asks the CPU to load a value that will be read soon. It affects nothing but time.
#[inline]
pub(crate) fn prefetch<T>(value: &T) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let start = std::ptr::from_ref(value).cast::<i8>();
        for line in (0..size_of::<T>()).step_by(64) {
            // SAFETY: a prefetch reads nothing; the address is inside the value.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(start.add(line)) }
        }
        if align_of::<T>() < 64 {
            // SAFETY: as above. The last byte may lie in one more cache line.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(start.add(size_of::<T>().saturating_sub(1))) }
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = value;
}

/// As [`prefetch`], for a value that is read later: it goes to the second cache.
#[inline]
pub(crate) fn prefetch_far<T>(value: &T) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T1, _mm_prefetch};
        let start = std::ptr::from_ref(value).cast::<i8>();
        for line in (0..size_of::<T>()).step_by(64) {
            // SAFETY: a prefetch reads nothing; the address is inside the value.
            unsafe { _mm_prefetch::<_MM_HINT_T1>(start.add(line)) }
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = value;
}
