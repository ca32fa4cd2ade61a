//! What a sum takes: bases and scalars.

use ark_bls12_381::Fr;
use ark_ff::PrimeField;

/// A scalar as an integer below the group's order.
pub type Scalar = <Fr as PrimeField>::BigInt;

/// A point of G1: x, then y, each in Montgomery form with R = 2^384, least significant word first. All zero stands for the
/// identity. Words that are no point of the group give a meaningless sum and do no other harm.
pub type G1Base = [u64; 12];

/// A point of G2: as [`G1Base`], with x and y each the two components c0, c1 over the base field.
pub type G2Base = [u64; 24];

/// Bases with their scalars, at most 2^30 in one sum. If one slice is longer, its last elements are ignored.
pub type Terms<'a, const WORDS: usize> = (&'a [[u64; WORDS]], &'a [Scalar]);
