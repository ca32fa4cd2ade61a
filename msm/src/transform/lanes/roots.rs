//! The roots of unity, and the factors between the two transforms.

use super::unit::VectorUnit;
use ark_bls12_381::Fr;
use ark_ff::{Field, One};
use rayon::prelude::*;

/// Vectors of roots of the smallest parallel task.
const MIN_TASK: usize = 64;

/// For each index below n/2, ψ^e with e the index bit-reversed among n; as many in a group as there are lanes.
pub(crate) struct Roots<U: VectorUnit> {
    groups: Vec<U::Root>,
    /// Zero, for an index out of range.
    zero: U::Root,
}

/// One lane's factor, the same in all lanes.
#[derive(Clone, Copy)]
pub(crate) struct Single<'a, R>(pub(super) &'a R, pub(super) usize);

/// The root of a block and those of its halves.
#[derive(Clone, Copy)]
pub(crate) struct BlockRoots<'a, R> {
    pub(crate) root: Single<'a, R>,
    pub(crate) halves: [Single<'a, R>; 2],
    /// Whether it is the first block, where all are one but that of the second half.
    pub(crate) is_first: bool,
}

/// The factors of the values of a transposed block between the two transforms.
#[derive(Clone, Copy)]
pub(crate) struct Scale<'a, R> {
    /// Of all values. `None` is one.
    pub(crate) common: Option<Single<'a, R>>,
    /// Of each vector.
    pub(crate) own: &'a [R],
}

impl<U: VectorUnit> Roots<U> {
    /// From the factors ψ^(n/2^(k+1)) of the bits k of an index.
    pub(crate) fn new(unit: U, powers: &[Fr]) -> Self {
        let lanes = U::LANES;
        let mut groups = Vec::with_capacity((1 << powers.len()) / lanes);
        let first: Vec<Fr> = (0..lanes).map(|lane| power(powers, lane)).collect();
        groups.push(unit.root(&first));
        for power in powers.iter().skip(lanes.ilog2() as usize) {
            let power = unit.root(&vec![*power; lanes]);
            let count = groups.len();
            groups.resize(2 * count, U::Root::default());
            let (known, new) = groups.split_at_mut(count);
            let pairs = new.par_iter_mut().zip(&*known).with_min_len(MIN_TASK);
            pairs.for_each(|(new, known)| *new = unit.multiply_root(known, Single(&power, 0)));
        }
        Roots {
            groups,
            zero: U::Root::default(),
        }
    }

    /// The roots from `group` times the number of lanes on, one for each lane.
    #[inline(always)]
    pub(crate) fn group(&self, group: usize) -> &U::Root {
        self.groups.get(group).unwrap_or(&self.zero)
    }

    /// The root of a block.
    #[inline(always)]
    pub(crate) fn single(&self, block: usize) -> Single<'_, U::Root> {
        Single(self.group(block / U::LANES), block % U::LANES)
    }

    /// The roots of a block and of its halves.
    #[inline(always)]
    pub(crate) fn of_block(&self, block: usize) -> BlockRoots<'_, U::Root> {
        BlockRoots {
            root: self.single(block),
            halves: [2 * block, 2 * block + 1].map(|half| self.single(half)),
            is_first: block == 0,
        }
    }
}

/// The product of the powers of the bits of an index.
fn power(powers: &[Fr], index: usize) -> Fr {
    let bits = powers.iter().enumerate();
    let bits = bits.filter(|(bit, _)| index >> bit & 1 == 1);
    bits.fold(Fr::one(), |product, (_, power)| product * power)
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
        let scales = |factor: Fr, first: Fr| {
            let vectors = (0..U::LANES).map(|within| {
                let index = |block: &usize| U::LANES * block + within;
                let indices = U::BLOCKS_OF_LANES.iter().map(index);
                let scales = indices.map(|index| {
                    let sign = if index == 0 { first } else { Fr::one() };
                    factor * power(powers, index) * sign
                });
                unit.root(&scales.collect::<Vec<Fr>>())
            });
            vectors.collect()
        };
        Some(Scales {
            first: scales(inverse_size, -Fr::one()),
            halves: [
                scales(inverse_size, Fr::one()),
                scales(inverse_size * root, Fr::one()),
            ],
            half: (1 << powers.len()) / (2 * U::LANES * U::LANES),
        })
    }

    /// Of a block.
    #[inline(always)]
    pub(crate) fn of_block<'a>(&'a self, block: usize, roots: &'a Roots<U>) -> Scale<'a, U::Root> {
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
