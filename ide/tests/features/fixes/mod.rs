//! Quick fixes of findings, drawn as the text afterwards.

mod allow;
mod case;
mod code;
mod names;

use crate::support::draw_fixes;
use expect_test::Expect;
use provable_ide::FixKind;

/// Draws the quick fixes at the cursor.
fn quick(text: &str, expected: Expect) {
    expected.assert_eq(&draw_fixes(text, FixKind::QuickFix));
}
