//! Batch-affine addition in the lanes of vectors.

pub(crate) mod avx2;
