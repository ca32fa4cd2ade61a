//! Comments that allow a finding.

use crate::draw::draw;
use expect_test::{Expect, expect};
use provable::lang::analysis::analyse;
use provable::lang::diagnostics::Code;
use provable::lang::program::assemble;
use provable::lang::syntax::format;

/// What is left of the findings, and how many are allowed; both are the same after formatting.
fn check(text: &str, allowed: usize, expected: Expect) {
    let analysis = analyse(&assemble(text));
    expected.assert_eq(&draw(text, &analysis.diagnostics));
    assert_eq!(analysis.allowed, allowed);
    let after = analyse(&assemble(&format(text)));
    let said = |all: &[provable::lang::diagnostics::Diagnostic]| -> Vec<(Code, String)> {
        all.iter()
            .map(|one| (one.code, one.message.clone()))
            .collect()
    };
    assert_eq!(said(&after.diagnostics), said(&analysis.diagnostics));
    assert_eq!(after.allowed, allowed);
}

#[test]
fn a_loop_that_grows_the_stack_is_reported_unless_it_is_allowed() {
    check(
        "again: PUSH 1\nJMP again\n",
        0,
        expect![[r#"
            1  again: PUSH 1
                      ^^^^^^ warning[W103]: each turn of this loop leaves 1 word more on the stack
            1  again: PUSH 1
                      ------ the program starts here with depth 0
            2  JMP again
               --------- the other arrives from here with depth 1
        "#]],
    );
    for text in [
        "again: PUSH 1 ; allow W103: it is a stack of ones\nJMP again\n",
        "again: PUSH 1 #allow W103\nJMP again\n",
        "again: ; allow W103\nPUSH 1\nJMP again\n",
        "; allow W103: it is a stack of ones\nagain: PUSH 1\nJMP again\n",
        "again:\n; allow W103, because\n; of this\n\nPUSH 1\nJMP again\n",
        "again: PUSH 1 ;; allow  W103 it grows on purpose\r\nJMP again\r\n",
    ] {
        check(text, 1, expect![[""]]);
    }
}

#[test]
fn one_comment_allows_several_codes_and_each_code_all_findings_there() {
    check(
        "HALT\n; allow W105, H106: kept for later\na:\nb: NOP\nNOP\n",
        3,
        expect![[""]],
    );
    check(".const N 1 ; allow H106\nHALT", 1, expect![[""]]);
    check("HALT\nend: ; allow H106", 1, expect![[""]]);
}

#[test]
fn what_is_allowed_at_one_statement_is_reported_at_others() {
    check(
        "a: HALT ; allow H106\nb: HALT ; allow W105\nc: HALT\n",
        2,
        expect![[r#"
            2  b: HALT ; allow W105
               ^ hint[H106]: the label `b` is never used
            3  c: HALT
               ^ hint[H106]: the label `c` is never used
        "#]],
    );
}

#[test]
fn an_unneeded_allowance_is_a_hint() {
    check(
        "PUSH 1 ; allow W103: no loop is here\nHALT ; allow W101, H106\n",
        0,
        expect![[r#"
            1  PUSH 1 ; allow W103: no loop is here
                              ^^^^ hint[H112]: there is no W103 here to allow
               = it speaks of the instruction that it stands after, or of the next one, and of the labels before that
            2  HALT ; allow W101, H106
                            ^^^^ hint[H112]: there is no W101 here to allow
               = it speaks of the instruction that it stands after, or of the next one, and of the labels before that
            2  HALT ; allow W101, H106
                                  ^^^^ hint[H112]: there is no H106 here to allow
               = it speaks of the instruction that it stands after, or of the next one, and of the labels before that
        "#]],
    );
    // The second of two that say the same is one too many.
    check(
        "; allow H106\na: HALT ; allow H106\n",
        1,
        expect![[r#"
            2  a: HALT ; allow H106
                               ^^^^ hint[H112]: there is no H106 here to allow
               = it speaks of the instruction that it stands after, or of the next one, and of the labels before that
        "#]],
    );
}

#[test]
fn errors_and_codes_that_do_not_exist_cannot_be_allowed() {
    check(
        "ADD ; allow E101\nHALT ; allow w103 W999 H112 W111\n",
        0,
        expect![[r#"
            1  ADD ; allow E101
               ^^^ error[E101]: ADD needs 2 words; the stack holds 0
            1  ADD ; allow E101
                           ^^^^ warning[W111]: E101 cannot be allowed
               = only warnings and hints about what the program does can be
            2  HALT ; allow w103 W999 H112 W111
                            ^^^^ warning[W111]: there is no code `w103` to allow
               = did you mean `W103`?
            2  HALT ; allow w103 W999 H112 W111
                                 ^^^^ warning[W111]: there is no code `W999` to allow
            2  HALT ; allow w103 W999 H112 W111
                                      ^^^^ warning[W111]: H112 cannot be allowed
               = only warnings and hints about what the program does can be
            2  HALT ; allow w103 W999 H112 W111
                                           ^^^^ warning[W111]: W111 cannot be allowed
               = only warnings and hints about what the program does can be
        "#]],
    );
}

#[test]
fn other_comments_allow_nothing() {
    for comment in [
        "; allow me to explain W103",
        "; allows W103",
        "; W103",
        "; allow",
        "; allow W1, W1030, W10x, R103, W_103",
        "; it is fine to allow W103",
        "; allow: W103",
        "; Allow W103",
        "; allow ١W103",
    ] {
        check(&format!("HALT {comment}\n"), 0, expect![[""]]);
    }
}

#[test]
fn a_text_with_errors_has_no_findings_about_allowances() {
    check("FROB ; allow W103 W999\n", 0, expect![[""]]);
}
