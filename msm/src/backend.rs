//! Which arithmetic computes sums and transforms.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

/// An implementation of the arithmetic. All give the same results; they differ in time, and in what the CPU needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Backend {
    /// Any CPU: the assembly of `blst` for points, arkworks' arithmetic for transforms.
    Portable,
    /// x86-64 with AVX2 and FMA: four elements at a time, in double-precision numbers.
    Avx2,
    /// x86-64 with AVX-512 and IFMA: eight elements at a time, in 52-bit integer products.
    Ifma,
}

/// The index in [`Backend::ALL`] of the fastest backend that may be used.
static LIMIT: AtomicUsize = AtomicUsize::new(Backend::ALL.len() - 1);

impl Backend {
    /// All, the fastest last.
    pub const ALL: [Backend; 3] = [Backend::Portable, Backend::Avx2, Backend::Ifma];

    /// Whether this CPU has what the backend needs.
    pub fn is_available(self) -> bool {
        match self {
            Backend::Portable => true,
            #[cfg(target_arch = "x86_64")]
            Backend::Avx2 => crate::cpu::Avx2Fma::detect().is_some(),
            #[cfg(target_arch = "x86_64")]
            Backend::Ifma => crate::cpu::Ifma::detect().is_some(),
            #[cfg(not(target_arch = "x86_64"))]
            Backend::Avx2 | Backend::Ifma => false,
        }
    }

    /// The backends that this CPU can use, the fastest last.
    pub fn available() -> impl DoubleEndedIterator<Item = Backend> {
        Self::ALL.into_iter().filter(|one| one.is_available())
    }

    /// The one that [`g1`](crate::g1()), [`g2`](crate::g2()) and [`Transform::new`](crate::transform::Transform::new) use:
    /// the fastest that is available, within the limit.
    pub fn current() -> Backend {
        let limit = LIMIT.load(Ordering::Relaxed);
        let allowed = Self::ALL.get(..=limit).unwrap_or(&Self::ALL);
        let best = allowed.iter().rev().find(|one| one.is_available());
        best.copied().unwrap_or(Backend::Portable)
    }

    /// Lets [`current`](Self::current) be no faster than this one, in the whole process, from now on. For measurements that
    /// compare backends.
    pub fn set_limit(self) {
        LIMIT.store(self as usize, Ordering::Relaxed);
    }

    /// A short name: `portable`, `avx2` or `ifma`.
    pub fn name(self) -> &'static str {
        match self {
            Backend::Portable => "portable",
            Backend::Avx2 => "avx2",
            Backend::Ifma => "ifma",
        }
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slower_backend_is_used_when_the_limit_says_so() {
        for (index, backend) in Backend::ALL.into_iter().enumerate() {
            assert_eq!(index, backend as usize);
        }
        let best = Backend::available().next_back();
        assert_eq!(best, Some(Backend::current()));
        for backend in Backend::available() {
            backend.set_limit();
            assert_eq!(Backend::current(), backend);
        }
        Backend::Ifma.set_limit();
        assert_eq!(best, Some(Backend::current()));
    }
}
