//! Sums of a few terms, with points and scalars that the bytes choose.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    // The module exists where `cargo fuzz` compiles.
    #[cfg(fuzzing)]
    provable_msm::fuzzing::sum(data);
    #[cfg(not(fuzzing))]
    let _ = data;
});
