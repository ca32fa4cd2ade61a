//! The rules: one file for each kind of finding.

pub(super) mod depth_mismatch;
pub(super) mod literal_operands;
pub(super) mod load_before_store;
pub(super) mod ret_without_call;
pub(super) mod routine_contract;
pub(super) mod stack_underflow;
pub(super) mod test_texts;
pub(super) mod unreachable_and_unused;
