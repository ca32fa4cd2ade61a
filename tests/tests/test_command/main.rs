//! `provable test`: which tests it finds and runs, what it says of them, and what it writes.

mod random;
mod selection;
mod usage;
mod verdicts;
mod written;

use provable_tests::{Answer, provable};
use serde_json::Value;
use std::path::Path;

/// A routine with tests, of which one of each kind fails.
const MAX: &str = "\
## The larger of two words.
.routine max ( a b -- c )
    DUP 1
    DUP 1
    GT
    JZ second
    POP
    RET
second:
    SWAP
    POP
    RET

.test max ( 1 2 -- 2 )
.test max ( 2 1 -- 2 )
.test \"any\" max ( a b -- (a * (a > b) + b * (a <= b)) )
.test \"wrong\" max ( 7 9 -- 7 )
.test \"wrong for most\" max ( a b -- a )
";

fn test(folder: &Path, arguments: &[&str]) -> Answer {
    let call = provable(["test"].iter().chain(arguments));
    call.in_folder(folder).call()
}

/// The only test with this name.
#[track_caller]
fn named<'a>(answer: &'a Value, name: &str) -> &'a Value {
    let tests = answer["tests"].as_array().unwrap();
    let mut named = tests.iter().filter(|test| test["name"] == name);
    let test = named
        .next()
        .unwrap_or_else(|| panic!("no {name} in {answer}"));
    assert!(named.next().is_none(), "{name} is there twice");
    test
}
