//! The values of a row after its fetch is written.

use super::bits::Bits;
use super::row::Row;
use crate::circuit::bounds::{Base, Bounded};

/// What is known of a row's columns after its control bits, the limbs of its result and its fetch are written.
pub(super) struct Known<'a> {
    pub(super) row: Row<'a>,
    pub(super) bits: Bits,
    /// The result r.
    pub(super) result: Bounded,
    /// Position in the program table.
    pub(super) pc: Bounded,
    pub(super) operand: Bounded,
    /// `fill` where the row works on the top itself or addresses the heap by it, otherwise zero.
    pub(super) base: Base,
}
