//! The command line over a program of several files.

mod backtrace;
mod files;
mod library;
mod programs;
mod refused;

use provable_tests::{Answer, folder, provable};
use std::path::Path;

/// A program of three files, each in a folder of its own, that use each other in a circle. It writes a*a + b*b, and traps
/// in the third file, copied, if one of them is 100 or more.
const MAIN: &str = "\
.use \"./lib/area\"
.use \"std@1/check\"

    READ
    READ
    CALL area.square_sum
    DUP
    PUSH 20000
    CALL check.le
    WRITE
    HALT
";
const AREA: &str = "\
.use \"./deep/mul\" as m
.const LIMIT 100

## The sum of the squares.
.routine square_sum ( a b -- c )
    .inline m.square
    SWAP
    .inline m.square
    ADD
    RET
";
const MUL: &str = "\
.use \"../area\"

## The square of a number below the limit.
.routine square ( a -- b )
    DUP
    LT area.LIMIT
    ASSERT
    DUP
    MUL
    RET
";

/// The program.
fn three() -> tempfile::TempDir {
    folder(&[
        ("main.prov", MAIN),
        ("lib/area.prov", AREA),
        ("lib/deep/mul.prov", MUL),
    ])
}

/// The three files.
const ALL: [&str; 3] = ["main.prov", "lib/area.prov", "lib/deep/mul.prov"];

fn call(folder: &Path, arguments: &[&str]) -> Answer {
    provable(arguments).in_folder(folder).call()
}
