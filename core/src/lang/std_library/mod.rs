//! The standard library: files that are part of this crate. Those of a released version never change; what is wrong in
//! one is put right in the next.

mod files;
mod parsed;

pub use files::{NEWEST, names, text};
pub use parsed::parsed;
