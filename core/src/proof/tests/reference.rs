//! The library's Groth16 on the circuit's constraints. Key generation and prover must agree with it.
#![allow(clippy::unwrap_used)]

use crate::circuit::ExecutionTrace;
use crate::circuit::arkworks::Synthesizer;
use crate::circuit::statement::{Challenges, statement};
use crate::circuit::{Capacities, Circuit};
use crate::lang::isa::Op;
use crate::lang::program::{Instruction, Program};
use crate::progress::Silent;
use crate::proof::multiply::multiply;
use crate::proof::progress::ProgressRange;
use crate::proof::reduction::{domain, products_on_coset};
use crate::proof::setup::generate;
use crate::proof::trapdoors::Trapdoors;
use crate::vm::{Inputs, Limits};
use ark_bls12_381::{Bls12_381, Fr, G1Affine};
use ark_ec::CurveGroup;
use ark_ff::{FftField, Field, PrimeField, UniformRand, Zero};
use ark_groth16::Groth16;
use ark_groth16::r1cs_to_qap::R1CSToQAP;
use ark_poly::univariate::DensePolynomial;
use ark_poly::{DenseUVPolynomial, EvaluationDomain, Evaluations, Radix2EvaluationDomain};
use ark_relations::gr1cs::{ConstraintSystemRef, Matrix, R1CS_PREDICATE_LABEL, SynthesisError};
use rand::SeedableRng;
use rand::rngs::{OsRng, StdRng};
use zeroize::Zeroizing;

/// A row in the form that the library uses.
fn entries(circuit: &Circuit, matrix: usize, row: usize) -> Vec<(Fr, usize)> {
    let coefficients = &circuit.matrices.coefficients;
    circuit.matrices.abc[matrix]
        .row(row)
        .map(|(column, index)| (coefficients[index as usize], column as usize))
        .collect()
}

/// The reduction without consistency rows, by the textbook: polynomials are multiplied and divided.
struct Textbook;

impl R1CSToQAP for Textbook {
    fn instance_map_with_evaluation<F: PrimeField, D: EvaluationDomain<F>>(
        cs: ConstraintSystemRef<F>,
        t: &F,
    ) -> Result<(Vec<F>, Vec<F>, Vec<F>, F, usize, usize), SynthesisError> {
        let matrices = &cs.to_matrices()?[R1CS_PREDICATE_LABEL];
        let domain = Radix2EvaluationDomain::<F>::new(cs.num_constraints()).unwrap();
        let weights = domain.evaluate_all_lagrange_coefficients(*t);
        let variables = cs.num_instance_variables() + cs.num_witness_variables();
        let mut columns = matrices.iter().map(|matrix| {
            let mut sums = vec![F::zero(); variables];
            for (row, weight) in matrix.iter().zip(&weights) {
                for (coefficient, variable) in row {
                    sums[*variable] += *weight * coefficient;
                }
            }
            sums
        });
        let mut next = || columns.next().unwrap();
        let vanishing = domain.evaluate_vanishing_polynomial(*t);
        Ok((
            next(),
            next(),
            next(),
            vanishing,
            variables - 1,
            domain.size(),
        ))
    }

    fn witness_map_from_matrices<F: PrimeField, D: EvaluationDomain<F>>(
        matrices: &[Matrix<F>],
        _instance: usize,
        constraints: usize,
        assignment: &[F],
    ) -> Result<Vec<F>, SynthesisError> {
        let domain = Radix2EvaluationDomain::<F>::new(constraints).unwrap();
        let polynomial = |matrix: &Matrix<F>| {
            let dot = |row: &Vec<(F, usize)>| row.iter().map(|(c, i)| *c * assignment[*i]).sum();
            let mut values: Vec<F> = matrix.iter().map(dot).collect();
            values.resize(domain.size(), F::zero());
            Evaluations::from_vec_and_domain(values, domain).interpolate()
        };
        let [a, b, c] = [0, 1, 2].map(|index| polynomial(&matrices[index]));
        let product: DensePolynomial<F> = &(&a * &b) - &c;
        let (quotient, remainder) = product.divide_by_vanishing_poly(domain);
        assert!(remainder.is_zero());
        Ok(quotient.coeffs().to_vec())
    }

    fn h_query_scalars<F: PrimeField, D: EvaluationDomain<F>>(
        max_power: usize,
        t: F,
        zt: F,
        delta_inverse: F,
    ) -> Result<Vec<F>, SynthesisError> {
        let power = |power: usize| zt * delta_inverse * t.pow([power as u64]);
        Ok((0..max_power).map(power).collect())
    }
}

fn circuit() -> Circuit {
    Circuit::new(Capacities {
        rows: 8,
        program: 8,
        range_bits: 6,
        heap: 2,
        stack: 2,
        calls: 1,
        arithmetic: 1,
        bitwise: 1,
        compare: 1,
        sha256: 0,
    })
    .unwrap()
}

/// A halting run's assignment, at some challenges.
fn assignment(circuit: &Circuit) -> Vec<Fr> {
    let lines = [(Op::Push, Some(7)), (Op::Push, Some(9)), (Op::Add, None)];
    let program = Program::new(lines.map(|(op, operand)| (Instruction { op, operand }, 1)));
    let trace = ExecutionTrace::new(&program, &Inputs::default(), Limits::default()).unwrap();
    let mut assignment = trace.commit(&circuit.layout).unwrap();
    *assignment.last_mut().unwrap() = Fr::rand(&mut OsRng);
    let [gamma, beta, rho] = [(); 3].map(|()| Fr::rand(&mut OsRng));
    let challenges = Challenges { gamma, beta, rho };
    let capacities = &circuit.layout.capacities;
    let statement = statement(&program, &[], &[], capacities, &challenges).unwrap();
    assignment[1..=statement.len()].copy_from_slice(&statement);
    circuit.derive(&mut assignment);
    assert_eq!(circuit.matrices.first_failure(&assignment), None);
    assignment
}

/// Trapdoors, and the library's key for them. The library draws τ from the generator that it receives.
fn library_key(circuit: &Circuit) -> (Trapdoors, ark_groth16::ProvingKey<Bls12_381>) {
    let domain = domain(circuit.matrices.constraints()).unwrap();
    let mut trapdoors = Trapdoors::draw(&domain, &mut OsRng);
    let seed = [7; 32];
    trapdoors.tau = Fr::rand(&mut StdRng::from_seed(seed));
    let library = Groth16::<Bls12_381, Textbook>::generate_parameters_with_qap(
        Synthesizer::of(circuit).with_committed_instance(),
        trapdoors.alpha,
        trapdoors.beta,
        trapdoors.gamma,
        trapdoors.delta,
        trapdoors.g1,
        trapdoors.g2,
        &mut StdRng::from_seed(seed),
    );
    (trapdoors, library.unwrap())
}

/// What the prover's reduction has in place of the library's powers of τ, by the textbook's formulas: for the points xᵢ
/// with xᵢⁿ = −1, −Lᵢ(τ)t(τ)/2δ, Lᵢ = −xᵢ(Xⁿ + 1)/n(X − xᵢ); and for each variable wⱼ(τ)t(τ)/2δ.
fn quotient_bases(circuit: &Circuit, trapdoors: &Trapdoors) -> (Vec<G1Affine>, Vec<G1Affine>) {
    let size = circuit.matrices.constraints().next_power_of_two();
    let (tau, power) = (trapdoors.tau, trapdoors.tau.pow([size as u64]));
    let half = (power - Fr::ONE) / (trapdoors.delta + trapdoors.delta);
    let omega = Fr::get_root_of_unity(size as u64).unwrap();
    let psi = Fr::get_root_of_unity(2 * size as u64).unwrap();
    let n = Fr::from(size as u64);
    let base = |scalar: Fr| (trapdoors.g1 * scalar).into_affine();
    let points = (0..size).map(|index| psi * omega.pow([index as u64]));
    let h = points.map(|x| base(x * (power + Fr::ONE) / (n * (tau - x)) * half));
    // wⱼ(τ), of the polynomials that are the matrix's coefficients at ω's powers: Lᵢ = xᵢ(Xⁿ − 1)/n(X − xᵢ).
    let mut w = vec![Fr::zero(); circuit.variables];
    for row in 0..circuit.matrices.constraints() {
        let x = omega.pow([row as u64]);
        let weight = x * (power - Fr::ONE) / (n * (tau - x));
        for (coefficient, column) in entries(circuit, 2, row) {
            w[column] += coefficient * weight;
        }
    }
    (h.collect(), w.iter().map(|w| base(*w * half)).collect())
}

#[test]
fn keys_equal_the_librarys_except_for_statement_and_quotient_bases() {
    let circuit = circuit();
    let (trapdoors, mut library) = library_key(&circuit);
    let domain = domain(circuit.matrices.constraints()).unwrap();
    let key = generate(circuit.clone(), &domain, &trapdoors, &Silent).unwrap();
    let bases = std::mem::take(&mut library.vk.gamma_abc_g1);
    let (toxic, committed) = bases.split_at(circuit.layout.committed_start());
    // The assertion has no message with the difference: a key fills many pages.
    let queries = &key.queries;
    assert!(queries.a.all() == library.a_query);
    assert!(queries.b_g1.all() == library.b_g1_query);
    assert!(queries.b_g2.all() == library.b_g2_query);
    let (h, l) = quotient_bases(&circuit, &trapdoors);
    assert!(queries.h.all() == h);
    let (before, rest) = l.split_at(circuit.layout.committed_end());
    let rest = rest.iter().zip(&library.l_query);
    let rest = rest.map(|(of_quotient, theirs)| (*of_quotient + theirs).into_affine());
    let l: Vec<G1Affine> = before.iter().copied().chain(rest).collect();
    assert!(queries.l.all() == l);
    assert_eq!(
        (queries.beta, queries.delta),
        (library.beta_g1, library.delta_g1)
    );
    assert!(key.bases.all() == committed);
    assert_eq!(trapdoors.toxic_bases(&circuit), toxic);
    let rescale = trapdoors.gamma / trapdoors.kappa;
    for (ours, theirs) in key.verifying.statement.iter().zip(toxic) {
        assert_eq!(*ours, (*theirs * rescale).into_affine());
    }
    assert_eq!(key.verifying.statement.len(), toxic.len());
    assert_eq!(key.verifying.alpha, library.vk.alpha_g1);
    assert_eq!(key.verifying.beta, library.vk.beta_g2);
    assert_eq!(key.verifying.gamma, library.vk.gamma_g2);
    assert_eq!(key.verifying.delta, library.vk.delta_g2);
    let kappa = trapdoors.g2 * trapdoors.kappa;
    assert_eq!(key.verifying.kappa, kappa.into_affine());
}

#[test]
fn proofs_equal_the_librarys() {
    let circuit = circuit();
    let assignment = assignment(&circuit);
    let (trapdoors, library_key) = library_key(&circuit);
    let (r, s) = (Fr::rand(&mut OsRng), Fr::rand(&mut OsRng));
    let instance = circuit.layout.committed_end();
    let constraints = circuit.matrices.constraints();
    let rows = |matrix| (0..constraints).map(move |row| (matrix, row));
    let matrices = [0, 1, 2].map(|matrix| {
        let rows = rows(matrix).map(|(matrix, row)| entries(&circuit, matrix, row));
        rows.collect::<Vec<_>>()
    });
    let library = Groth16::<Bls12_381, Textbook>::create_proof_with_reduction_and_matrices(
        &library_key,
        r,
        s,
        &matrices,
        instance,
        constraints,
        &assignment,
    );
    let products = [0, 1, 2].map(|matrix| circuit.matrices.evaluate(matrix, &assignment));
    let silent = || ProgressRange::new(&Silent, 0.0..1.0);
    let [a, b, _] = products.map(Zeroizing::new);
    let products = products_on_coset([a, b], silent()).unwrap();
    let domain = domain(constraints).unwrap();
    let key = generate(circuit, &domain, &trapdoors, &Silent).unwrap();
    let (a, b, c) = multiply(&key, Zeroizing::new(assignment), products, [r, s], silent());
    let library = library.unwrap();
    assert_eq!((a, b, c), (library.a, library.b, library.c));
}
