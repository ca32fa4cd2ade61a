//! One window: its points go into buckets by digit, and the buckets' sums are weighed by their digits.

use super::adder::Adder;
use super::digits::Digits;
use super::rounds::sums;
use ark_ec::short_weierstrass::{Projective, SWCurveConfig};

/// What one thread does: a window's share of the terms.
#[derive(Clone, Copy)]
pub(crate) struct Task {
    pub(crate) window: u32,
    pub(crate) share: usize,
    pub(crate) shares: usize,
}

/// Points whose sum, the i-th times 2^i, is Σ digitᵢ·baseᵢ of a window, over the terms of a share.
pub(crate) fn sum<P: SWCurveConfig, A: Adder<P>>(
    adder: &mut A,
    bases: &[A::Point],
    digits: &Digits,
    task: Task,
) -> Vec<Projective<P>> {
    let bucket = |digit: u32| (digit as usize).wrapping_sub(1);
    // A sorted list of bases, those of a bucket ending at its end.
    let mut ends = vec![0u32; 1 << (digits.width() - 1)];
    for entry in digits.of(task) {
        if let Some(count) = ends.get_mut(bucket(entry.digit)) {
            *count += 1;
        }
    }
    while ends.last() == Some(&0) {
        ends.pop();
    }
    let counts = ends.clone();
    let mut total = 0;
    for end in &mut ends {
        (*end, total) = (total, total + *end);
    }
    if total == 0 {
        return Vec::new();
    }
    let mut sorted = vec![0u32; total as usize];
    for entry in digits.of(task) {
        if let Some(place) = ends.get_mut(bucket(entry.digit)) {
            if let Some(slot) = sorted.get_mut(*place as usize) {
                *slot = entry.code;
            }
            *place += 1;
        }
    }
    let sums = sums(adder, bases, &sorted, &counts);
    weigh(adder, &sums, digits.width())
}

/// Σ (i + 1)·sumᵢ, in points as [`sum`] gives them.
///
/// A weight is a row and a column, its upper and its lower bits. So the sums are added up by row and by column, in which
/// no addition waits for another, and then the few rows and columns by the bits that they have.
fn weigh<P: SWCurveConfig, A: Adder<P>>(
    adder: &mut A,
    points: &[A::Point],
    width: u32,
) -> Vec<Projective<P>> {
    let low = width / 2;
    let is_there = |place: &usize| points.get(*place).is_some_and(|p| !A::is_identity(p));
    let rows = (points.len() >> low) + 1;
    let columns = 1usize << low;
    let (mut codes, mut counts) = (Vec::new(), Vec::new());
    let mut group = |places: &mut dyn Iterator<Item = usize>| {
        let before = codes.len();
        codes.extend(places.filter(is_there).map(|place| (place as u32) << 1));
        counts.push((codes.len() - before) as u32);
    };
    for row in 0..rows {
        let start = row << low;
        group(&mut (start.max(1)..start + columns).map(|weight| weight - 1));
    }
    for column in 0..columns {
        let first = (column + columns - 1) % columns;
        group(&mut (first..points.len()).step_by(columns));
    }
    let sums_of_both = sums(adder, points, &codes, &counts);

    let (mut codes, mut counts) = (Vec::new(), Vec::new());
    let (by_row, by_column) = sums_of_both.split_at(rows.min(sums_of_both.len()));
    for bit in 0..width {
        // Bits of the weights, then of the rows and columns.
        let (sums, bit, offset) = match bit < low {
            true => (by_column, bit, rows),
            false => (by_row, bit - low, 0),
        };
        let before = codes.len();
        let with_bit = (0..).zip(sums).filter(|(place, sum)| {
            let place: &usize = place;
            place >> bit & 1 == 1 && !A::is_identity(sum)
        });
        codes.extend(with_bit.map(|(place, _)| ((place + offset) as u32) << 1));
        counts.push((codes.len() - before) as u32);
    }
    let sums = sums(adder, &sums_of_both, &codes, &counts);
    sums.iter().map(A::projective).collect()
}
