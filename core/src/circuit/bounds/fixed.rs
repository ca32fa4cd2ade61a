//! What is fixed before the challenges are drawn. Committed values are fixed. A product of two fixed values is fixed,
//! and so is the result of a zero test of a fixed value. A term of a sum is not fixed, and neither is the inverse in a
//! zero test: the prover chooses these after it knows the challenges.

/// What a value is a function of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::circuit) enum Fixed {
    /// A polynomial in β of this degree, whose coefficients are functions of the committed block.
    Degree(u8),
    /// Anything else.
    Free,
}

impl Fixed {
    /// A function of the committed block alone.
    pub const COMMITTED: Fixed = Fixed::Degree(0);

    pub(super) fn product(self, other: Fixed) -> Fixed {
        match (self, other) {
            (Fixed::Degree(a), Fixed::Degree(b)) => Fixed::Degree(a.saturating_add(b)),
            _ => Fixed::Free,
        }
    }
}
