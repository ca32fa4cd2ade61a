//! The tables of `docs/formats.md` that are made from the code.

use provable::circuit::encoding::Bit;
use provable::circuit::tier::TIERS;
use provable::lang::isa::{OperandKind, SPECS};
use std::fmt::Write;

/// The page with its tables made anew.
pub fn updated(page: &str) -> String {
    let tables = [
        ("operations", operations()),
        ("bits", bits()),
        ("tiers", tiers()),
    ];
    tables.iter().fold(page.to_owned(), |page, (name, table)| {
        let start = format!("<!-- {name}: generated from the code, see tests/tests/vectors -->\n");
        let end = format!("<!-- end of {name} -->");
        let (before, rest) = page.split_once(&start).expect("the page has the table");
        let (_, after) = rest.split_once(&end).expect("the table has an end");
        format!("{before}{start}{table}{end}{after}")
    })
}

fn operations() -> String {
    let mut text = String::from("| byte | mnemonic | operand |\n| --- | --- | --- |\n");
    for (byte, spec) in SPECS.iter().enumerate() {
        let operand = match spec.operand {
            OperandKind::None => "none".to_owned(),
            OperandKind::Word => "word".into(),
            OperandKind::Target => "target".into(),
            OperandKind::OptionalWord => "word or none".into(),
            OperandKind::OptionalOffset => "word; 0 if the text has none".into(),
            OperandKind::OptionalAddress => "word or none".into(),
            OperandKind::OptionalDepth(default) => format!("word; {default} if the text has none"),
        };
        writeln!(text, "| {byte} | `{}` | {operand} |", spec.mnemonic).unwrap();
    }
    text
}

fn bits() -> String {
    let mut text = String::from("| bit | name | weight |\n| --- | --- | --- |\n");
    for bit in Bit::ALL {
        writeln!(
            text,
            "| {} | {bit:?} | {} |",
            bit as u32,
            1u32 << bit as u32
        )
        .unwrap();
    }
    text
}

fn tiers() -> String {
    let mut text = String::from(
        "| tier | rows | program | range_bits | heap | stack | calls | arithmetic | bitwise | compare | sha256 | circuit id |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for tier in &TIERS {
        let has = &tier.capacities;
        let counts = [
            has.rows,
            has.program,
            has.range_bits as usize,
            has.heap,
            has.stack,
            has.calls,
            has.arithmetic,
            has.bitwise,
            has.compare,
            has.sha256,
        ];
        let counts: Vec<String> = counts.iter().map(usize::to_string).collect();
        writeln!(
            text,
            "| {} | {} | `{}` |",
            tier.name,
            counts.join(" | "),
            tier.circuit
        )
        .unwrap();
    }
    text
}
