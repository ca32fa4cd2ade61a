//! The arguments of exported functions.

use crate::buffers;

/// What a host can pass to an exported function.
pub trait Argument {
    /// The number that the host passes.
    type Raw;

    /// The argument that the number stands for.
    fn from_raw(raw: Self::Raw) -> Self;
}

/// The bytes of a buffer, which the function owns from then on. `None` if the number is not the address of a buffer
/// that is there.
impl Argument for Option<Vec<u8>> {
    type Raw = usize;

    fn from_raw(address: usize) -> Self {
        buffers::take(address)
    }
}

impl Argument for u32 {
    type Raw = u32;

    fn from_raw(number: u32) -> Self {
        number
    }
}

impl Argument for f64 {
    type Raw = f64;

    fn from_raw(number: f64) -> Self {
        number
    }
}
