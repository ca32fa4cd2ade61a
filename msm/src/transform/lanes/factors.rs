//! Constant factors, as the units for vectors take them.

/// For each index below n/2, ψ^e with e the index bit-reversed among n; as many in a group as there are lanes.
pub(crate) struct Roots<R> {
    groups: Vec<R>,
    /// Zero, for an index out of range.
    zero: R,
    /// The binary logarithm of the number of lanes.
    log_lanes: u32,
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

impl<R: Default> Roots<R> {
    /// From the groups, with as many roots in each as there are lanes, a power of two.
    pub(super) fn new(groups: Vec<R>, lanes: usize) -> Self {
        Roots {
            groups,
            zero: R::default(),
            log_lanes: lanes.ilog2(),
        }
    }

    /// The roots from `group` times the number of lanes on, one for each lane.
    #[inline(always)]
    pub(crate) fn group(&self, group: usize) -> &R {
        self.groups.get(group).unwrap_or(&self.zero)
    }

    /// The root of a block.
    #[inline(always)]
    pub(crate) fn single(&self, block: usize) -> Single<'_, R> {
        let lane = block & ((1 << self.log_lanes) - 1);
        Single(self.group(block >> self.log_lanes), lane)
    }

    /// The roots of a block and of its halves.
    #[inline(always)]
    pub(crate) fn of_block(&self, block: usize) -> BlockRoots<'_, R> {
        BlockRoots {
            root: self.single(block),
            halves: [2 * block, 2 * block + 1].map(|half| self.single(half)),
            is_first: block == 0,
        }
    }
}
