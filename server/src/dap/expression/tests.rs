//! What expressions come to.

use super::*;
use crate::dap::scope::Scope;
use proptest::prelude::*;
use provable::lang::link::{Linked, link};
use provable::lang::modules::{Addresses, Modules, Parsed};
use provable::vm::replay::Recording;
use provable::vm::{Inputs, Limits};
use std::sync::Arc;

/// A text that is linked.
struct Text {
    modules: Modules,
    linked: Linked,
    addresses: Addresses,
}

impl Text {
    fn new(text: &str) -> Text {
        let modules = Modules::alone(Arc::new(Parsed::new(text)));
        let linked = link(&modules);
        let addresses = linked.data.iter();
        let addresses = addresses.map(|data| ((data.file, data.line), data.address));
        Text {
            addresses: addresses.collect(),
            modules,
            linked,
        }
    }

    fn scope(&self) -> Scope<'_> {
        Scope::main(&self.modules, &self.linked, &self.addresses)
    }
}

/// The value of a text after a few steps of a small program.
fn value(text: &str) -> Result<u32, String> {
    let program = ".const LIMIT 7\nPUSH 5\nSTORE 3\nstart: PUSH 10\nPUSH 20\nCALL inner\nHALT\ninner: NOP\nRET";
    let text_of = Text::new(program);
    let program = text_of.linked.program.as_ref().unwrap();
    let inputs = Inputs {
        public: vec![],
        secret: vec![8, 9],
    };
    let mut recording = Recording::new(program, &inputs, Limits::default());
    recording.jump(5);
    let view = View {
        machine: recording.machine(),
        inputs: &inputs,
    };
    parse(text, &text_of.scope())
        .and_then(|expression| expression.value(view))
        .map_err(|error| error.to_string())
}

#[test]
fn every_part_of_the_state_has_a_name() {
    for (text, expected) in [
        ("top", 20),
        ("stack[0]", 20),
        ("stack[1]", 10),
        ("depth", 2),
        ("step", 5),
        ("pc", 6),
        ("C", 0),
        ("carry", 0),
        ("flags", 0),
        ("heap[3]", 5),
        ("heap[heap[3] - 2]", 5),
        ("calls[0]", 5),
        ("secret[1]", 9),
        ("start", 2),
        ("LIMIT", 7),
    ] {
        assert_eq!(value(text), Ok(expected), "{text}");
    }
}

#[test]
fn operators_are_the_machines() {
    for (text, expected) in [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 3 - 2", 5),
        ("-1", u32::MAX),
        ("0 - 1 == -1", 1),
        ("0xffff_ffff + 1", 0),
        ("7 / 2", 3),
        ("7 % 4", 3),
        ("1 << 4 | 1", 17),
        ("6 & 3 == 2", 1), // bits bind more strongly than comparisons
        ("5 ^ 1", 4),
        ("~0", u32::MAX),
        ("!0 + !7", 1),
        ("- -1", 1),
        ("1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3 && 1 != 2", 1),
        ("0 || 0", 0),
        ("0 && top / 0", 0),
        ("1 || heap[99]", 1),
        ("'a' == 97 && '\\'' == 39 && 0b11 == 3", 1),
        ("-1 > 1", 1), // unsigned
    ] {
        assert_eq!(value(text), Ok(expected), "{text}");
    }
}

#[test]
fn what_has_no_value_says_why() {
    for (text, part) in [
        ("", "ends where a value"),
        ("1 +", "ends where a value"),
        ("1 2", "2 stands where none"),
        ("* 2", "operator"),
        ("(1", "`)` is missing"),
        ("heap[1", "`]` is missing"),
        ("heap", "is a list"),
        ("heap[4]", "nothing was ever stored at address 4"),
        ("stack[2]", "the stack has 2 entries"),
        ("public[0]", "the public input is empty"),
        ("1 / 0", "division by zero"),
        ("1 << 32", "a word has 32"),
        ("top = 3", "`==`"),
        ("tpo", "did you mean top"),
        ("strat", "did you mean start"),
        ("4294967296", "does not fit"),
        ("'a", "no closing quote"),
        ("1 @ 2", "`@` has no place"),
        ("\u{7}", "has no place"),
    ] {
        let message = value(text).expect_err(text);
        assert!(message.contains(part), "{text}: {message}");
    }
    assert!(value(&"(".repeat(500)).unwrap_err().contains("nested"));
    assert!(value(&"-".repeat(500)).unwrap_err().contains("nested"));
    assert!(
        value(&"1+".repeat(5000))
            .unwrap_err()
            .contains("1024 bytes")
    );
}

#[test]
fn hit_conditions_choose_among_hits() {
    let chosen = |text: &str| -> Vec<u64> {
        let condition = HitCondition::parse(text).unwrap();
        (1..=6).filter(|hit| condition.holds(*hit)).collect()
    };
    assert_eq!(chosen("3"), [3]);
    assert_eq!(chosen("== 3"), [3]);
    assert_eq!(chosen("=3"), [3]);
    assert_eq!(chosen(">4"), [5, 6]);
    assert_eq!(chosen(">= 4"), [4, 5, 6]);
    assert_eq!(chosen("< 3"), [1, 2]);
    assert_eq!(chosen("<=3"), [1, 2, 3]);
    assert_eq!(chosen("% 2"), [2, 4, 6]);
    for wrong in ["", "many", "% 0", "-1", "3 4"] {
        assert!(HitCondition::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn templates_are_filled_in() {
    let text_of = Text::new("PUSH 1\nHALT");
    let program = text_of.linked.program.as_ref().unwrap();
    let inputs = Inputs::default();
    let mut recording = Recording::new(program, &inputs, Limits::default());
    recording.jump(1);
    let view = View {
        machine: recording.machine(),
        inputs: &inputs,
    };
    let fill = |text: &str| Template::parse(text, &text_of.scope()).map(|one| one.fill(view));
    assert_eq!(fill("plain"), Ok("plain".into()));
    assert_eq!(
        fill("é {top} is {top + 1}{{}}").as_deref(),
        Ok("é 1 is 2{}")
    );
    assert_eq!(
        fill("{stack[9]}").as_deref(),
        Ok("<the stack has 1 entries, so there is none at 9>")
    );
    assert!(fill("{top").is_err() && fill("{}").is_err());
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in "[ -~é\n]{0,60}|[()+*/%<>=!&|^~\\[\\]a-z0-9' -]{0,200}") {
        let _ = value(&text);
        let _ = HitCondition::parse(&text);
        let _ = Template::parse(&text, &Text::new("").scope());
    }

    #[test]
    fn sums_and_products_are_those_of_words(a: u32, b: u32, c: u32) {
        let sum = a.wrapping_mul(b).wrapping_add(c);
        prop_assert_eq!(value(&format!("{a}*{b}+{c}")), Ok(sum));
        prop_assert_eq!(value(&format!("{c} + ({a} * {b})")), Ok(sum));
        prop_assert_eq!(value(&format!("{a}<{b}")), Ok(u32::from(a < b)));
    }
}
