//! What the fuzz targets `arithmetic` and `sums` drive: the arithmetic of every backend that the CPU has, with operands that bytes
//! choose.

mod additions;
mod sums;
mod transforms;

use crate::drawn::Choices;

/// Additions of pairs, or transforms, as the first byte says. Panics if a result of a backend is wrong.
pub fn arithmetic(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    match choices.byte() % 8 {
        0..5 => additions::in_g1(choices),
        5 | 6 => additions::in_g2(choices),
        _ => transforms::agree(choices),
    }
}

/// A sum of a few terms. Panics if a backend's is wrong.
pub fn sum(bytes: &[u8]) {
    sums::agree(Choices(bytes));
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngCore, SeedableRng};

    #[test]
    fn backends_agree_about_random_choices() {
        let rng = &mut rand_chacha::ChaCha8Rng::seed_from_u64(1);
        for kind in 0..=u8::MAX {
            for length in [0, 10, 100, 1_000, 10_000] {
                let mut bytes = vec![kind; length + 1];
                rng.fill_bytes(&mut bytes[1..]);
                arithmetic(&bytes);
            }
        }
        for length in 0..100 {
            let mut bytes = vec![0; 5 * length];
            rng.fill_bytes(&mut bytes);
            sum(&bytes);
        }
    }
}
