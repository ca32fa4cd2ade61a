//! The debug adapter over its true pipe, by a client that speaks the protocol and nothing else.

mod breakpoints;
mod files;
mod launched_tests;
mod lifecycle;
mod malformed;
mod modules;
mod moving;
mod random;
mod state;
mod steps;
mod transcript;

use std::path::PathBuf;

/// A loop that counts 5 down and calls a routine each time, stores the square and writes it, and divides by zero.
const SQUARES: &str = "\
.const N 5
    PUSH N
loop: DUP
    CALL square
    DUP
    STORE 3
    WRITE
    PUSH 1
    SUB
    DUP
    JNZ loop
    PUSH 0
    DIV
    HALT
square: DUP
    MUL
    RET
";

/// A folder with a program in it.
struct Desk {
    folder: tempfile::TempDir,
    program: PathBuf,
}

impl Desk {
    fn new(text: &str) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("squares.prov");
        std::fs::write(&program, text).unwrap();
        Desk { folder, program }
    }
}
