//! The shapes of tiers: how many rows each table has for the rows of a tier.

use super::layout::Capacities;

/// A shape of tiers. Programs differ in the tables that they fill: with the fractions of one shape a run of bitwise
/// operations would take a tier of two or four times its steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// For runs of jumps, comparisons and memory: few products and few bitwise operations.
    Plain,
    /// For runs of arithmetic and bitwise operations, and for programs without loops.
    Wide,
}

impl Shape {
    /// Every shape. Of two tiers with the same domain, the one of the earlier shape is taken.
    pub const ALL: [Shape; 2] = [Shape::Plain, Shape::Wide];

    /// Its name, in messages and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Shape::Plain => "plain",
            Shape::Wide => "wide",
        }
    }

    /// What follows the number of rows in the name of a tier of this shape.
    pub const fn suffix(self) -> &'static str {
        match self {
            Shape::Plain => "",
            Shape::Wide => "-wide",
        }
    }
}

/// The capacities of a tier with this many rows, of a shape. The fractions were fitted to programs for hashing, big
/// numbers, sorting and searching: together, the two shapes take about a tenth more constraints than tables that each
/// program fills exactly. The minima are what small programs use.
pub const fn capacities(rows: usize, range_bits: u32, shape: Shape) -> Capacities {
    const fn at_least(least: usize, value: usize) -> usize {
        if value < least { least } else { value }
    }
    let (program, heap, stack, calls, arithmetic, bitwise, compare) = match shape {
        Shape::Plain => (8, 8, 64, 128, 16, 32, 6),
        Shape::Wide => (4, 16, 32, 128, 6, 4, 8),
    };
    Capacities {
        rows,
        // A program without loops has as many entries as its run has rows.
        program: at_least(128, rows / program),
        range_bits,
        heap: at_least(16, rows / heap),
        stack: at_least(32, rows / stack),
        calls: at_least(8, rows / calls),
        arithmetic: at_least(12, rows / arithmetic),
        bitwise: at_least(12, rows / bitwise),
        compare: at_least(12, rows / compare),
        sha256: 0,
    }
}
