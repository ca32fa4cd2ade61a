//! What a search found, in numbers, and the lies.

use crate::support::checker::Fault;
use ark_bls12_381::Fr;
use provable::circuit::Family;
use provable::lang::program::Program;
use std::collections::BTreeMap;
use std::fmt;

/// What became of what was tried.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub programs: u64,
    pub paths: u64,
    /// Paths whose rows' constraints contradict one another.
    pub refused: u64,
    /// Paths whose rows' constraints do not.
    pub skeletons: u64,
    pub matchings: u64,
    /// Everything is matched and no equation fails.
    pub solvable: u64,
    /// Small integers are found for what must be small.
    pub feasible: u64,
    /// Of those, runs of the program.
    pub runs: u64,
    /// What is no run and the full matrices were asked about.
    pub asked: u64,
    pub lies: Vec<Lie>,
    /// The families that object to what is no run.
    pub objections: BTreeMap<Family, u64>,
}

/// An accepted assignment that is no run.
#[derive(Clone, Debug)]
pub struct Lie {
    pub seed: u64,
    pub fault: Fault,
    pub program: Program,
    pub outputs: Vec<u32>,
    /// Rows, trades and odd matches, in words.
    pub told: String,
    pub assignment: Vec<Fr>,
}

impl fmt::Display for Lie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seed {}: {}; {}", self.seed, self.fault, self.told)
    }
}

impl fmt::Display for Tally {
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
        write!(f, "{} asked, {} lies; ", self.asked, self.lies.len())?;
        write!(f, "objections: {:?}", self.objections)
    }
}
