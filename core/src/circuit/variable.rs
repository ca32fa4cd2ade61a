//! Variables of the circuit.

/// A variable: an index into the assignment. Variable 0 is the constant one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Var(pub u32);

/// The constant one.
pub const ONE: Var = Var(0);
