//! Running and debugging tests by lenses and code actions, from any client.

use crate::fixture::keys;
use crate::project::{BASE, Project, edited, has_error, line};
use provable_tests::lsp::capabilities;
use serde_json::{Value, json};

const TESTED: &str = "\
.use \"./base\"
.test base.half ( 8 -- 4 )
.test \"sum\"
PUSH 1
PUSH 2
ADD
ASSERT
";

fn lenses(project: &mut Project, name: &str) -> Vec<(u64, Value)> {
    let params = json!({ "textDocument": { "uri": project.uri(name) } });
    let found = project.client.request("textDocument/codeLens", params);
    let found = found.as_array().unwrap().iter();
    found
        .map(|one| (line(one), one["command"].clone()))
        .collect()
}

fn named<'a>(commands: &'a [(u64, Value)], title: &str) -> Vec<(u64, &'a Value)> {
    let found = commands.iter().filter(|(_, one)| one["title"] == title);
    found.map(|(line, one)| (*line, one)).collect()
}

#[test]
fn a_client_that_can_do_nothing_runs_tests_by_lens_and_by_action() {
    let files = [("t.prov", TESTED), ("base.prov", BASE)];
    let mut project = Project::with(&files, keys(), &json!({}));
    project.open("t.prov");
    let all = lenses(&mut project, "t.prov");
    let places: Vec<u64> = named(&all, "Run Test").iter().map(|one| one.0).collect();
    assert_eq!(places, [1, 2]);
    assert!(
        named(&all, "Debug Test").is_empty(),
        "the client has no debugger"
    );
    let passed = |results: Result<Value, Value>| {
        let results = results.unwrap();
        assert_eq!(results["failed"], 0, "{results:#}");
        results["passed"].as_u64().unwrap()
    };
    let [(0, every)] = named(&all, "Run All Tests")[..] else {
        panic!("{all:?}")
    };
    assert_eq!(passed(project.perform(every)), 2);
    let one = named(&all, "Run Test")[1].1;
    let results = project.perform(one).unwrap();
    assert_eq!(results["tests"][0]["name"], "sum");
    assert_eq!(passed(Ok(results)), 1);

    // The same for clients that show no lenses, anywhere within the test.
    let actions = project.actions("t.prov", 4, &[]);
    let find = |title: &str| actions.iter().find(|one| one["title"] == title);
    let run = find("Run this test").expect("an action");
    assert_eq!(run["kind"], "source");
    let results = project.perform(&run["command"]).unwrap();
    assert_eq!(results["tests"][0]["name"], "sum");
    let all = find("Run all tests").expect("an action");
    assert_eq!(passed(project.perform(&all["command"])), 2);
    assert!(find("Debug this test").is_none());
    // Outside of tests, there is none to run.
    let actions = project.actions("t.prov", 0, &[]);
    let titles: Vec<&Value> = actions.iter().map(|one| &one["title"]).collect();
    assert_eq!(titles, ["Run all tests"]);
}

#[test]
fn tests_are_debugged_by_the_command_of_a_client_that_has_a_debugger() {
    let mut debugging = capabilities();
    debugging["experimental"] = json!({ "commands": { "commands": ["provable.debug"] } });
    let files = [("t.prov", TESTED), ("base.prov", BASE)];
    let mut project = Project::with(&files, keys(), &debugging);
    project.open("t.prov");
    let uri = project.uri("t.prov");
    let listed = project.client.execute("provable.tests", &uri).unwrap();
    let id = |number: usize| listed["tests"][number]["id"].clone();
    let all = lenses(&mut project, "t.prov");
    let found = named(&all, "Debug Test");
    assert_eq!(found.iter().map(|one| one.0).collect::<Vec<_>>(), [1, 2]);
    for (number, (_, command)) in found.iter().enumerate() {
        assert_eq!(command["command"], "provable.debug");
        assert_eq!(
            command["arguments"],
            json!([{ "uri": uri, "test": id(number) }])
        );
    }
    let actions = project.actions("t.prov", 2, &[]);
    let debug = actions.iter().find(|one| one["title"] == "Debug this test");
    assert_eq!(debug.unwrap()["command"]["arguments"][0]["test"], id(1));
}

#[test]
fn the_words_with_which_a_test_failed_become_a_test() {
    let text = "\
.test less ( a b -- (a*(a<=b)+b*(b<a)) )

.routine less ( a b -- c )
POP
RET
";
    let mut project = Project::new(&[("t.prov", text)]);
    project.open("t.prov");
    let results = project.test("t.prov", None).unwrap();
    let words = &results["tests"][0]["counterexample"];
    let (a, b) = (words["a"].as_u64().unwrap(), words["b"].as_u64().unwrap());
    let found = project.until("t.prov", 1, |found| has_error(found, "the test failed"));
    let failed = found.iter().find(|one| one["code"] == "test").unwrap();
    let actions = project.actions("t.prov", 0, std::slice::from_ref(failed));
    let title = "Add the words with which it failed as a test";
    let add = actions
        .iter()
        .find(|one| one["title"] == title)
        .expect("a quick fix");
    assert_eq!(add["kind"], "quickfix");
    assert_eq!(add["diagnostics"][0], *failed);
    let change = &add["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["version"], 1);
    let after = edited(text, &change["edits"]);
    let line = format!(".test less ( {a} {b} -- ({a}*({a}<={b})+{b}*({b}<{a})) )\n");
    assert_eq!(after, text.replacen(")\n\n", &format!(")\n{line}\n"), 1));
    let uri = project.uri("t.prov");
    project.client.replace(&uri, 2, &after);
    let results = project.test("t.prov", None).unwrap();
    let added = &results["tests"][1];
    assert_eq!(
        (&added["verdict"], &added["runs"]),
        (&json!("failed"), &json!(1)),
        "{results:#}"
    );
    // When the routine is mended there is nothing to add.
    let found = project.until("t.prov", 2, |found| has_error(found, "the test failed"));
    let mended = after.replace("POP\n", "DUP 1\nDUP 1\nLT\nJNZ first\nSWAP\nfirst:\nPOP\n");
    project.client.replace(&uri, 3, &mended);
    let actions = project.actions("t.prov", 0, &found);
    assert!(
        actions.iter().all(|one| one["title"] != title),
        "{actions:?}"
    );
    assert_eq!(project.test("t.prov", None).unwrap()["failed"], 0);
}
