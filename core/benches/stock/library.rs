//! The library's prover on our constraints, with the constant and the statement as its instance.

use crate::ours::Ours;
use crate::support::time;
use ark_bls12_381::{Bls12_381, Fr, G1Projective, G2Projective};
use ark_ec::VariableBaseMSM;
use ark_ff::{PrimeField, UniformRand};
use ark_groth16::r1cs_to_qap::{LibsnarkReduction, R1CSToQAP};
use ark_groth16::{Groth16, Proof, ProvingKey, prepare_verifying_key};
use ark_poly::GeneralEvaluationDomain;
use ark_relations::gr1cs::Matrix;
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use provable::circuit::arkworks::Synthesizer;
use rand::rngs::OsRng;
use std::time::{Duration, Instant};

type Stock = Groth16<Bls12_381>;

pub struct Library {
    key: ProvingKey<Bls12_381>,
    matrices: [Matrix<Fr>; 3],
    instance: usize,
    constraints: usize,
    assignment: Vec<Fr>,
    /// How long the key took to make, from the matrices on.
    pub setup: Duration,
}

impl Library {
    pub fn new(ours: &Ours) -> Self {
        let circuit = &ours.circuit;
        let coefficients = &circuit.matrices.coefficients;
        let constraints = circuit.matrices.constraints();
        let matrices = circuit.matrices.abc.each_ref().map(|matrix| {
            let row = |row| {
                let entries = matrix.row(row);
                let entry = |(column, index)| (coefficients[index as usize], column as usize);
                entries.map(entry).collect::<Vec<_>>()
            };
            (0..constraints).map(row).collect::<Vec<_>>()
        });
        let synthesis = Synthesizer::of(circuit);
        let start = Instant::now();
        let key = Stock::generate_random_parameters_with_reduction(synthesis, &mut OsRng);
        let setup = start.elapsed();
        let library = Library {
            key: key.unwrap(),
            setup,
            matrices,
            instance: circuit.layout.committed_start(),
            constraints,
            assignment: ours.assignment(),
        };
        library.prove();
        library
    }

    /// Points of the domain: a power of two that holds the constraints and a row for each public input.
    pub fn domain(&self) -> usize {
        (self.constraints + self.instance).next_power_of_two()
    }

    fn proof(&self) -> Proof<Bls12_381> {
        let (r, s) = (Fr::rand(&mut OsRng), Fr::rand(&mut OsRng));
        let proof = Stock::create_proof_with_reduction_and_matrices(
            &self.key,
            r,
            s,
            &self.matrices,
            self.instance,
            self.constraints,
            &self.assignment,
        );
        proof.unwrap()
    }

    /// The time of a proof. The proof is verified afterwards.
    pub fn prove(&self) -> Duration {
        let start = Instant::now();
        let proof = self.proof();
        let time = start.elapsed();
        let verifying = prepare_verifying_key(&self.key.vk);
        let statement = &self.assignment[1..self.instance];
        assert!(Stock::verify_proof(&verifying, &proof, statement).unwrap());
        time
    }

    /// The time of a verification, from the proof's bytes on, with a ready key.
    pub fn verification(&self) -> Duration {
        let proof = self.proof();
        let mut bytes = Vec::new();
        proof.serialize_compressed(&mut bytes).unwrap();
        let verifying = prepare_verifying_key(&self.key.vk);
        let statement = &self.assignment[1..self.instance];
        time(21, || {
            let proof = Proof::deserialize_compressed(&bytes[..]).unwrap();
            assert!(Stock::verify_proof(&verifying, &proof, statement).unwrap());
        })
    }

    /// The times of its parts. The library does not report them, so the same calls are made one by one.
    pub fn phases(&self) -> Vec<(String, Duration)> {
        let mut phases = Vec::new();
        let mut time = |name: &str, part: &mut dyn FnMut()| {
            let start = Instant::now();
            part();
            phases.push((name.to_string(), start.elapsed()));
        };
        let mut quotient = Vec::new();
        time("FFTs", &mut || {
            let found =
                LibsnarkReduction::witness_map_from_matrices::<Fr, GeneralEvaluationDomain<Fr>>(
                    &self.matrices,
                    self.instance,
                    self.constraints,
                    &self.assignment,
                );
            quotient = found.unwrap();
        });
        let scalars =
            |values: &[Fr]| -> Vec<_> { values.iter().map(|v| v.into_bigint()).collect() };
        let h = scalars(&quotient);
        let rest = scalars(&self.assignment[self.instance..]);
        // The library adds the constant's base by itself.
        let all = scalars(&self.assignment[1..]);
        let key = &self.key;
        let sum = |bases, scalars| {
            let _ = std::hint::black_box(G1Projective::msm_bigint(bases, scalars));
        };
        time("multiplication A", &mut || sum(&key.a_query[1..], &all));
        time("multiplication B in G1", &mut || {
            sum(&key.b_g1_query[1..], &all)
        });
        time("multiplication C", &mut || {
            sum(&key.l_query, &rest);
            sum(&key.h_query, &h);
        });
        time("multiplication B in G2", &mut || {
            let _ = std::hint::black_box(G2Projective::msm_bigint(&key.b_g2_query[1..], &all));
        });
        phases
    }
}
