//! Eight pairs at a time, one in each lane of a vector of eight 64-bit integers.

mod coordinates;
mod limbs;
mod near;
mod product;

#[cfg(test)]
mod tests;
