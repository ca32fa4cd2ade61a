//! The instruction section of `docs/language.md`, made from the instruction table.

use provable::lang::isa::{Carry, OperandKind, SPECS, Spec};
use std::fmt::Write;

/// The line before the generated section.
pub const START: &str =
    "<!-- instructions: generated from the instruction table, see tests/tests/reference.rs -->";
/// The line after it.
pub const END: &str = "<!-- end of instructions -->";

/// The page with its generated section replaced; `None` if it has no such section.
pub fn updated(page: &str) -> Option<String> {
    let (before, rest) = page.split_once(START)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{START}\n{}{END}{after}", section()))
}

/// The section: one table row an instruction.
pub fn section() -> String {
    let mut text = String::from(
        "| instruction | operand | stack | what it does | traps if |\n| --- | --- | --- | --- | --- |\n",
    );
    for spec in &SPECS {
        writeln!(
            text,
            "| <a id=\"{}\"></a>`{}` | {} | `{}` | {} | {} |",
            spec.mnemonic.to_lowercase(),
            spec.mnemonic,
            operand(spec),
            spec.stack.replace('|', "\\|"),
            summary(spec),
            spec.traps,
        )
        .expect("a string takes any text");
    }
    text
}

fn operand(spec: &Spec) -> String {
    match spec.operand {
        OperandKind::None => String::new(),
        OperandKind::Word => "word".into(),
        OperandKind::Target => "label or index".into(),
        OperandKind::OptionalWord => "word, or none".into(),
        OperandKind::OptionalOffset => "offset, 0 if none".into(),
        OperandKind::OptionalAddress => "address, or none".into(),
        OperandKind::OptionalDepth(default) => format!("depth, {default} if none"),
    }
}

fn summary(spec: &Spec) -> String {
    match spec.carry {
        Carry::Kept => spec.summary.to_string(),
        Carry::Set => format!("{} Sets C.", spec.summary),
    }
}
