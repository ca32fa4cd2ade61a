//! What a command and the proof worker both do with a program: assemble it, find the tier its run fits in, get that
//! tier's key, say how long a proof will take, write a file. Nothing here prints, exits or knows who asks.

pub mod destination;
pub mod digest;
pub mod fit;
pub mod keys;
pub mod place;
pub mod refusal;
pub mod source;
pub mod stamp;
pub mod timings;
pub mod value_histories;
pub mod write;

pub use refusal::Refusal;
pub use source::Source;

/// The largest proof read, in bytes. It holds the public input and output too.
pub const PROOF_LIMIT: u64 = 16 << 20;
