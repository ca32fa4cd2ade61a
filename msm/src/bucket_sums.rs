//! Sums of the points of many buckets, by rounds: each round adds the points of a bucket in pairs and halves their number.
//! The additions of a round do not depend on each other, so they share inversions.

use super::batch_affine::{BatchAdder, Pair};
use super::signed_index::SignedIndex;
use ark_ec::short_weierstrass::SWCurveConfig;

/// A round of a block with fewer additions is not worth its inversion: the points are carried to the next level, which
/// adds them with those of other blocks.
const MIN_ADDITIONS: u32 = 192;

/// Consecutive points of one bucket.
#[derive(Clone, Copy)]
struct Run {
    bucket: u32,
    count: u32,
    /// Whether other blocks may have points of the bucket, too.
    is_partial: bool,
}

/// The sum of each bucket; that of an empty one is the identity. `indices` are the buckets' points, one bucket after the
/// other, and `counts` their numbers. No base is the identity.
pub(crate) fn bucket_sums<P: SWCurveConfig, A: BatchAdder<P>>(
    adder: &mut A,
    bases: &[A::Point],
    indices: &[SignedIndex],
    counts: &[u32],
) -> Vec<A::Point> {
    let mut sums = vec![A::Point::default(); counts.len()];
    let runs = (0..).zip(counts).filter(|(_, count)| **count > 0);
    let runs: Vec<Run> = runs
        .map(|(bucket, count)| Run {
            bucket,
            count: *count,
            is_partial: false,
        })
        .collect();
    let mut carried = add_level(adder, bases, indices, &runs, &mut sums);
    while !carried.runs.is_empty() {
        let indices = 0..carried.points.len() as u32;
        let indices: Vec<SignedIndex> = indices.map(SignedIndex::positive).collect();
        carried = add_level(adder, &carried.points, &indices, &carried.runs, &mut sums);
    }
    sums
}

/// Points that a level leaves for the next, where buckets have more than one or are in more than one block.
struct Carried<T> {
    points: Vec<T>,
    runs: Vec<Run>,
}

/// Adds the points of each block until few additions are left. The sums of buckets with one point left are stored, other
/// points are carried.
fn add_level<P: SWCurveConfig, A: BatchAdder<P>>(
    adder: &mut A,
    bases: &[A::Point],
    mut indices: &[SignedIndex],
    runs: &[Run],
    sums: &mut [A::Point],
) -> Carried<A::Point> {
    let max_size = (2 * A::BLOCK_BYTES / size_of::<A::Point>()).max(2);
    let min_additions = if indices.len() <= max_size {
        1
    } else {
        MIN_ADDITIONS
    };
    let mut carried = Carried {
        points: Vec::new(),
        runs: Vec::new(),
    };
    let mut points = vec![A::Point::default(); max_size.min(indices.len())];
    let mut pairs: Vec<Pair> = Vec::with_capacity(max_size / 2);
    let mut block: Vec<Run> = Vec::new();
    let mut size = 0;
    for run in runs {
        let mut left = run.count as usize;
        while left > 0 {
            let taken = left.min(max_size - size);
            block.push(Run {
                bucket: run.bucket,
                count: taken as u32,
                is_partial: run.is_partial || taken < run.count as usize,
            });
            (left, size) = (left - taken, size + taken);
            if size == max_size {
                let (these, others) = indices.split_at(size.min(indices.len()));
                let next = others.get(..max_size).unwrap_or(others);
                first_round(
                    adder,
                    bases,
                    (these, next),
                    &mut block,
                    (&mut points, &mut pairs),
                );
                later_rounds(adder, &mut block, min_additions, (&mut points, &mut pairs));
                store::<P, A>(&block, &points, sums, &mut carried);
                block.clear();
                (indices, size) = (others, 0);
            }
        }
    }
    first_round(
        adder,
        bases,
        (indices, &[]),
        &mut block,
        (&mut points, &mut pairs),
    );
    later_rounds(adder, &mut block, min_additions, (&mut points, &mut pairs));
    store::<P, A>(&block, &points, sums, &mut carried);
    carried
}

/// The first round of one block adds the bases at the indices `these`, while those of the next block are prefetched. `pairs`
/// is overwritten.
fn first_round<P: SWCurveConfig, A: BatchAdder<P>>(
    adder: &mut A,
    bases: &[A::Point],
    (these, next): (&[SignedIndex], &[SignedIndex]),
    block: &mut [Run],
    (points, pairs): (&mut [A::Point], &mut Vec<Pair>),
) {
    let (mut from, mut target) = (0, 0u32);
    pairs.clear();
    for run in block.iter_mut() {
        let these = these.get(from..from + run.count as usize).unwrap_or(&[]);
        from += run.count as usize;
        let (pairs_of_run, single) = these.as_chunks::<2>();
        for [left, right] in pairs_of_run {
            pairs.push(Pair {
                left: *left,
                right: *right,
                target,
            });
            target += 1;
        }
        if let [single] = single {
            if let Some(point) = points.get_mut(target as usize) {
                *point = A::signed_point(bases, *single);
            }
            target += 1;
        }
        run.count = run.count.div_ceil(2);
    }
    adder.add_bases(bases, points, pairs, next);
}

/// The other rounds of one block. At the end the points that are left follow each other, without identities, and the counts
/// of the runs are their numbers. `pairs` is overwritten.
fn later_rounds<P: SWCurveConfig, A: BatchAdder<P>>(
    adder: &mut A,
    block: &mut [Run],
    min_additions: u32,
    (points, pairs): (&mut [A::Point], &mut Vec<Pair>),
) {
    let spans: Vec<u32> = block.iter().map(|run| run.count).collect();
    while block.iter().map(|run| run.count / 2).sum::<u32>() >= min_additions {
        let mut from = 0;
        pairs.clear();
        for (run, span) in block.iter_mut().zip(&spans) {
            // The first with the last, the second with the last but one, and so on. A sum is written over the left point
            // of its own pair, which no other pair reads.
            for target in from..from + run.count / 2 {
                let other = 2 * from + run.count - 1 - target;
                let is_identity = |index| points.get(index as usize).is_none_or(A::is_identity);
                if is_identity(other) {
                    continue;
                }
                if is_identity(target) {
                    points.copy_within(other as usize..other as usize + 1, target as usize);
                    continue;
                }
                pairs.push(Pair {
                    left: SignedIndex::positive(target),
                    right: SignedIndex::positive(other),
                    target,
                });
            }
            run.count = run.count.div_ceil(2);
            from += span;
        }
        adder.add(points, pairs);
    }
    // Close the gaps between runs, and drop identities.
    let (mut from, mut target) = (0, 0);
    for (run, span) in block.iter_mut().zip(&spans) {
        let remaining = from as usize..(from + run.count) as usize;
        from += span;
        let before = target;
        for index in remaining {
            if let Some(point) = points.get(index).copied()
                && !A::is_identity(&point)
            {
                if let Some(slot) = points.get_mut(target) {
                    *slot = point;
                }
                target += 1;
            }
        }
        run.count = (target - before) as u32;
    }
}

/// Stores the points that are left of a block: as sums where they are complete, as carried points otherwise.
fn store<P: SWCurveConfig, A: BatchAdder<P>>(
    block: &[Run],
    points: &[A::Point],
    sums: &mut [A::Point],
    carried: &mut Carried<A::Point>,
) {
    let mut from = 0;
    for run in block {
        let these = points.get(from..from + run.count as usize).unwrap_or(&[]);
        from += these.len();
        match (these, sums.get_mut(run.bucket as usize)) {
            ([], _) => {}
            ([point], Some(sum)) if !run.is_partial => *sum = *point,
            _ => {
                carried.points.extend_from_slice(these);
                match carried.runs.last_mut() {
                    Some(last) if last.bucket == run.bucket => last.count += run.count,
                    _ => carried.runs.push(Run {
                        is_partial: false,
                        ..*run
                    }),
                }
            }
        }
    }
}
