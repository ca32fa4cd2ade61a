//! The roots of unity, and the factors between the two transforms.

use super::factors::{Roots, Scale, Single};
use super::unit::VectorUnit;
use ark_bls12_381::Fr;
use ark_ff::{Field, One};
use rayon::prelude::*;

/// Vectors of roots of the smallest parallel task.
const MIN_TASK: usize = 64;

/// The roots, from the factors ψ^(n/2^(k+1)) of the bits k of an index.
pub(crate) fn roots<U: VectorUnit>(unit: U, powers: &[Fr]) -> Roots<U::Root> {
    let lanes = U::LANES;
    let mut groups = Vec::with_capacity((1 << powers.len()) / lanes);
    groups.push(unit.root(&products_of_powers(powers, lanes, Fr::one())));
    for power in powers.iter().skip(lanes.ilog2() as usize) {
        let power = unit.root(&vec![*power; lanes]);
        let count = groups.len();
        groups.resize(2 * count, U::Root::default());
        let (known, new) = groups.split_at_mut(count);
        let tasks = new.par_chunks_mut(MIN_TASK).zip(known.par_chunks(MIN_TASK));
        tasks.for_each(|(new, known)| unit.multiply_roots(known, Single(&power, 0), new));
    }
    Roots::new(groups, lanes)
}

/// For each index below `count`, a power of two, the product of the powers of its bits, times a factor.
fn products_of_powers(powers: &[Fr], count: usize, factor: Fr) -> Vec<Fr> {
    let mut products = vec![factor];
    for power in powers.iter().take(count.ilog2() as usize) {
        let upper: Vec<Fr> = products.iter().map(|product| *product * power).collect();
        products.extend(upper);
    }
    products
}

/// −1/n times the power of ψ for each value of a block that is transposed, by vectors.
pub(crate) struct Scales<U: VectorUnit> {
    /// Of the first block. The first value has the opposite sign: it is the constant coefficient, which the order of the
    /// others leaves where it is.
    first: Vec<U::Root>,
    /// Of blocks in the lower half and, with another ψ, in the upper half. They are multiplied by the block's common
    /// factor.
    halves: [Vec<U::Root>; 2],
    /// Number of blocks in a half.
    half: usize,
}

impl<U: VectorUnit> Scales<U> {
    /// From the factors ψ^(n/2^(k+1)) of the bits k of an index. `None` if there are none.
    pub(crate) fn new(unit: U, powers: &[Fr]) -> Option<Self> {
        let inverse_size = -Fr::from(1u64 << powers.len()).inverse()?;
        let root = powers.last()?;
        let mut scales = products_of_powers(powers, U::LANES * U::LANES, inverse_size);
        let lower = by_vectors(unit, &scales);
        let mut upper = lower.clone();
        let root = unit.root(&vec![*root; U::LANES]);
        unit.multiply_roots(&lower, Single(&root, 0), &mut upper);
        let constant = scales.first_mut()?;
        *constant = -*constant;
        Some(Scales {
            first: by_vectors(unit, &scales),
            halves: [lower, upper],
            half: (1 << powers.len()) / (2 * U::LANES * U::LANES),
        })
    }

    /// Of a block.
    #[inline(always)]
    pub(crate) fn of_block<'a>(
        &'a self,
        block: usize,
        roots: &'a Roots<U::Root>,
    ) -> Scale<'a, U::Root> {
        let [lower, upper] = &self.halves;
        let (own, index) = match block.checked_sub(self.half) {
            _ if block == 0 => (&self.first, 0),
            Some(index) => (upper, index),
            None => (lower, block),
        };
        let common = roots.single(U::LANES * U::LANES * index);
        Scale {
            common: (index > 0).then_some(common),
            own,
        }
    }
}

/// The factors of a block that is transposed, by vectors.
fn by_vectors<U: VectorUnit>(unit: U, factors: &[Fr]) -> Vec<U::Root> {
    let vectors = (0..U::LANES).map(|within| {
        let indices = U::BLOCKS_OF_LANES
            .iter()
            .map(|block| U::LANES * block + within);
        let lanes = indices.map(|index| factors.get(index).copied().unwrap_or_default());
        unit.root(&lanes.collect::<Vec<Fr>>())
    });
    vectors.collect()
}
