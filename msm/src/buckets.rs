//! One window: its points go into buckets by digit, and the buckets' sums are weighed by their digits.

use super::digits::Digits;
use super::fp::{prefetch, Coordinate};
use super::tournament::{Point, Tournament};
use ark_ec::short_weierstrass::{Affine, Projective, SWCurveConfig};
use ark_ff::{AdditiveGroup, Zero};

/// Bytes of points that are summed in one go, about: a block stays in the cache of a core.
const BLOCK: usize = 288 << 10;
/// How many bases before it is read one is asked for.
const AHEAD: usize = 12;
/// Runs of buckets that are weighed side by side, so that their additions share inversions.
const RUNS: usize = 64;

/// Σ digitᵢ·baseᵢ of one window.
pub(crate) fn sum<P, F>(bases: &[Affine<P>], digits: &Digits, window: u32) -> Projective<P>
where
    P: SWCurveConfig,
    F: Coordinate<Element = P::BaseField>,
{
    let buckets = 1usize << (digits.width() - 1);
    // A sorted list of bases, those of bucket d − 1 ending at ends[d − 1].
    let mut ends = vec![0u32; buckets];
    for entry in digits.of(window) {
        if let Some(count) = ends.get_mut(entry.digit as usize - 1) {
            *count += 1;
        }
    }
    let mut counts = ends.clone();
    let mut total = 0;
    for end in &mut ends {
        (*end, total) = (total, total + *end);
    }
    if total == 0 {
        return Projective::zero();
    }
    let mut sorted = vec![0u32; total as usize];
    for entry in digits.of(window) {
        if let Some(place) = ends.get_mut(entry.digit as usize - 1) {
            if let Some(slot) = sorted.get_mut(*place as usize) {
                *slot = entry.base << 1 | u32::from(entry.is_negative);
            }
            *place += 1;
        }
    }

    let mut tournament = Tournament::<F>::new();
    let mut sums: Vec<Point<F>> = Vec::with_capacity(buckets);
    let most = BLOCK / size_of::<Point<F>>();
    let mut points: Vec<Point<F>> = Vec::with_capacity(most);
    let mut sorted = sorted.as_slice();
    let mut rest = counts.as_mut_slice();
    while !rest.is_empty() {
        let (mut block, mut size) = (0, 0);
        for count in rest.iter() {
            if block > 0 && size + *count as usize > most {
                break;
            }
            block += 1;
            size += *count as usize;
        }
        let (counts, later) = rest.split_at_mut(block);
        rest = later;
        let (these, others) = sorted.split_at(size.min(sorted.len()));
        sorted = others;
        points.clear();
        for (place, code) in these.iter().enumerate() {
            let soon = these.get(place + AHEAD).map(|code| *code >> 1);
            if let Some(base) = soon.and_then(|soon| bases.get(soon as usize)) {
                prefetch(base);
            }
            points.push(point::<P, F>(bases, *code));
        }
        for (point, code) in points.iter_mut().zip(these) {
            if code & 1 == 1 {
                let y = point.y;
                point.y.subtract(&F::default(), &y);
            }
        }
        let occupied: Vec<bool> = counts.iter().map(|count| *count > 0).collect();
        tournament.play(&mut points, counts);
        let mut winners = points.iter();
        sums.extend(occupied.iter().map(|occupied| match occupied {
            true => winners.next().copied().unwrap_or_default(),
            false => Point::default(),
        }));
    }
    weigh(&mut tournament, sums)
}

/// A base, as it is.
fn point<P, F>(bases: &[Affine<P>], code: u32) -> Point<F>
where
    P: SWCurveConfig,
    F: Coordinate<Element = P::BaseField>,
{
    let base = bases.get((code >> 1) as usize);
    base.map_or(Point::default(), |base| Point {
        x: F::from_element(&base.x),
        y: F::from_element(&base.y),
    })
}

/// Σ (i + 1)·sumᵢ. In each of some runs of consecutive buckets, from the last to the first, the sum of what was
/// seen is added up: that weighs a bucket by its place in the run. Then the runs' own sums are weighed by where the
/// runs begin.
fn weigh<P, F>(tournament: &mut Tournament<F>, mut sums: Vec<Point<F>>) -> Projective<P>
where
    P: SWCurveConfig,
    F: Coordinate<Element = P::BaseField>,
{
    while sums.last().is_some_and(Point::is_identity) {
        sums.pop();
    }
    let length = sums.len().div_ceil(RUNS).max(1);
    let runs = sums.len().div_ceil(length);
    // The places after the buckets: seen[run], then weighed[run].
    let seen = (runs * length) as u32;
    let weighed = seen + runs as u32;
    sums.resize(weighed as usize + runs, Point::default());
    for place in (0..length).rev() {
        for run in 0..runs as u32 {
            let bucket = run * length as u32 + place as u32;
            tournament.add(&mut sums, seen + run, bucket, seen + run);
        }
        tournament.settle(&mut sums);
        for run in 0..runs as u32 {
            tournament.add(&mut sums, weighed + run, seen + run, weighed + run);
        }
        tournament.settle(&mut sums);
    }
    let projective = |point: &Point<F>| match point.is_identity() {
        true => Projective::<P>::zero(),
        false => Affine::new_unchecked(point.x.element(), point.y.element()).into(),
    };
    let (seen, weighed) = sums
        .get(seen as usize..)
        .unwrap_or(&[])
        .split_at(runs.min(sums.len()));
    // Σ run·seen[run]
    let (mut running, mut total) = (Projective::<P>::zero(), Projective::<P>::zero());
    for seen in seen.iter().skip(1).rev() {
        running += projective(seen);
        total += running;
    }
    // Times the length of a run.
    let mut scaled = Projective::<P>::zero();
    for bit in (0..usize::BITS - length.leading_zeros()).rev() {
        scaled.double_in_place();
        if length >> bit & 1 == 1 {
            scaled += total;
        }
    }
    weighed
        .iter()
        .fold(scaled, |sum, weighed| sum + projective(weighed))
}
