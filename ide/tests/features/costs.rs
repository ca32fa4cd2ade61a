//! What a hover says of the rows and the entries that a routine takes.

use crate::support::among;
use provable::circuit::ExecutionTrace;
use provable::lang::modules::{Modules, Parsed};
use provable::lang::program::assemble_file;
use provable::lang::std_library;
use provable::lang::syntax::Body;
use provable::testing::{TestKind, prepare, tests_in};
use provable::vm::Limits;
use std::sync::Arc;

/// The lines of the hover at the cursor that are about rows and entries.
fn costs(text: &str, files: &[(&str, &str)]) -> Vec<String> {
    let (s, cursor) = among(text, files);
    let hover = provable_ide::hover(&s, cursor).unwrap().markdown;
    let about = hover.lines().filter(|line| {
        let line = line.trim_start_matches("- ");
        line.starts_with("rows of") || line.starts_with("entries of")
    });
    about.map(str::to_owned).collect()
}

#[test]
fn both_ways_to_use_a_routine_are_weighed() {
    let text = "CALL $0f\nHALT\n.routine f ( a -- b )\nJZ zero\nPUSH 5\nRET\nzero: PUSH 1\nPUSH 2\nPOP\nRET\n";
    assert_eq!(
        costs(text, &[]),
        [
            // A RET before the end of a copy becomes a JMP, and that at its end goes.
            "- rows of a CALL: 4 to 6; of an `.inline`: 3 to 4",
            "- entries of the program: 7 for all CALLs, 6 for each `.inline`",
        ]
    );
}

#[test]
fn what_a_routine_calls_is_counted_with_it() {
    let lib = ".use \"std@1/math\"\n.routine f ( a b -- c )\nCALL math.min\nRET\n";
    let text = ".use \"./lib\"\n.test lib.$0f ( 1 2 -- 1 )\n";
    assert_eq!(
        costs(text, &[("lib.prov", lib)]),
        [
            "- rows of a CALL: 9 to 10; of an `.inline`: 7 to 8",
            "- entries of the program: 2 for all CALLs, 1 for each `.inline`; 7 of what it calls",
        ]
    );
}

#[test]
fn arguments_count_where_they_are_given_and_are_not_made_up() {
    let text = ".inline $0f 0x1_0000\nHALT\n.routine f ( a -- b ) N\nADD N\nRET\n";
    assert_eq!(costs(text, &[]).len(), 2);
    let text = "HALT\n.routine $0f ( a -- b ) N\nADD N\nRET\n";
    assert_eq!(costs(text, &[]), Vec::<String>::new());
}

#[test]
fn a_loop_has_only_a_least_number_of_rows() {
    let text = "CALL $0f\nHALT\n.routine f ( a -- )\nagain: SUB 1\nDUP\nJNZ again\nPOP\nRET\n";
    assert_eq!(
        costs(text, &[])[0],
        "- rows of a CALL: 6 or more, as there is a loop; of an `.inline`: 4 or more, as there is a loop"
    );
}

#[test]
fn what_never_comes_back_has_entries_and_no_rows() {
    let text = "CALL $0f\n.routine f ( -- never )\nHALT\n";
    assert_eq!(
        costs(text, &[]),
        ["- entries of the program: 1 for all CALLs, 1 for each `.inline`"]
    );
}

/// What a hover says of the CALLs of every routine of the library holds of the runs of its tests.
#[test]
fn the_runs_of_the_library_take_the_rows_that_are_said() {
    let mut checked = 0;
    for id in std_library::names() {
        let text = std_library::text(id).unwrap();
        let modules = Modules::alone(Arc::new(Parsed::new(text)));
        let all = 0..modules.files().len();
        let assemblies: Vec<_> = all
            .map(|file| Arc::new(assemble_file(&modules, file)))
            .collect();
        let tree = &assemblies[0].tree;
        for test in tests_in(&assemblies[0]) {
            let Body::Test {
                target: Some(target),
                values: Some(values),
                ..
            } = tree.lines()[test.line].body
            else {
                continue;
            };
            if test.kind != TestKind::Case {
                continue;
            }
            let prepared = prepare(&modules, &assemblies, &test).unwrap();
            let names = prepared.random.iter();
            let words = names.map(|name| (name.clone(), 7)).collect();
            let program = prepared.program(&modules, &words).unwrap();
            let inputs = prepared.inputs(&modules, &words).unwrap();
            // A run that traps comes back nowhere.
            let Ok(trace) = ExecutionTrace::new(&program, &inputs, Limits::default()) else {
                continue;
            };
            // What the test adds: a PUSH for each value, and the HALT at the end.
            let pushed = tree.values(values).0.len() as u64;
            let start = target.start as usize;
            let marked = format!("{}$0{}", &text[..start], &text[start..]);
            let said = costs(&marked, &[]);
            let said = said[0].strip_prefix("- rows of a CALL: ").unwrap();
            let mut words = said.split([' ', ';']);
            let least: u64 = words.next().unwrap().parse().unwrap();
            let (second, third) = (words.next().unwrap(), words.next().unwrap());
            let most = match second {
                "to" => third.parse().unwrap(),
                "or" => u64::MAX,
                _ => least,
            };
            let taken = trace.usage().rows as u64 - pushed - 1;
            assert!(
                (least..=most).contains(&taken),
                "{id} {}: {taken} rows, and it says {said}",
                test.name
            );
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked}");
}
