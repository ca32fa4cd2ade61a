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
        groups.push(unit.root(&products_of_powers(powers, lanes, Fr::one())));
        for power in powers.iter().skip(lanes.ilog2() as usize) {
            let power = unit.root(&vec![*power; lanes]);
            let count = groups.len();
            groups.resize(2 * count, U::Root::default());
            let (known, new) = groups.split_at_mut(count);
            let tasks = new.par_chunks_mut(MIN_TASK).zip(known.par_chunks(MIN_TASK));
            tasks.for_each(|(new, known)| unit.multiply_roots(known, Single(&power, 0), new));
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
