//! What is computed to measure a machine: a run that fills a tier, and a sum like those of a proof.

use super::Backend;
use crate::circuit::tier::Tier;
use crate::lang::isa::Op;
use crate::lang::program::{Instruction, Program};
use ark_bls12_381::G1Projective;
use provable_msm::{G1Base, Scalar, g1_with, sample};

pub use provable_msm::processor;

/// Rows before the loop of [`workload`] and after it.
const OUTSIDE: usize = 3;
/// Rows of a round. It has eight steps, and its two PUSHes share the rows of the operations after them.
const ROUND: usize = 6;

/// A program without input whose run takes nearly all the rows of the tier. It counts down in a loop.
pub fn workload(tier: &Tier) -> Program {
    let rounds = tier.capacities.rows.saturating_sub(OUTSIDE) / ROUND;
    let rounds = u32::try_from(rounds).unwrap_or(u32::MAX).max(1);
    let lines = [
        (Op::Push, Some(0)),
        (Op::Push, Some(rounds)),
        (Op::Swap, Some(1)),
        (Op::Push, Some(3)),
        (Op::Add, None),
        (Op::Swap, Some(1)),
        (Op::Push, Some(1)),
        (Op::Sub, None),
        (Op::Dup, Some(0)),
        (Op::Jnz, Some(2)),
        (Op::Halt, None),
    ];
    Program::new(lines.map(|(op, operand)| (Instruction { op, operand }, 1)))
}

/// Does the work with this backend, and allows the fastest one afterwards. The limit is the process's, so whatever else
/// proves meanwhile is limited too.
pub fn with_backend<T>(backend: Backend, work: impl FnOnce() -> T) -> T {
    backend.set_limit();
    let result = work();
    if let Some(fastest) = Backend::ALL.last() {
        fastest.set_limit();
    }
    result
}

/// A sum Σ scalarᵢ·baseᵢ in G1 with scalars of full size: the work that most of a proof consists of.
pub struct SampleSum {
    bases: Vec<G1Base>,
    scalars: Vec<Scalar>,
}

impl SampleSum {
    /// A sum of so many terms.
    pub fn new(terms: usize) -> Self {
        let points = sample::points::<G1Projective>(terms);
        SampleSum {
            bases: points.iter().map(sample::g1_base).collect(),
            scalars: sample::scalars(terms),
        }
    }

    /// Computes the sum, on the threads of rayon's pool. It is the same with each backend.
    pub fn compute(&self, backend: Backend) -> G1Projective {
        g1_with(backend, &[(&self.bases, &self.scalars)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::circuit::fit::fit;
    use crate::circuit::tier::TIERS;
    use crate::vm::{Inputs, Limits};

    #[test]
    fn the_workload_fills_each_tier_but_for_a_round() {
        for tier in TIERS.iter().filter(|tier| tier.capacities.rows < 10_000) {
            let program = workload(tier);
            let fit = fit(&program, &Inputs::default(), Limits::default(), Some(tier));
            let rows = fit.unwrap().trace.usage().rows;
            let least = tier.capacities.rows - ROUND;
            assert!(rows > least, "{}: {rows} rows", tier.name);
        }
    }
}
