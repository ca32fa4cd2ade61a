//! The trace digest of a run, with its progress: a long run takes seconds to hash.

use provable::lang::program::Program;
use provable::progress::Progress;
use provable::vm::{self, Inputs, Limits, TraceDigest, TraceDigestError};

/// Steps between two reports of progress.
const STRIDE: u64 = 65_536;

/// The digest of a run that is known to halt after `steps` steps, so that one that never does costs no hashing.
///
/// # Errors
/// None that the encoding of a state can cause.
pub fn trace_digest(
    program: &Program,
    inputs: &Inputs,
    limits: Limits,
    steps: u64,
    progress: &dyn Progress,
) -> Result<[u8; 32], TraceDigestError> {
    let mut digest = TraceDigest::new();
    vm::run_traced(program, inputs, limits, |machine| {
        if machine.steps() % STRIDE == 0 {
            let fraction = machine.steps() as f64 / steps.max(1) as f64;
            progress.phase("digest of the trace", fraction);
        }
        digest.capture(machine)
    })?;
    Ok(digest.finish())
}
