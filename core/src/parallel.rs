//! Work on all cores with the feature `prover`, which brings threads; on one core with `verifier` alone.

#[cfg(feature = "prover")]
use rayon::prelude::*;

/// The results of two functions.
pub(crate) fn join<A: Send, B: Send>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    #[cfg(feature = "prover")]
    return rayon::join(one, other);
    #[cfg(not(feature = "prover"))]
    (one(), other())
}

/// `f` of each item, in order.
pub(crate) fn map<T: Send, R: Send>(items: Vec<T>, f: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    #[cfg(feature = "prover")]
    return items.into_par_iter().map(f).collect();
    #[cfg(not(feature = "prover"))]
    items.into_iter().map(f).collect()
}

/// How many threads there are.
pub(crate) fn threads() -> usize {
    #[cfg(feature = "prover")]
    return rayon::current_num_threads().max(1);
    #[cfg(not(feature = "prover"))]
    1
}
