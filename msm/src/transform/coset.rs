//! The coset on which the transforms evaluate.

use ark_bls12_381::Fr;
use ark_ff::FftField;

/// ψ with ψⁿ = −1, a primitive root of unity of order 2n for n = `size`. The coset is ψ times the domain of the n-th roots
/// of unity. `None` if `size` is not a power of two, or the field has no root of unity of order 2n.
pub fn coset_offset(size: usize) -> Option<Fr> {
    // Checked here, as the field has roots of unity of orders 3·2^k, too.
    let order = size
        .checked_mul(2)
        .filter(|order| order.is_power_of_two())?;
    Fr::get_root_of_unity(order as u64)
}
