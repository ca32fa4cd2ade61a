//! Batch-affine addition of four pairs at a time, one in each lane of a vector of four double-precision numbers, where the
//! CPU has AVX2 and FMA (2013 and later).

mod batch_affine;
pub(crate) mod columns;
mod coordinates;
mod cpu;
mod element;
mod multiply;
mod points;
pub(crate) mod transpose;

pub(crate) use batch_affine::LaneAdder;
pub(crate) use cpu::Avx2Fma;

#[cfg(test)]
mod tests;
