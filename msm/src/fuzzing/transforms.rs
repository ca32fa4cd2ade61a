//! Small transforms.

use crate::Backend;
use crate::drawn::{Choices, scalar_element};
use crate::transform::Transform;
use ark_bls12_381::Fr;
use std::ops::Range;
use std::sync::LazyLock;

/// Of 16 values to 256: all kinds of blocks.
const SIZES: Range<u32> = 4..9;

/// Of each size, those of all backends.
static ALL: LazyLock<Vec<Vec<Transform>>> = LazyLock::new(|| {
    let of_size = |log: u32| {
        let backends = Backend::available();
        backends.filter_map(move |backend| Transform::with(backend, 1 << log))
    };
    SIZES.map(|log| of_size(log).collect()).collect()
});

/// A few elements, over and over.
fn values(choices: &mut Choices, size: usize) -> Vec<Fr> {
    let different = 1 + choices.below(16);
    let different: Vec<Fr> = (0..different).map(|_| scalar_element(choices)).collect();
    let count = match choices.below(4) {
        0 => usize::from(choices.byte()).min(size),
        _ => size,
    };
    different.iter().copied().cycle().take(count).collect()
}

/// All backends have the same products on the coset: among them arkworks' arithmetic.
pub(super) fn agree(mut choices: Choices) {
    let choices = &mut choices;
    let which = usize::from(choices.below(ALL.len() as u8));
    let (transforms, size) = (&ALL[which], 1 << (SIZES.start as usize + which));
    let [one, other] = [(); 2].map(|()| values(choices, size));
    let mut products = transforms
        .iter()
        .map(|transform| transform.on_coset(&one).times(&transform.on_coset(&other)));
    let first = products.next();
    assert!(products.all(|product| Some(product) == first));
}
