//! `provable profile`: which lines and routines take the rows, what decides the tier, and what changed.

mod comparison;

use super::*;
use provable::circuit::usage::TABLES;
use provable_tests::SMALLEST;

/// 20 turns of a loop that calls a routine, which calls another.
const LOOP: &str = "PUSH 20\nagain: CALL twice\nSUB 1\nDUP\nJNZ again\nHALT\n\
                    twice: CALL once\nCALL once\nRET\nonce: DUP\nMUL 3\nPOP\nRET\n";

fn here() -> tempfile::TempDir {
    folder(&[
        ("p.prov", LOOP),
        ("trap.prov", "PUSH 1\nPUSH 0\nDIV\n"),
        ("read.prov", "READ\nWRITE\n"),
        ("old.json", "{\"file\":\n7}"),
    ])
}

fn sum<'a>(parts: impl Iterator<Item = &'a Value>, table: &str) -> u64 {
    parts.map(|part| part[table].as_u64().unwrap()).sum()
}

#[test]
fn lines_and_routines_add_up_to_what_a_run_costs() {
    for program in ["sudoku.prov", "hash.prov", "merkle.prov"].map(example) {
        let call = |command| {
            let call = provable([command, "--json"]).arg(&program);
            call.call().status(0).json()
        };
        let (profile, run) = (call("profile"), call("run"));
        assert_eq!(profile["status"], "profiled");
        assert_eq!(profile["steps"], run["steps"]);
        assert_eq!(profile["tier"], run["cost"]["tier"]);
        let costs = run["cost"]["tables"].as_array().unwrap();
        let parts = |list: &str, own: &str| -> Vec<Value> {
            let list = profile[list].as_array().unwrap().iter();
            list.map(|one| one[own].clone()).collect()
        };
        for (table, _) in TABLES {
            let used = profile["usage"][table].as_u64().unwrap();
            if let Some(cost) = costs.iter().find(|cost| cost["table"] == *table) {
                assert_eq!(cost["used"], used, "{table}");
            }
            let lines = parts("lines", "own");
            let lines = lines.iter().chain([&profile["data"]]);
            assert_eq!(sum(lines, table), used, "{table}");
            let routines = parts("routines", "own");
            let outside = [&profile["data"], &profile["not_executed"]];
            let routines = routines.iter().chain(outside);
            assert_eq!(sum(routines, table), used, "{table}");
        }
    }
}

#[test]
fn people_see_what_decides_the_tier_and_the_worst_lines_and_routines() {
    let here = here();
    let call = |more: &[&str]| {
        let call = provable(["profile", "p.prov"].iter().chain(more));
        let answer = call.in_folder(here.path()).call().status(0);
        assert_eq!(answer.stderr, "");
        answer.stdout
    };
    let text = call(&["--top", "2", "--by", "rows"]);
    for line in [
        "p.prov: 302 steps in 262 rows\n",
        "  proof         tier 512\n",
        // The next smaller tier lacks more than one capacity; the one that it lacks most of decides.
        "  decided by    20 distinct multiplications, divisions and shifts; tier 251 holds 15\n",
        "  to save       11 rows, 5 distinct multiplications, divisions and shifts, for tier 251\n",
        "routines, by rows\n",
        "  rows  share  with calls   share  calls  routine\n",
        "   120  45.8%         120   45.8%     40  once\n",
        "  … and 1 more routine\n",
        "lines, by rows\n",
        "    40  15.3%        40  p.prov:10  once: DUP\n",
    ] {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
    // DUP and MUL are one row, and its question is that of MUL.
    let text = call(&["--top", "1"]);
    let line = "          20     0  100.0%        40  p.prov:11  MUL 3\n";
    assert!(text.contains(line), "{line:?} is not in\n{text}");
    let small = provable(["profile", "read.prov", "--public", "7"]);
    let small = small.in_folder(here.path()).call().status(0).stdout;
    for line in [
        format!("  proof         tier {SMALLEST}\n"),
        "  to save       nothing: it is the smallest tier\n".to_owned(),
    ] {
        assert!(small.contains(&line), "{line:?} is not in\n{small}");
    }
}

#[test]
fn what_no_routine_used_is_told_apart() {
    let here = folder(&[("p.prov", ".data d at 0 1, 2\nHALT\nNOP\nNOP\n")]);
    let call = |by: &str| {
        let call = provable(["profile", "p.prov", "--by", by]).in_folder(here.path());
        call.call().status(0).stdout
    };
    let text = call("program");
    // NOP twice, and the end of the program.
    let line = "        3     0  75.0%                            (not executed)\n";
    assert!(text.contains(line), "{line:?} is not in\n{text}");
    let text = call("heap");
    for line in [
        "     2     0  100.0%                            (data)\n",
        "     2     0  100.0%            (data)\n",
    ] {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
}

#[test]
fn a_run_that_no_tier_holds_is_compared_with_the_largest() {
    let long = "PUSH 50000\nagain: SUB 1\nNOP\nDUP\nJNZ again\n";
    let here = folder(&[("long.prov", long)]);
    let call = provable(["profile", "long.prov"]).in_folder(here.path());
    let text = call.call().status(0).stdout;
    for line in [
        "long.prov: 200001 steps in 200002 rows\n",
        "  proof         no tier holds the run\n",
        "  decided by    200002 rows; tier 131k holds 131072\n",
        "  to save       68930 rows, for tier 131k\n",
    ] {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
}

#[test]
fn a_trap_has_no_profile() {
    let here = here();
    let answer = provable(["profile", "trap.prov", "--json"]).in_folder(here.path());
    let json = answer.call().status(1).json();
    assert_eq!(json["status"], "error");
    assert_eq!(json["reason"], "division by zero");
    assert_eq!(json["line"], 3);
    let read = provable(["profile", "read.prov", "--svg", "out.svg"]).in_folder(here.path());
    read.call()
        .status(1)
        .says(&["no public input is left", "read.prov:1:1", "--public"]);
    assert!(!here.path().join("out.svg").exists());
}

#[test]
fn every_form_is_written_to_its_file() {
    let here = here();
    let forms = [
        "--folded",
        "p.folded",
        "--speedscope",
        "p.speedscope.json",
        "--by",
        "rows",
    ];
    let call = provable(["profile", "p.prov", "--svg", "p.svg"].iter().chain(&forms));
    call.in_folder(here.path()).call().status(0);
    let read = |name: &str| std::fs::read_to_string(here.path().join(name)).unwrap();
    assert_eq!(
        read("p.folded"),
        "(main) 82\n(main);twice 60\n(main);twice;once 120\n"
    );
    let speedscope: Value = serde_json::from_str(&read("p.speedscope.json")).unwrap();
    let frame = json!({ "name": "once", "file": "p.prov", "line": 10 });
    assert_eq!(speedscope["shared"]["frames"][2], frame);
    assert_eq!(speedscope["profiles"][0]["name"], "rows");
    assert_eq!(speedscope["profiles"][0]["endValue"], 262);
    let svg = read("p.svg");
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    assert!(
        svg.contains("<title>once (p.prov:10): 120 rows, 45.8%</title>"),
        "{svg}"
    );
}

#[test]
fn a_form_on_standard_output_sends_the_answer_to_standard_error() {
    let here = here();
    let call = |more: &[&str]| {
        let call = provable(["profile", "p.prov", "--folded", "-"].iter().chain(more));
        call.in_folder(here.path()).call()
    };
    let answer = call(&[]).status(0).says(&["262 rows"]);
    assert!(
        answer.stdout.starts_with("(main);twice;once 20\n"),
        "{answer:?}"
    );
    call(&["--json"])
        .status(2)
        .says(&["the folded stacks cannot go there"]);
}

#[test]
fn no_file_that_is_read_or_written_twice_is_written_over() {
    let here = here();
    for (more, told) in [
        (
            &["--svg", "p.prov"][..],
            "the picture would be written over the program",
        ),
        (&["--svg", "trap.prov"], "named as a program"),
        (
            &["--svg", "a", "--folded", "a"],
            "the folded stacks and the picture cannot both",
        ),
    ] {
        let call = provable(["profile", "p.prov"].iter().chain(more));
        call.in_folder(here.path()).call().status(2).says(&[told]);
    }
    std::fs::write(
        here.path().join("old.json"),
        profile_of(here.path(), "p.prov"),
    )
    .unwrap();
    let over = [
        "profile",
        "p.prov",
        "--compare",
        "old.json",
        "--folded",
        "old.json",
    ];
    provable(over)
        .in_folder(here.path())
        .call()
        .status(2)
        .says(&["the folded stacks would be written over the earlier profile"]);
}

/// What `--json` prints.
fn profile_of(folder: &Path, program: &str) -> String {
    let call = provable(["profile", program, "--json"]).in_folder(folder);
    call.call().status(0).stdout
}
