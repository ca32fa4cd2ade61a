//! What is offered for routines, data, expressions and tests: signatures, completions and fixes.

use crate::routines::PROGRAM;
use crate::support::{apply, at_cursor};
use provable_ide::FixKind;

#[test]
fn the_signature_of_a_routine_marks_the_argument() {
    let marked = |text: &str| {
        let (s, cursor) = at_cursor(text);
        let signature = provable_ide::signature(&s, cursor).unwrap();
        let part = signature
            .parameter
            .map(|range| signature.label[range].to_owned());
        (signature.label, part, signature.documentation)
    };
    let routine = "\n## Says.\n.routine f ( a b -- c ) P, Q\nRET\n";
    let (label, part, documentation) = marked(&format!("CALL f $0{routine}"));
    assert_eq!(
        (label.as_str(), part.as_deref()),
        ("CALL f P, Q", Some("P"))
    );
    assert_eq!(documentation, "`( a b -- c )`\n\nSays.");
    assert_eq!(
        marked(&format!(".inline f 1, $0{routine}")).1.as_deref(),
        Some("Q")
    );
    assert_eq!(
        marked(&format!("{routine}.test f ( 1 $0 -- 2 ) 1, 2"))
            .1
            .as_deref(),
        Some("b")
    );
    assert_eq!(
        marked(&format!("{routine}.test f ( 1 2 -- 2 ) 1, $0"))
            .1
            .as_deref(),
        Some("Q")
    );
    assert_eq!(marked(".var V $0").1.as_deref(), Some("size"));
    assert_eq!(marked(".loop +2, $0").1.as_deref(), Some("times"));
}

fn labels(text: &str) -> Vec<String> {
    let (s, cursor) = at_cursor(text);
    let items = provable_ide::completions(&s, cursor).items;
    items.into_iter().map(|item| item.label).collect()
}

#[test]
fn names_are_offered_where_they_are_known() {
    let offered =
        |line: &str| labels(&PROGRAM.replacen("    PUSH K", &format!("{line}\n    PUSH K"), 1));
    assert_eq!(offered("PUSH $0"), ["K", "TABLE", "N"]);
    assert_eq!(offered("JMP $0"), ["again"]);
    assert_eq!(offered("CALL $0"), ["again", "scale", "other"]);
    assert_eq!(offered(".inline $0"), ["scale", "other"]);
    assert_eq!(offered(".inline scale $0"), ["K", "TABLE", "N"]);
    assert_eq!(offered(".push $0"), ["TABLE"]);
    assert_eq!(offered(".const M $0"), ["TABLE", "N"]);
}

#[test]
fn lines_of_tests_are_offered_in_tests_alone() {
    let test = labels(".test \"t\"\n$0");
    assert!(test.contains(&".public".to_owned()) && !test.contains(&".const".to_owned()));
    let main = labels("$0");
    assert!(main.contains(&".const".to_owned()) && !main.contains(&".public".to_owned()));
    assert!(
        !main.contains(&".words".to_owned())
            && labels(".data D 1\n$0").contains(&".words".to_owned())
    );
    assert_eq!(labels(".test \"t\"\n.traps DIV$0"), ["DIVISION"]);
    assert_eq!(labels(".test \"t\"\n.traps DIVISION $0"), ["at"]);
    assert_eq!(labels(".test $0\n.routine f ( -- )\nRET\n"), ["f"]);
}

fn fixed(text: &str, title: &str) -> String {
    let (s, cursor) = at_cursor(text);
    let fixes = provable_ide::fixes(&s, cursor..cursor);
    let titles: Vec<_> = fixes.iter().map(|fix| fix.title.as_str()).collect();
    let fix = fixes.iter().find(|fix| fix.title == title);
    let fix = fix.unwrap_or_else(|| panic!("{titles:?}"));
    assert_eq!(fix.kind, FixKind::QuickFix);
    apply(s.text(), &fix.edits)
}

#[test]
fn a_contract_is_corrected_to_what_every_ret_leaves() {
    assert_eq!(
        fixed(
            "CALL f\nHALT\n.routine f ( a -- b )\nDUP\nR$0ET\n",
            "Declare that the routine leaves 2 words"
        ),
        "CALL f\nHALT\n.routine f ( a -- out1 b )\nDUP\nRET\n"
    );
}

#[test]
fn code_that_runs_on_is_ended() {
    assert_eq!(
        fixed(
            "    CALL f$0\n\n.routine f ( -- )\n    RET\n",
            "End it with HALT"
        ),
        "    CALL f\n    HALT\n\n.routine f ( -- )\n    RET\n"
    );
    assert_eq!(
        fixed(
            "    HALT\n.routine f ( -- )\n    NO$0P\n",
            "End it with RET"
        ),
        "    HALT\n.routine f ( -- )\n    NOP\n    RET\n"
    );
}

#[test]
fn a_missing_name_is_defined_where_it_is_known() {
    assert_eq!(
        fixed(
            "HALT\n.routine f ( -- )\n    JMP l$0x\n.routine g ( -- )\n    RET\n",
            "Define the label `lx`"
        ),
        "HALT\n.routine f ( -- )\n    JMP lx\nlx:\n    RET\n.routine g ( -- )\n    RET\n"
    );
    assert_eq!(
        fixed(
            "CALL f\nHALT\n.routine f ( -- )\n    .inline q$0x\n    RET\n",
            "Define the routine `qx`"
        ),
        "CALL f\nHALT\n.routine f ( -- )\n    .inline qx\n    RET\n\n.routine qx ( -- )\n    RET\n"
    );
    assert_eq!(
        fixed("PUSH 2 * NO$0NE\n", "Define the constant `NONE`"),
        ".const NONE 0\nPUSH 2 * NONE\n"
    );
}
