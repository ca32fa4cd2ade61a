//! Additions of pairs of points, and transforms, with operands that the bytes choose.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    // The module exists where `cargo fuzz` compiles.
    #[cfg(fuzzing)]
    provable_msm::fuzzing::arithmetic(data);
    #[cfg(not(fuzzing))]
    let _ = data;
});
