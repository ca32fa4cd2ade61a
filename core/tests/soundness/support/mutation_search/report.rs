//! What a search found: tallies by kind of change, and the lies.

use super::forged::Run;
use super::local::Change;
use crate::support::checker::Fault;
use provable::circuit::Family;
use std::collections::BTreeMap;
use std::fmt;

/// What became of the changes of one kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub tried: u64,
    /// Every constraint that the change touches holds, sums aside.
    pub local: u64,
    /// All constraints hold.
    pub accepted: u64,
}

/// An accepted change whose trace is no run.
#[derive(Clone, Debug)]
pub struct Lie {
    pub seed: u64,
    /// Which of the seed's changes.
    pub number: u64,
    pub kind: &'static str,
    pub run: Run,
    pub fault: Fault,
    pub change: Change,
    /// Block, row, column and value of each change.
    pub places: Vec<String>,
}

impl fmt::Display for Lie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seed, number, kind, fault) = (self.seed, self.number, self.kind, self.fault);
        write!(
            f,
            "seed {seed}, change {number} ({kind}): {fault}; {:?}; ",
            self.run
        )?;
        write!(
            f,
            "output {:?}; {}",
            self.change.output,
            self.places.join(", ")
        )
    }
}

/// Tallies by kind, and the lies.
#[derive(Debug, Default)]
pub struct Found {
    pub programs: u64,
    pub tallies: BTreeMap<&'static str, Tally>,
    /// Changes refused, by the first family found to refuse them.
    pub refused: BTreeMap<Family, u64>,
    /// Candidates that the full matrices refuse: the quick judgement would be wrong.
    pub misjudged: u64,
    /// The first few lies.
    pub lies: Vec<Lie>,
    pub lies_in_all: u64,
}

/// Lies that are kept whole, so that memory stays constant.
const KEPT: usize = 20;

impl Found {
    pub fn tried(&self) -> u64 {
        self.tallies.values().map(|tally| tally.tried).sum()
    }

    pub fn tell(&mut self, lie: Lie) {
        self.lies_in_all += 1;
        if self.lies.len() < KEPT {
            self.lies.push(lie);
        }
    }

    pub fn merge(&mut self, other: Found) {
        self.programs += other.programs;
        for (kind, tally) in other.tallies {
            let sum = self.tallies.entry(kind).or_default();
            sum.tried += tally.tried;
            sum.local += tally.local;
            sum.accepted += tally.accepted;
        }
        for (family, count) in other.refused {
            *self.refused.entry(family).or_default() += count;
        }
        self.misjudged += other.misjudged;
        self.lies_in_all += other.lies_in_all - other.lies.len() as u64;
        other.lies.into_iter().for_each(|lie| self.tell(lie));
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} programs, {} mutants", self.programs, self.tried())?;
        writeln!(
            f,
            "{:16} {:>12} {:>12} {:>12}",
            "kind", "tried", "local", "accepted"
        )?;
        for (kind, tally) in &self.tallies {
            let Tally {
                tried,
                local,
                accepted,
            } = tally;
            writeln!(f, "{kind:16} {tried:12} {local:12} {accepted:12}")?;
        }
        let refused = self.refused.iter();
        let refused: Vec<String> = refused
            .map(|(family, count)| format!("{family:?} {count}"))
            .collect();
        writeln!(f, "refused first by: {}", refused.join(", "))?;
        for lie in &self.lies {
            writeln!(f, "LIE: {lie}")?;
        }
        write!(f, "{} lies, {} misjudged", self.lies_in_all, self.misjudged)
    }
}
