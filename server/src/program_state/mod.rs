//! What is known of a program from having run or proved it, and whether that still holds. Knows no protocol.
//!
//! A result is bound to the program, the inputs and the key that it was made with. It is fresh exactly while all three
//! are what they were. So an edit makes it stale, undoing the edit makes it fresh again, and comments and spacing change
//! nothing. A failure is bound in the same way, and is not reported while its binding does not hold.
//!
//! A proof needs no inputs: it names its public input and output itself. If there are inputs beside the program, they are
//! compared with the proof. If there are none, as with a proof that was received, the status says so.

mod binding;
mod document_id;
#[cfg_attr(not(feature = "prover"), path = "no_keys.rs")]
mod key_origins;
mod program_states;
mod proof;
mod proof_file;
mod results;
mod state;
pub mod status;
mod test_results;

pub use binding::{Binding, Current, Hash, InputsFile, Tapes};
pub use document_id::DocumentId;
pub use key_origins::KeyOrigins;
pub use program_states::{ProgramStates, Renamed};
pub use proof::digest_of;
pub use proof_file::ProofFile;
pub use results::{Activity, JobFailure, ResultState, RunResult};
pub use state::ProgramState;
pub use test_results::TestResult;
