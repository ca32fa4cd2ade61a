//! What a search found: counts by kind of mutation, and the counterexamples.

use super::incremental::Change;
use super::rewritten_runs::Run;
use crate::support::checker::Fault;
use provable::circuit::Family;
use std::collections::BTreeMap;
use std::fmt;

/// How many mutations of one kind came how far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub tried: u64,
    /// Every constraint that the mutation touches holds, except for the sums.
    pub local: u64,
    /// All constraints hold.
    pub accepted: u64,
}

/// An accepted witness whose trace is no run of the program.
#[derive(Clone, Debug)]
pub struct Counterexample {
    pub seed: u64,
    /// The number of the mutation within the seed.
    pub number: u64,
    pub kind: &'static str,
    pub run: Run,
    pub fault: Fault,
    pub change: Change,
    /// Block, row, column and value of each change.
    pub places: Vec<String>,
}

impl fmt::Display for Counterexample {
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

/// Counts by kind, and the counterexamples.
#[derive(Debug, Default)]
pub struct Report {
    pub programs: u64,
    pub counts: BTreeMap<&'static str, Counts>,
    /// Refused mutations by the first violated family.
    pub refused: BTreeMap<Family, u64>,
    /// Candidates that the full matrices refuse. Each would be an error of the incremental judgement.
    pub misjudged: u64,
    /// The first few counterexamples.
    pub counterexamples: Vec<Counterexample>,
    pub counterexample_count: u64,
}

/// FalseClaims that are kept whole, so that memory stays constant.
const KEPT: usize = 20;

impl Report {
    pub fn tried(&self) -> u64 {
        self.counts.values().map(|counts| counts.tried).sum()
    }

    pub fn record(&mut self, found: Counterexample) {
        self.counterexample_count += 1;
        if self.counterexamples.len() < KEPT {
            self.counterexamples.push(found);
        }
    }

    pub fn merge(&mut self, other: Report) {
        self.programs += other.programs;
        for (kind, counts) in other.counts {
            let sum = self.counts.entry(kind).or_default();
            sum.tried += counts.tried;
            sum.local += counts.local;
            sum.accepted += counts.accepted;
        }
        for (family, count) in other.refused {
            *self.refused.entry(family).or_default() += count;
        }
        self.misjudged += other.misjudged;
        self.counterexample_count +=
            other.counterexample_count - other.counterexamples.len() as u64;
        other
            .counterexamples
            .into_iter()
            .for_each(|found| self.record(found));
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} programs, {} mutants", self.programs, self.tried())?;
        writeln!(
            f,
            "{:16} {:>12} {:>12} {:>12}",
            "kind", "tried", "local", "accepted"
        )?;
        for (kind, counts) in &self.counts {
            let Counts {
                tried,
                local,
                accepted,
            } = counts;
            writeln!(f, "{kind:16} {tried:12} {local:12} {accepted:12}")?;
        }
        let refused = self.refused.iter();
        let refused: Vec<String> = refused
            .map(|(family, count)| format!("{family:?} {count}"))
            .collect();
        writeln!(f, "refused first by: {}", refused.join(", "))?;
        for found in &self.counterexamples {
            writeln!(f, "COUNTEREXAMPLE: {found}")?;
        }
        write!(
            f,
            "{} counterexamples, {} misjudged",
            self.counterexample_count, self.misjudged
        )
    }
}
