//! Loops that are written out.

/// Repeats an expression for each number. The indices of limbs have to be constants.
macro_rules! unroll {
    ($index:ident in $($number:literal)* => $body:expr) => {
        { $({ const $index: usize = $number; $body; })* }
    };
}
pub(crate) use unroll;
