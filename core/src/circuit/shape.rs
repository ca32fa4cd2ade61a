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
    /// For runs that execute SHA256.
    Sha256,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Shape; 3] = [Shape::Plain, Shape::Wide, Shape::Sha256];

    /// The shapes of tiers for a run. Of two tiers with the same domain, the one of the earlier shape is taken. A tier
    /// with a table of SHA-256 is for runs that use it: for others, it has fewer rows than its domain allows.
    pub const fn suited(executes_sha256: bool) -> &'static [Shape] {
        match executes_sha256 {
            true => &[Shape::Sha256],
            false => &[Shape::Plain, Shape::Wide],
        }
    }

    /// Its name, in messages and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Shape::Plain => "plain",
            Shape::Wide => "wide",
            Shape::Sha256 => "sha256",
        }
    }

    /// What follows the number of rows in the name of a tier of this shape.
    pub const fn suffix(self) -> &'static str {
        match self {
            Shape::Plain => "",
            Shape::Wide => "-wide",
            Shape::Sha256 => "-sha256",
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
        // A block takes 30 to 50 rows: its words are read, stored and sometimes moved.
        Shape::Sha256 => (4, 8, 64, 128, 32, 64, 12),
    };
    let sha256 = match shape {
        Shape::Sha256 => at_least(1, rows / 48),
        _ => 0,
    };
    Capacities {
        rows,
        // A program without loops has as many entries as its run has rows.
        program: at_least(if rows < 64 { 64 } else { 128 }, rows / program),
        range_bits,
        // The words of the state, its initial value and a block take 32 cells.
        heap: match shape {
            Shape::Sha256 => at_least(64, rows / heap),
            _ => at_least(16, rows / heap),
        },
        stack: at_least(32, rows / stack),
        calls: at_least(8, rows / calls),
        arithmetic: at_least(12, rows / arithmetic),
        bitwise: at_least(12, rows / bitwise),
        compare: at_least(12, rows / compare),
        sha256,
    }
}
