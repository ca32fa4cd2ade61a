//! A file that defines routines and data, and has no instructions of its own, in place of a program.

use super::call;
use provable_tests::folder;

const LIBRARY: &str = "\
.data table 1, 2, 3

.routine first ( -- word )
    LOAD table
    RET

.test first ( -- 1 )
";

const REFUSED: &str = "lib.prov is a library: it has no instructions of its own to run";

#[test]
fn a_library_is_no_program_and_the_refusal_says_what_runs_its_tests() {
    let here = folder(&[("lib.prov", LIBRARY), ("x.json", "{}")]);
    for arguments in [
        &["run", "lib.prov"][..],
        &["run", "lib.prov", "--trace", "t.json"],
        &["profile", "lib.prov"],
        &["link", "lib.prov"],
        &["link", "lib.prov", "-o", "out.prov"],
        &["prove", "lib.prov", "--keys", "keys"],
        &["verify", "lib.prov", "x.json", "--keys", "keys"],
        &["audit", "lib.prov", "x.json", "x.json", "--keys", "keys"],
    ] {
        let answer = call(here.path(), arguments).status(2);
        assert_eq!(answer.stdout, "", "{arguments:?}");
        answer.says(&[REFUSED, "`provable test lib.prov` runs its tests"]);
        let json = call(here.path(), &[arguments, &["--json"]].concat()).status(2);
        let json = json.json();
        assert_eq!(json["message"], REFUSED, "{arguments:?}");
        assert_eq!(json["file"], "lib.prov");
    }
    let left = std::fs::read_dir(here.path()).unwrap().count();
    assert_eq!(left, 2, "nothing is written");
    call(here.path(), &["test", "lib.prov"]).status(0);
    call(here.path(), &["check", "lib.prov"]).status(0);
}

#[test]
fn what_is_a_library_and_what_is_a_program_without_steps() {
    for (text, told) in [
        (".const N 1\n", "run a program that uses it"),
        (".var x\n", "run a program that uses it"),
        (".data x at 5 1, 2\n", "run a program that uses it"),
        (".routine f ( -- )\n    RET\n", "run a program that uses it"),
        (".test \"x\"\n    NOP\n", "`provable test p.prov`"),
    ] {
        let here = folder(&[("p.prov", text)]);
        let answer = call(here.path(), &["run", "p.prov"]).status(2);
        answer.says(&["p.prov is a library", told]);
    }
    for text in ["", "# nothing yet\n", ".use \"std@1/math\"\n", "end:\n"] {
        let here = folder(&[("p.prov", text)]);
        let answer = call(here.path(), &["run", "p.prov"]).status(0);
        assert!(answer.stdout.starts_with("halted after 0 steps"), "{text}");
    }
}
