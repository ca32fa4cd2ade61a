//! What a proof of a run takes: its tier and how full its tables are.

use super::*;

#[test]
fn a_run_says_which_tier_it_needs_how_full_its_tables_are_and_what_decides() {
    // Turns of 4 steps: 40 are too many for 118 rows, 70 for 247; and 20 words left on the stack are too many for 16.
    let rows = "PUSH 40\nagain: PUSH 1\nSUB\nDUP\nJNZ again\nPOP\n";
    let both = format!("{}{}", rows.replace("40", "70"), "PUSH 1\n".repeat(20));
    let here = folder(&[
        ("rows.prov", rows),
        ("both.prov", &both),
        ("small.prov", "PUSH 6\nPUSH 7\nMUL\nPUSH 3\nAND\nSTORE 5\n"),
    ]);
    let cost = |file: &str| {
        let call = provable(["run", file, "--json"]).in_folder(here.path());
        call.call().status(0).json()["cost"].clone()
    };
    let table = |cost: &Value, list: &str, name: &str| {
        let tables = cost[list].as_array().unwrap();
        let found = tables.iter().find(|one| one["table"] == name);
        found.map(|one| (one["used"].clone(), one["capacity"].clone()))
    };
    let use_of = |used: u64, capacity: u64| Some((json!(used), json!(capacity)));

    let small = cost("small.prov");
    assert_eq!(small["tier"], "118");
    assert_eq!(small["ruled_out"], json!([]));
    assert_eq!(small["decided"], "it fits in the smallest tier");
    for (name, used, capacity) in [
        ("rows", 7, 118),
        ("program", 7, 64),
        ("heap", 1, 16),
        ("stack", 0, 16),
        ("calls", 0, 8),
        ("arithmetic", 1, 14),
        ("bitwise", 1, 14),
        ("compare", 0, 14),
    ] {
        assert_eq!(
            table(&small, "tables", name),
            use_of(used, capacity),
            "{name}"
        );
    }
    assert_eq!(small["tables"].as_array().unwrap().len(), 8);

    let rows = cost("rows.prov");
    assert_eq!(rows["tier"], "247");
    assert_eq!(rows["ruled_out"].as_array().unwrap().len(), 1);
    assert_eq!(table(&rows, "ruled_out", "rows"), use_of(163, 118));
    assert_eq!(table(&rows, "tables", "rows"), use_of(163, 247));

    // Each table that rules a tier out is named, and not the first alone.
    let both = cost("both.prov");
    assert_eq!(table(&both, "ruled_out", "stack"), use_of(20, 16));
    assert_eq!(
        both["decided"],
        "for the one before it, the run needs 303 rows, this tier holds 247; 20 words left on the stack, it holds 16"
    );

    let text = provable(["run", "both.prov"]).in_folder(here.path());
    let text = text.call().status(0).stdout;
    for line in [
        "  proof         tier 494: ",
        "  tables        303 of 494 rows\n",
        "                20 of 30 words left on the stack\n",
        "                0 of 61 distinct comparisons\n",
    ] {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
}

#[test]
fn a_run_that_fits_in_no_tier_says_so_and_is_done_all_the_same() {
    // 4 steps a turn; and 9,000 words left on the stack, of which the largest tier holds 8,192.
    let long = "PUSH 40000\nagain: PUSH 1\nSUB\nDUP\nJNZ again\n";
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
        "the run takes 160001 steps, and the largest tier holds 131072"
    );
    let cost = run("deep.prov", 0)["cost"].clone();
    assert_eq!(cost["tier"], Value::Null);
    assert_eq!(cost["tables"].as_array().unwrap().len(), 8);
    assert_eq!(
        cost["decided"],
        "it fits in no tier: for the largest, the run needs 9001 words left on the stack, this tier holds 8192"
    );
    let text = provable(["run", "long.prov"]).in_folder(here.path());
    let text = text.call().status(0).stdout;
    assert!(
        text.contains("  proof         none: the run takes 160001 steps"),
        "{text}"
    );
    // A run that traps has no proof, and so no cost.
    assert_eq!(run("trap.prov", 1)["cost"], Value::Null);
}
