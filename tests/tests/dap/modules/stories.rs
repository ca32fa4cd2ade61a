//! Frames, steps and names in routines, copies and the standard library.

use super::{DEEP, Folder, at, places, stops};
use provable::lang::std_library;
use provable_tests::dap::Debugger;
use serde_json::{Value, json};

#[test]
fn a_step_goes_over_a_copy_or_into_it_and_comes_back_the_same_way() {
    let files = Folder::three();
    let mut debugger = Debugger::at_entry(&files.program);
    debugger.goto(8);
    at(&mut debugger, 8, &["main main.prov:9"]);
    debugger.go("next");
    at(&mut debugger, 9, &["main main.prov:10"]);
    debugger.go("next");
    at(&mut debugger, 11, &["main main.prov:11"]);
    // In: the next instruction is the copy's already, so only what is shown changes.
    let (outer, double) = ("main main.prov:11", "lib.double lib.prov:11");
    assert_eq!(debugger.go("stepIn"), "step");
    at(&mut debugger, 11, &[double, outer]);
    debugger.go("stepIn");
    at(
        &mut debugger,
        11,
        &["deep.twice deep.prov:2", double, outer],
    );
    debugger.go("next");
    at(&mut debugger, 12, &["lib.double lib.prov:12", outer]);
    // Back over the copy in the copy, out of this, and over the one before.
    debugger.go("stepBack");
    at(&mut debugger, 11, &[double, outer]);
    debugger.go("stepBack");
    at(&mut debugger, 11, &[outer]);
    debugger.go("stepBack");
    at(&mut debugger, 9, &["main main.prov:10"]);
    debugger.go("stepBack");
    at(&mut debugger, 8, &["main main.prov:9"]);
    // Over a copy in a copy, and out.
    for command in ["next", "stepIn", "next"] {
        debugger.go(command);
    }
    at(
        &mut debugger,
        10,
        &["lib.double lib.prov:12", "main main.prov:10"],
    );
    debugger.go("stepOut");
    at(&mut debugger, 11, &["main main.prov:11"]);
    // By instructions, every one counts.
    let one = || json!({ "threadId": 1, "granularity": "instruction" });
    debugger.go_with("stepIn", one());
    at(&mut debugger, 12, &["lib.double lib.prov:12", outer]);
    debugger.go_with("stepBack", one());
    debugger.go_with("stepBack", one());
    at(
        &mut debugger,
        10,
        &["lib.double lib.prov:12", "main main.prov:10"],
    );
}

#[test]
fn a_step_leads_into_the_standard_library_whose_text_the_adapter_has() {
    let files = Folder::three();
    let mut debugger = Debugger::at_entry(&files.program);
    debugger.goto(16);
    assert_eq!(debugger.go("stepIn"), "step");
    let body = debugger.ok("stackTrace", json!({ "threadId": 1 }));
    let frame = &body["stackFrames"][0];
    let source = frame["source"].clone();
    assert_eq!(frame["name"], "math.mul64");
    assert_eq!(
        (&source["name"], &source["path"]),
        (&json!("std@1/math.prov"), &Value::Null)
    );
    let text = debugger.ok(
        "source",
        json!({ "source": source, "sourceReference": source["sourceReference"] }),
    );
    let whole = std_library::text("std@1/math").unwrap();
    assert_eq!(text["content"], whole);
    let line = frame["line"].as_u64().unwrap();
    let before = whole.lines().nth(line as usize - 2).unwrap();
    assert!(before.starts_with(".routine mul64"), "{before}");
    let seen = debugger.step();
    debugger.go("next");
    assert_eq!(debugger.step(), seen + 1);
    debugger.go("stepOut");
    assert_eq!(places(&mut debugger), ["main main.prov:16"]);
    debugger.go("stepBack");
    at(&mut debugger, 16, &["main main.prov:15"]);
    // A breakpoint in that text.
    let set = json!({ "source": source, "breakpoints": [{ "line": line }, { "line": 1 }] });
    let body = debugger.ok("setBreakpoints", set);
    assert_eq!(body["breakpoints"][0]["verified"], true);
    assert_eq!(body["breakpoints"][0]["source"], source);
    assert_eq!(
        body["breakpoints"][1]["verified"], false,
        "another routine's"
    );
    stops(&mut debugger, &[17]);
    debugger.refused("source", json!({ "sourceReference": 4711 }));
    debugger.refused("source", json!({}));
}

#[test]
fn names_mean_what_they_mean_in_the_file_of_the_frame() {
    let files = Folder::three();
    let mut debugger = Debugger::at_entry(&files.program);
    debugger.goto(8);
    for (text, value) in [
        ("heap[counter]", "12"),
        ("heap[lib.last]", "12"),
        ("BASE + lib.LIMIT", "23"),
        ("len(counter)", "1"),
        ("lib.area", "18"),
        ("math.mul64 > lib.area", "1"),
    ] {
        assert_eq!(debugger.value(text), value, "{text}");
    }
    for (text, part) in [
        ("LIMIT", "nothing is called LIMIT; did you mean lib.LIMIT?"),
        ("lib", "is a file"),
        ("lib.double", "no CALL"),
        ("len(BASE)", "no number of words"),
        ("counter[0]", "is no list"),
    ] {
        let message = debugger.refused(
            "evaluate",
            json!({ "expression": text, "context": "watch" }),
        );
        assert!(message.contains(part), "{text}: {message}");
    }
    debugger.goto(12);
    let mut value = |text: &str, frame: u64| {
        let seq = debugger.ask(
            "evaluate",
            json!({ "expression": text, "frameId": frame, "context": "watch" }),
        );
        debugger.answer(seq)["body"]["result"]
            .as_str()
            .map(str::to_owned)
    };
    assert_eq!(value("LIMIT", 1).as_deref(), Some("20"));
    assert_eq!(value("BASE", 1), None);
    assert_eq!(value("BASE", 2).as_deref(), Some("3"));
    let asked = json!({ "text": "lib.", "column": 5, "frameId": 2 });
    let body = debugger.ok("completions", asked);
    let labels: Vec<&str> = body["targets"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["label"].as_str())
        .collect();
    assert_eq!(
        labels,
        [
            "lib.LIMIT",
            "lib.area",
            "lib.check",
            "lib.double",
            "lib.last",
            "lib.unused"
        ]
    );
}

#[test]
fn a_trap_in_a_library_is_shown_there() {
    let files = Folder::three();
    let mut debugger = Debugger::at_entry(&files.program);
    assert_eq!(debugger.go("continue"), "exception");
    assert_eq!(
        places(&mut debugger),
        ["lib.check lib.prov:18", "main main.prov:19"]
    );
    let said = debugger.printed("stderr");
    assert!(said.contains("lib.prov line 18 (instruction 24)"), "{said}");
    let copied = Folder::new(&[
        (
            "main.prov",
            ".use \"./lib\"\nPUSH 0\n.inline lib.must\nHALT\n",
        ),
        ("lib.prov", ".routine must ( a -- )\nASSERT\nRET\n"),
    ]);
    let mut debugger = Debugger::at_entry(&copied.program);
    assert_eq!(debugger.go("continue"), "exception");
    assert_eq!(
        places(&mut debugger),
        ["lib.must lib.prov:2", "main main.prov:3"]
    );
    let said = debugger.printed("stderr");
    assert!(said.contains("copied by main.prov line 3"), "{said}");
}

#[test]
fn an_edit_of_a_library_is_announced() {
    let files = Folder::three();
    let mut debugger = Debugger::at_entry(&files.program);
    std::fs::write(files.path("deep.prov"), format!("\n{DEEP}")).unwrap();
    debugger.go("next");
    debugger.ok("threads", json!({}));
    let said = debugger.printed("important");
    assert!(said.contains("deep.prov has changed"), "{said}");
}
