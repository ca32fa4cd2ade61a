//! What a proof of a run takes: its tier and how full its tables are.

use super::*;
use provable::circuit::selection::Selection;
use provable::circuit::shape::Shape;
use provable::circuit::tier::{LARGEST, MOST_ROWS, TIERS, Tier};
use provable::circuit::{ExecutionTrace, TableUse, Usage};
use provable::lang::program::assemble;
use provable::vm::{Inputs, Limits};

/// The program, run on nothing.
fn usage(text: &str) -> Usage {
    let program = assemble(text).program.unwrap();
    let trace = ExecutionTrace::new(&program, &Inputs::default(), Limits::default());
    trace.unwrap().usage()
}

/// What the command prints of each of these tables.
fn table_costs(tables: &[TableUse]) -> Value {
    let cost = |table: &TableUse| {
        let TableUse {
            table,
            what,
            used,
            capacity,
        } = table;
        json!({ "table": table, "what": what, "used": used, "capacity": capacity })
    };
    tables.iter().map(cost).collect()
}

#[test]
fn a_run_says_which_tier_it_needs_in_each_shape_how_full_its_tables_are_and_what_decides() {
    // 60 turns of 3 rows or more; 40 words left on the stack; and 100 distinct bitwise operations.
    let rows = "PUSH 60\nagain: PUSH 1\nSUB\nDUP\nJNZ again\nPOP\n";
    let both = format!("{rows}{}", "PUSH 1\n".repeat(40));
    let bits = "PUSH 100\nagain: DUP\nPUSH 21\nAND\nPOP\nPUSH 1\nSUB\nDUP\nJNZ again\n";
    let here = folder(&[
        ("rows.prov", rows),
        ("both.prov", &both),
        ("bits.prov", bits),
        ("small.prov", "PUSH 6\nPUSH 7\nMUL\nPUSH 3\nAND\nSTORE 5\n"),
    ]);
    let cost = |file: &str| {
        let call = provable(["run", file, "--json"]).in_folder(here.path());
        call.call().status(0).json()["cost"].clone()
    };

    let small = cost("small.prov");
    assert_eq!(small["tier"], TIERS[0].name);
    assert_eq!(small["ruled_out"], json!([]));
    assert_eq!(small["decided"], "it fits in the smallest tier");
    let mut shapes = std::collections::BTreeSet::new();
    for (file, text) in [
        ("rows.prov", rows),
        ("both.prov", &*both),
        ("bits.prov", bits),
    ] {
        let (cost, usage) = (cost(file), usage(text));
        let Selection { tier, ruled_out } = Tier::smallest(&usage).unwrap();
        shapes.insert(tier.shape.name());
        assert_eq!(cost["tier"], tier.name, "{file}");
        let tables = usage.tables(&tier.capacities);
        assert_eq!(cost["tables"], table_costs(&tables), "{file}");
        let of = |shape| Tier::smallest_of(shape, &usage).unwrap().name;
        let each = json!({ "plain": of(Shape::Plain), "wide": of(Shape::Wide) });
        assert_eq!(cost["shapes"], each, "{file}");
        // Each table that rules a tier out is named, and not the first alone.
        let told = ruled_out.iter().map(
            |one| json!({ "tier": one.tier.name, "tables": table_costs(&one.shortage.tables) }),
        );
        assert_eq!(cost["ruled_out"], told.collect::<Value>(), "{file}");
    }
    assert_eq!(shapes.len(), 2, "both shapes are taken");

    let used = usage(&both);
    let Selection { tier, ruled_out } = Tier::smallest(&used).unwrap();
    let text = provable(["run", "both.prov"]).in_folder(here.path());
    let text = text.call().status(0).stdout;
    for line in [
        format!("  proof         tier {}: no smaller one holds", tier.name),
        format!("tier {} holds ", ruled_out[0].tier.name),
        "  shapes        plain: tier ".to_string(),
        format!(
            "  tables        {} of {} rows\n",
            used.rows, tier.capacities.rows
        ),
        format!(
            "                40 of {} words left on the stack\n",
            tier.capacities.stack
        ),
    ] {
        assert!(text.contains(&line), "{line:?} is not in\n{text}");
    }
    let lacks = ruled_out.iter().map(|one| one.to_string());
    assert!(
        text.contains(&lacks.collect::<Vec<_>>().join("; ")),
        "{text}"
    );
}

#[test]
fn a_run_that_fits_in_no_tier_says_so_and_is_done_all_the_same() {
    // 3 rows and 4 steps a turn; and 9,000 words left on the stack, which no tier holds.
    let long = "PUSH 50000\nagain: PUSH 1\nSUB\nDUP\nJNZ again\n";
    let deep = "PUSH 9000\nagain: DUP\nPUSH 1\nSUB\nDUP\nJNZ again\n";
    let here = folder(&[
        ("long.prov", long),
        ("deep.prov", deep),
        ("trap.prov", "PUSH 1\nADD\n"),
    ]);
    let run = |file: &str, status| {
        let call = provable(["run", file, "--json"]).in_folder(here.path());
        call.call().status(status).json()
    };
    let cost = run("long.prov", 0)["cost"].clone();
    assert_eq!(cost["tier"], Value::Null);
    assert_eq!(cost["tables"], json!([]));
    assert_eq!(
        cost["decided"],
        format!(
            "the run takes 200001 steps in more than {MOST_ROWS} rows, and the largest tier holds {MOST_ROWS} rows"
        )
    );
    let cost = run("deep.prov", 0)["cost"].clone();
    assert_eq!(cost["tier"], Value::Null);
    assert_eq!(cost["tables"].as_array().unwrap().len(), 8);
    assert_eq!(cost["shapes"], json!({ "plain": null, "wide": null }));
    let lacks = [LARGEST[0], LARGEST[1]].map(|tier| {
        let (name, most) = (tier.name, tier.capacities.stack);
        format!("tier {name} holds {most} of 9001 words left on the stack")
    });
    assert_eq!(
        cost["decided"],
        format!("it fits in no tier: {}", lacks.join("; "))
    );
    let named: Vec<&Value> = cost["ruled_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["tier"])
        .collect();
    assert_eq!(named, [LARGEST[0].name, LARGEST[1].name]);
    let text = provable(["run", "long.prov"]).in_folder(here.path());
    let text = text.call().status(0).stdout;
    assert!(
        text.contains("  proof         none: the run takes 200001 steps"),
        "{text}"
    );
    // A run that traps has no proof, and so no cost.
    assert_eq!(run("trap.prov", 1)["cost"], Value::Null);
}
