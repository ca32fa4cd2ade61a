//! Tests that stand in programs, debugged.

use provable_tests::dap::Debugger;
use serde_json::json;

const PROGRAM: &str = "\
    READ
    SECRET
    CALL larger
    WRITE
    HALT

.routine larger ( a b -- c )
    DUP 1
    DUP 1
    GT
    JNZ first
    SWAP
first:
    POP
    RET

.test larger ( 3 8 -- 8 )
.test larger ( a b -- (a*(a>b)+b*(a<=b)) )
.test \"wrong\" larger ( a b -- a )
.test \"whole\"
    .public 9
    .secret 4
    .output 9
.test \"own\" ( 5 -- 25 )
    DUP
    MUL
    HALT
";

fn launched(test: &str) -> (tempfile::TempDir, Debugger) {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("max.prov");
    std::fs::write(&program, PROGRAM).unwrap();
    let test = test.replace("FILE", &program.display().to_string());
    let launch = json!({ "program": program, "test": test, "stopOnEntry": true });
    let debugger = Debugger::launched(launch);
    (folder, debugger)
}

#[test]
fn a_case_is_debugged_from_its_line() {
    for name in ["larger ( 3 8 -- 8 )", "FILE::larger ( 3 8 -- 8 )"] {
        let (_folder, mut debugger) = launched(name);
        assert!(debugger.printed("console").contains("the test passes"));
        assert_eq!(debugger.frames(), ["larger ( 3 8 -- 8 ):17"]);
        debugger.go("stepIn");
        assert_eq!(debugger.frames(), ["larger:8", "larger ( 3 8 -- 8 ):17"]);
        assert_eq!(debugger.values("Operand stack"), ["8", "3"]);
        debugger.go("stepOut");
        assert_eq!(debugger.values("Operand stack"), ["8"]);
        debugger.go("stepBack");
        assert_eq!((debugger.step(), debugger.frames().len()), (0, 1));
        assert_eq!(debugger.go("next"), "end");
    }
}

#[test]
fn a_test_that_fails_is_debugged_with_the_words_with_which_it_fails() {
    let (_folder, mut debugger) = launched("wrong larger ( a b -- a )");
    let said = debugger.printed("console");
    assert!(said.contains("the test fails: the stack differs"), "{said}");
    assert!(said.contains("debugged with a = 0, b = 1"), "{said}");
    debugger.go("stepIn");
    assert_eq!(debugger.values("Operand stack"), ["1", "0"]);
    let (_folder, mut debugger) = launched("larger ( a b -- (a*(a>b)+b*(a<=b)) )");
    let said = debugger.printed("console");
    assert!(
        said.contains("passes") && said.contains("a = 0, b = 0"),
        "{said}"
    );
}

#[test]
fn a_test_of_the_whole_program_has_its_tapes_and_one_of_its_own_its_instructions() {
    let (_folder, mut debugger) = launched("whole");
    assert_eq!(debugger.value("public[0] * 10 + secret[0]"), "94");
    assert_eq!(debugger.frames(), ["whole:1"]);
    assert_eq!(debugger.go("continue"), "end");
    assert_eq!(debugger.printed("stdout"), "9\n");
    let (_folder, mut debugger) = launched("own ( 5 -- 25 )");
    debugger.go("next");
    assert_eq!(debugger.frames(), ["own ( 5 -- 25 ):25"]);
    assert_eq!(debugger.value("top"), "5");
    assert_eq!(debugger.go("continue"), "end");
    assert_eq!(debugger.value("top"), "25");
}

#[test]
fn a_test_that_is_not_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("max.prov");
    std::fs::write(&program, PROGRAM).unwrap();
    let mut debugger = Debugger::spawn();
    debugger.ok("initialize", json!({ "adapterID": "provable" }));
    let message = debugger.refused("launch", json!({ "program": program, "test": "hole" }));
    assert!(
        message.contains("there is no test") && message.contains("whole"),
        "{message}"
    );
}
