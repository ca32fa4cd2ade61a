//! Calls that have no verdict, natively. `packages/provable-verify` tests the verdicts through the module's boundary.

use super::*;
use crate::answer::of_program;
use provable_wasm_abi::answer;

/// The numbers of `status`.
const ALL: [u32; 6] = [
    status::READY,
    status::VALID,
    status::INVALID,
    status::BAD_KEY,
    status::BAD_PROGRAM,
    status::BAD_CALL,
];

#[test]
fn a_call_without_a_buffer_has_no_verdict() {
    assert_eq!(load_key(0), status::BAD_CALL);
    assert_eq!(verify(0, 0), status::BAD_CALL);
    assert!(answer::answer_len() > 0);
}

#[test]
fn a_status_with_one_wrong_bit_is_none() {
    for (at, one) in ALL.iter().enumerate() {
        for other in ALL.iter().skip(at + 1) {
            assert!((one ^ other).count_ones() > 1, "{one:x} {other:x}");
        }
    }
}

#[test]
fn only_a_program_that_names_a_file_is_told_of_linking() {
    let told = |text: &str| {
        let error = text.parse::<Program>().unwrap_err();
        of_program(text, &error).contains("provable link")
    };
    assert!(told(".use \"lib/a\"\n CALL a.b\n"));
    assert!(!told(".use \"std@1/check\"\n PUHS 1\n"));
    assert!(!told("PUHS 1\n"));
}
