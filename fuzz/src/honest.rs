//! A proof as `provable prove` made it, and the verifying key it is for. Both are seeds too.

use provable::lang::program::{Program, assemble};
use provable::proof::{Proof, VerifyingKey};

/// The program's text.
pub const PROGRAM: &str = include_str!("../seeds/text/sum.prov");
/// The proof file's text.
pub const PROOF: &str = include_str!("../seeds/proof/sum.json");
/// The verifying key's bytes, after the byte that tells the target `key` what they are.
pub const KEY: &[u8] = include_bytes!("../seeds/key/honest.vk");

/// A statement and its proof.
pub struct Honest {
    /// The program.
    pub program: Program,
    /// The proof.
    pub file: Proof,
    /// The key.
    pub key: VerifyingKey,
}

impl Honest {
    /// Reads them.
    pub fn new() -> Self {
        let key = KEY.get(1..).unwrap_or_default();
        Honest {
            program: assemble(PROGRAM).program.expect("it assembles"),
            file: Proof::from_json(PROOF).expect("it is a proof file"),
            key: VerifyingKey::from_bytes(key).expect("it is a key"),
        }
    }
}

impl Default for Honest {
    fn default() -> Self {
        Honest::new()
    }
}
