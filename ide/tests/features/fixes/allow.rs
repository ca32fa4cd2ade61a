//! Fixes that allow a finding, and fixes of comments that allow one.

use super::quick;
use crate::support::{all_fixes, apply, draw_fixes};
use expect_test::expect;
use provable_ide::{FixKind, Snapshot};

#[test]
fn a_finding_can_be_allowed() {
    quick(
        "again: PUSH$0 1 \nJMP again\n",
        expect![[r#"
        == Say that W103 is meant here [W103]
        again: PUSH 1  ; allow W103
        JMP again
    "#]],
    );
    quick(
        "  ; here\n  again: PUSH$0 1 ; one more\nJMP again",
        expect![[r#"
            == Say that W103 is meant here [W103]
              ; here
              ; allow W103
              again: PUSH 1 ; one more
            JMP again
        "#]],
    );
    quick(
        "x$0: ; allow W103: no reason\nHALT\n",
        expect![[r#"
        == Remove the unused label `x`! [H106]
        ; allow W103: no reason
        HALT
        == Say that H106 is meant here [H106]
        x: ; allow W103, H106: no reason
        HALT
    "#]],
    );
    let fixed = draw_fixes("HALT\r\nNO$0P # why\r\n", FixKind::QuickFix);
    let meant = "is meant here [W105]\nHALT\r\n; allow W105\r\nNOP # why\r\n";
    assert!(fixed.contains(meant), "{fixed:?}");
    // An error cannot be.
    quick(
        "AD$0D\n",
        expect![[r#"
        == Push the 2 missing words before it [E101]
        PUSH 0
        PUSH 0
        ADD
    "#]],
    );
}

#[test]
fn an_allowed_finding_is_no_longer_reported() {
    for text in [
        "again: PUSH$0 1\nJMP again\n",
        "again:\nPUSH$0 1 # comment\nJMP again\n",
        "HALT\n\nNO$0P\n",
        "a: HALT\n$0x: ; allow W105\nNOP\n",
        "HALT\nx$0:",
        ".const N$0 1 # one\nHALT",
    ] {
        let (text, fixes) = all_fixes(text);
        let fix = fixes.iter().find(|fix| fix.title.starts_with("Say that"));
        let fix = fix.unwrap_or_else(|| panic!("{text}"));
        let code = fix.code.unwrap();
        let left = Snapshot::new(&apply(&text, &fix.edits)).analysis;
        let is_left = left.diagnostics.iter().any(|one| {
            one.code == code || one.code.as_str() == "H112" || one.code.as_str() == "W111"
        });
        let before = Snapshot::new(&text).analysis;
        let others = before.diagnostics.iter().filter(|one| one.code == code);
        assert!(!is_left || others.count() > 1, "{text}: {left:?}");
        assert_eq!(left.allowed, before.allowed + 1, "{text}");
    }
}

#[test]
fn an_unneeded_allowance_is_removed() {
    quick(
        "HALT  ; allow W1$005: late\n",
        expect![[r#"
        == Remove the allowance of W105! [H112]
        HALT
    "#]],
    );
    quick(
        "; allow W1$005\nHALT\n",
        expect![[r#"
        == Remove the allowance of W105! [H112]
        HALT
    "#]],
    );
    quick(
        "a: HALT ; allow W1$005, H106\n",
        expect![[r#"
        == Remove the allowance of W105! [H112]
        a: HALT ; allow H106
    "#]],
    );
    quick(
        "a: HALT ; allow H106, W1$005: late\n",
        expect![[r#"
        == Remove the allowance of W105! [H112]
        a: HALT ; allow H106: late
    "#]],
    );
    quick(
        "HALT ; allow w1$005\n",
        expect![[r#"
        == Change to `W105`! [W111]
        HALT ; allow W105
        == Remove the allowance of w105! [W111]
        HALT
    "#]],
    );
}
