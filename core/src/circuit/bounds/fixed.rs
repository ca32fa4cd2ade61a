//! What is fixed before the challenges are drawn. Committed values are; so is a product of two fixed values, and the answer
//! of a zero test of one. A term of a sum is not, nor the inverse in a zero test: a prover chooses them last.

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
