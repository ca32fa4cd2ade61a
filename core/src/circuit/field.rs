//! Numbers of the scalar field, and the program table over this field.

use super::encoding::{Encoding, Entry};
use ark_bls12_381::Fr;
use ark_ff::One;

/// Two to the power `n`, for packing fields into one field element.
pub fn pow2(n: u32) -> Fr {
    let mut value = Fr::one();
    for _ in 0..n {
        value += value;
    }
    value
}

/// An entry of the program table whose operand is an element of the scalar field.
pub type FieldEntry = Entry<Fr>;

/// A program's entries with operands in the scalar field.
pub type FieldEncoding = Encoding<Fr>;
