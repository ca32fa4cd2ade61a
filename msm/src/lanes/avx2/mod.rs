//! Four pairs at a time, one in each lane of a vector of four double-precision numbers.

mod batch_affine;
pub(crate) mod columns;
mod coordinates;
mod element;
mod multiply;
mod points;
pub(crate) mod transpose;

pub(crate) use batch_affine::LaneAdder;

#[cfg(test)]
mod tests;
