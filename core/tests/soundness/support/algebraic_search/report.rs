//! What a search found: counts, and the counterexamples.

use crate::support::checker::Fault;
use ark_bls12_381::Fr;
use provable::circuit::Family;
use provable::lang::program::Program;
use std::collections::BTreeMap;
use std::fmt;

/// How many attempts came how far.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub programs: u64,
    pub paths: u64,
    /// Paths whose rows' constraints contradict one another.
    pub refused: u64,
    /// Paths whose rows' constraints do not contradict one another.
    pub skeletons: u64,
    pub matchings: u64,
    /// Matchings in which everything is matched and no equation fails.
    pub solvable: u64,
    /// Matchings with small integers for all that must be small.
    pub feasible: u64,
    /// Those that are runs of the program.
    pub runs: u64,
    /// Those that are no runs, and were checked with the full matrices.
    pub asked: u64,
    pub counterexamples: Vec<Counterexample>,
    /// The families that refused what is no run.
    pub violations: BTreeMap<Family, u64>,
}

/// An accepted assignment that is no run of the program.
#[derive(Clone, Debug)]
pub struct Counterexample {
    pub seed: u64,
    pub fault: Fault,
    pub program: Program,
    pub outputs: Vec<u32>,
    /// Its rows, position changes and unusual matches, in words.
    pub description: String,
    pub assignment: Vec<Fr>,
}

impl fmt::Display for Counterexample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "seed {}: {}; {}",
            self.seed, self.fault, self.description
        )
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} programs, {} paths, ", self.programs, self.paths)?;
        write!(
            f,
            "{} skeletons and {} refused, ",
            self.skeletons, self.refused
        )?;
        write!(
            f,
            "{} matchings, {} solvable, ",
            self.matchings, self.solvable
        )?;
        write!(
            f,
            "{} in range, {} of them runs, ",
            self.feasible, self.runs
        )?;
        write!(
            f,
            "{} checked, {} counterexamples; ",
            self.asked,
            self.counterexamples.len()
        )?;
        write!(f, "refused by: {:?}", self.violations)
    }
}
