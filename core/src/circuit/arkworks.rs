//! The circuit in arkworks' terms: an [`ark_relations`] [`ConstraintSynthesizer`].
//!
//! There is no implementation of `ark_snark::SNARK`. Its verifier takes the public input from its caller as field
//! elements. Here three of the statement's five elements are challenges, and the verifier has to compute them from the
//! proof's commitment: a verifier that took them from its caller would accept false statements. Its prover takes any
//! synthesizer with a full assignment; here the assignment depends on challenges that depend on the commitment to a part
//! of it. What fits is this synthesizer: any analyser, or any proof system without a committed block, can take it.

use super::statement::{Challenges, StatementError, statement};
use super::{Circuit, ExecutionTrace, Shortage};
use crate::lang::program::Program;
use ark_bls12_381::Fr;
use ark_relations::gr1cs::{
    ConstraintSynthesizer, ConstraintSystemRef, LinearCombination, SynthesisError, Variable,
};
use thiserror::Error;

/// Why a run has no assignment.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AssignmentError {
    /// The run does not fit the circuit.
    #[error("{0}")]
    TooLarge(#[from] Shortage),
    /// The program or a tape does not fit the circuit, or a challenge is a pole.
    #[error("{0}")]
    Statement(#[from] StatementError),
}

/// A circuit's constraints, with an assignment of its variables or without one.
#[derive(Clone, Debug)]
pub struct Synthesizer<'a> {
    circuit: &'a Circuit,
    assignment: Option<Vec<Fr>>,
    instance: usize,
}

impl<'a> Synthesizer<'a> {
    /// The constraints alone, as a setup takes them.
    pub fn of(circuit: &'a Circuit) -> Self {
        Synthesizer {
            circuit,
            assignment: None,
            instance: circuit.layout.committed_start(),
        }
    }

    /// The constraints with any assignment: one value for each variable, and 1 for the first.
    pub fn with_assignment(circuit: &'a Circuit, assignment: Vec<Fr>) -> Self {
        Synthesizer {
            assignment: Some(assignment),
            ..Synthesizer::of(circuit)
        }
    }

    /// The constraints with the assignment of a run at these challenges. The blinding variable is zero, so a commitment
    /// to this assignment hides nothing.
    ///
    /// # Errors
    /// When the run does not fit, or a challenge is a pole.
    pub fn of_run(
        circuit: &'a Circuit,
        program: &Program,
        public_input: &[u32],
        trace: &ExecutionTrace,
        challenges: &Challenges,
    ) -> Result<Self, AssignmentError> {
        let mut assignment = trace.commit(&circuit.layout)?;
        let capacities = circuit.layout.capacities;
        let statement = statement(
            program,
            public_input,
            &trace.outputs,
            &capacities,
            challenges,
        )?;
        for (slot, value) in assignment.iter_mut().skip(1).zip(statement) {
            *slot = value;
        }
        circuit.derive(&mut assignment);
        Ok(Synthesizer::with_assignment(circuit, assignment))
    }

    /// The same, with the committed block as part of the instance. This is for callers who examine the commitment.
    pub fn with_committed_instance(mut self) -> Self {
        self.instance = self.circuit.layout.committed_end();
        self
    }
}

impl ConstraintSynthesizer<Fr> for Synthesizer<'_> {
    fn generate_constraints(self, cs: ConstraintSystemRef<Fr>) -> Result<(), SynthesisError> {
        let Synthesizer {
            circuit,
            assignment,
            instance,
        } = self;
        let value = |index: usize| {
            let values = assignment.as_ref();
            let values = values.ok_or(SynthesisError::AssignmentMissing)?;
            values
                .get(index)
                .copied()
                .ok_or(SynthesisError::AssignmentMissing)
        };
        for index in 1..instance {
            let _ = cs.new_input_variable(|| value(index))?;
        }
        for index in instance..circuit.variables {
            let _ = cs.new_witness_variable(|| value(index))?;
        }
        let matrices = &circuit.matrices;
        let combination = |matrix: usize, row: usize| {
            let term = |(column, coefficient): (u32, u32)| {
                let coefficient = matrices.coefficients.get(coefficient as usize);
                let variable = match column as usize {
                    0 => Variable::One,
                    column if column < instance => Variable::instance(column),
                    column => Variable::witness(column - instance),
                };
                (coefficient.copied().unwrap_or_default(), variable)
            };
            let rows = matrices.abc.get(matrix).into_iter();
            LinearCombination(rows.flat_map(|matrix| matrix.row(row)).map(term).collect())
        };
        for row in 0..matrices.constraints() {
            cs.enforce_r1cs_constraint(
                || combination(0, row),
                || combination(1, row),
                || combination(2, row),
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::circuit::tier::TIERS;
    use crate::vm::{Inputs, Limits};
    use ark_ff::UniformRand;
    use ark_relations::gr1cs::ConstraintSystem;
    use rand::rngs::OsRng;

    #[test]
    fn a_runs_assignment_satisfies_the_synthesized_constraints_and_a_changed_one_does_not() {
        let circuit = Circuit::new(TIERS[0].capacities).unwrap();
        let program: Program = "READ\nSECRET\nADD\nWRITE".parse().unwrap();
        let inputs = Inputs::new([1], [2]);
        let trace = ExecutionTrace::new(&program, &inputs, Limits::default()).unwrap();
        let [gamma, beta, rho] = [(); 3].map(|()| Fr::rand(&mut OsRng));
        let challenges = Challenges { gamma, beta, rho };
        let honest =
            Synthesizer::of_run(&circuit, &program, &inputs.public, &trace, &challenges).unwrap();
        let system = |synthesizer: Synthesizer| {
            let cs = ConstraintSystem::<Fr>::new_ref();
            synthesizer.generate_constraints(cs.clone()).unwrap();
            cs
        };
        let cs = system(honest.clone());
        assert!(cs.is_satisfied().unwrap());
        assert_eq!(cs.num_constraints(), circuit.matrices.constraints());
        assert_eq!(
            cs.num_instance_variables(),
            circuit.layout.committed_start()
        );

        // The public output is 3; the same assignment with another output's statement is refused.
        let mut outputs = trace.outputs.clone();
        outputs[0] += 1;
        let capacities = &circuit.layout.capacities;
        let public = &inputs.public;
        let other = statement(&program, public, &outputs, capacities, &challenges).unwrap();
        let mut changed = honest;
        let values = changed.assignment.as_mut().unwrap();
        values[1..=other.len()].copy_from_slice(&other);
        assert!(!system(changed).is_satisfied().unwrap());
    }

    #[test]
    fn a_run_that_does_not_fit_has_no_assignment() {
        let circuit = Circuit::new(TIERS[0].capacities).unwrap();
        let program: Program = "NOP\n".repeat(200).parse().unwrap();
        let trace = ExecutionTrace::new(&program, &Inputs::default(), Limits::default()).unwrap();
        let challenges = Challenges {
            gamma: Fr::from(7),
            beta: Fr::from(11),
            rho: Fr::from(13),
        };
        let refused = Synthesizer::of_run(&circuit, &program, &[], &trace, &challenges);
        assert!(matches!(refused, Err(AssignmentError::TooLarge(_))));
    }
}
