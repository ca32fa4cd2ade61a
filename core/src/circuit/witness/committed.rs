//! The committed block of a tier, from an execution trace.

use super::cells::Writer;
use crate::circuit::execution_trace::ExecutionTrace;
use crate::circuit::layout::Layout;
use crate::circuit::usage::Shortage;
use ark_bls12_381::Fr;

impl ExecutionTrace {
    /// The assignment up to the end of the committed block: the constant, an empty statement, the block. The blinding
    /// variable is left zero for the prover to draw.
    ///
    /// # Errors
    /// When the run does not fit.
    pub fn commit(&self, layout: &Layout) -> Result<Vec<Fr>, Shortage> {
        self.fits(layout)?;
        let mut writer = Writer::new(layout);
        writer.steps(self);
        writer.heap(self);
        writer.leftovers(&layout.stack, &self.stack);
        writer.leftovers(&layout.calls, &self.calls);
        writer.arithmetic(self);
        writer.bitwise(self);
        writer.compare(self);
        writer.sha256(&self.compressions);
        writer.multiplicities();
        Ok(writer.assignment)
    }
}
