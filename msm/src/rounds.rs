//! Sums of the points of many buckets: as in a tournament, in rounds of pairs, of which all that do not depend on each
//! other share inversions.

use super::adder::{Adder, Match};
use ark_ec::short_weierstrass::SWCurveConfig;

/// Bytes of the points of a block after its first round, about: they stay in the cache of a core.
const BLOCK: usize = 192 << 10;
/// With less additions a round of a block is not worth its inversion: its points wait for those of other blocks.
const FEW: u32 = 192;

/// Points that follow each other and belong to one bucket.
#[derive(Clone, Copy)]
struct Run {
    bucket: u32,
    count: u32,
    /// Whether others of the bucket may be in other blocks.
    is_part: bool,
}

/// The sum of each bucket, the identity where there is nothing. `counts` says how many of the codes belong to each, one
/// bucket after the other. No base is the identity.
pub(crate) fn sums<P: SWCurveConfig, A: Adder<P>>(
    adder: &mut A,
    bases: &[A::Point],
    codes: &[u32],
    counts: &[u32],
) -> Vec<A::Point> {
    let mut sums = vec![A::Point::default(); counts.len()];
    let runs = (0..).zip(counts).filter(|(_, count)| **count > 0);
    let runs: Vec<Run> = runs
        .map(|(bucket, count)| Run {
            bucket,
            count: *count,
            is_part: false,
        })
        .collect();
    let mut waiting = level(adder, bases, codes, &runs, &mut sums);
    while !waiting.runs.is_empty() {
        let codes: Vec<u32> = (0..waiting.points.len() as u32).map(|at| at << 1).collect();
        waiting = level(adder, &waiting.points, &codes, &waiting.runs, &mut sums);
    }
    sums
}

/// Points that are left of buckets, when no block has many of them any more.
struct Waiting<T> {
    points: Vec<T>,
    runs: Vec<Run>,
}

/// Adds up in blocks, until each has little left. Buckets of which one point is left are done.
fn level<P: SWCurveConfig, A: Adder<P>>(
    adder: &mut A,
    bases: &[A::Point],
    mut codes: &[u32],
    runs: &[Run],
    sums: &mut [A::Point],
) -> Waiting<A::Point> {
    let most = (2 * BLOCK / size_of::<A::Point>()).max(2);
    let few = if codes.len() <= most { 1 } else { FEW };
    let mut waiting = Waiting {
        points: Vec::new(),
        runs: Vec::new(),
    };
    let mut points = vec![A::Point::default(); most.min(codes.len())];
    let mut block: Vec<Run> = Vec::new();
    let mut size = 0;
    for run in runs {
        let mut left = run.count as usize;
        while left > 0 {
            let some = left.min(most - size);
            block.push(Run {
                bucket: run.bucket,
                count: some as u32,
                is_part: run.is_part || some < run.count as usize,
            });
            (left, size) = (left - some, size + some);
            if size == most {
                let (these, others) = codes.split_at(size.min(codes.len()));
                play(adder, bases, these, &mut block, few, &mut points);
                store::<P, A>(&block, &points, sums, &mut waiting);
                block.clear();
                (codes, size) = (others, 0);
            }
        }
    }
    play(adder, bases, codes, &mut block, few, &mut points);
    store::<P, A>(&block, &points, sums, &mut waiting);
    waiting
}

/// Rounds of one block, the first from the bases. A run's points come to lie where its first was, and its count says how
/// many are left.
fn play<P: SWCurveConfig, A: Adder<P>>(
    adder: &mut A,
    bases: &[A::Point],
    codes: &[u32],
    block: &mut [Run],
    few: u32,
    points: &mut [A::Point],
) {
    let (mut from, mut to) = (0, 0u32);
    for run in block.iter_mut() {
        let these = codes.get(from..from + run.count as usize).unwrap_or(&[]);
        from += run.count as usize;
        let (pairs, single) = these.as_chunks::<2>();
        for [left, right] in pairs {
            let (left, right) = (*left, *right);
            adder.add::<true>(bases, points, Match { left, right, to });
            to += 1;
        }
        if let [single] = single {
            if let Some(point) = points.get_mut(to as usize) {
                *point = A::signed(bases, *single);
            }
            to += 1;
        }
        run.count = run.count.div_ceil(2);
    }
    adder.settle::<true>(bases, points);
    let all: Vec<u32> = block.iter().map(|run| run.count).collect();
    while block.iter().map(|run| run.count / 2).sum::<u32>() >= few {
        let mut from = 0;
        for (run, all) in block.iter_mut().zip(&all) {
            // From both ends: what is written has been read in this round, or was read for nothing else.
            for to in from..from + run.count / 2 {
                let (left, right) = (to << 1, (2 * from + run.count - 1 - to) << 1);
                adder.add::<false>(&[], points, Match { left, right, to });
            }
            run.count = run.count.div_ceil(2);
            from += all;
        }
        adder.settle::<false>(&[], points);
    }
    // Only now do the counts say where points lie.
    let (mut from, mut to) = (0, 0);
    for (run, all) in block.iter_mut().zip(&all) {
        let left = from as usize..(from + run.count) as usize;
        from += all;
        let before = to;
        for place in left {
            if let Some(point) = points.get(place).copied() {
                if !A::is_identity(&point) {
                    if let Some(slot) = points.get_mut(to) {
                        *slot = point;
                    }
                    to += 1;
                }
            }
        }
        run.count = (to - before) as u32;
    }
}

/// What is left of a block's runs goes to the sums, or waits.
fn store<P: SWCurveConfig, A: Adder<P>>(
    block: &[Run],
    points: &[A::Point],
    sums: &mut [A::Point],
    waiting: &mut Waiting<A::Point>,
) {
    let mut from = 0;
    for run in block {
        let these = points.get(from..from + run.count as usize).unwrap_or(&[]);
        from += these.len();
        match (these, sums.get_mut(run.bucket as usize)) {
            ([], _) => {}
            ([one], Some(sum)) if !run.is_part => *sum = *one,
            _ => {
                waiting.points.extend_from_slice(these);
                match waiting.runs.last_mut() {
                    Some(last) if last.bucket == run.bucket => last.count += run.count,
                    _ => waiting.runs.push(Run {
                        is_part: false,
                        ..*run
                    }),
                }
            }
        }
    }
}
