//! Four pairs at a time, one in each lane of a vector of four double-precision numbers.

pub(crate) mod columns;
mod coordinates;
mod element;
mod multiply;
pub(crate) mod transpose;

#[cfg(test)]
mod tests;
