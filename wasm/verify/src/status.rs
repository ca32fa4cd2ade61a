//! What a call ended with. No two numbers differ in one bit alone, and none is small: a wrong one is not taken for a verdict.

/// The key is loaded.
pub const READY: u32 = 0x9e37_11a5;
/// The proof is valid.
pub const VALID: u32 = 0x51c6_7e92;
/// The proof is not valid.
pub const INVALID: u32 = 0xa83d_c04f;
/// The key is of no use.
pub const BAD_KEY: u32 = 0x6d0b_9378;
/// The program is of no use.
pub const BAD_PROGRAM: u32 = 0xc7f4_28d6;
/// The host made a mistake.
pub const BAD_CALL: u32 = 0x3259_e60b;
