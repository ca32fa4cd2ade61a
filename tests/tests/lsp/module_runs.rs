//! Runs of programs of several files: values and traps are told in the file where they are.

use crate::project::{BASE, Project, has_error, line, three};
use serde_json::json;

#[test]
fn a_run_shows_values_in_every_open_file() {
    let mut project = three();
    project.open("main.prov");
    project.open("lib/base.prov");
    project.client.forget();
    project.complete("provable.run", "main.prov");
    let hints = project.hints("main.prov");
    assert!(hints.contains(&"1: ⇒ 3".to_owned()), "{hints:?}");
    assert!(
        hints.iter().any(|one| one.starts_with("4: halted after")),
        "{hints:?}"
    );
    let hints = project.hints("lib/base.prov");
    assert!(hints.contains(&"2: ⇒ 1".to_owned()), "{hints:?}");
    let main = project.uri("main.prov");
    let status = project.client.status(&main);
    assert_eq!(status["run"]["state"], "fresh");
    assert_eq!(status["run"]["answer"]["outputs"], json!([4]));
    // A library has no run of its own, and an edit of it makes that of the program stale.
    let base = project.uri("lib/base.prov");
    let refused = project.client.execute("provable.run", &base).unwrap_err();
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("base.prov is a library: it has no instructions of its own to run"),
        "{refused}"
    );
    assert!(project.client.lenses(&base).iter().all(|one| one != "Run"));
    project
        .client
        .replace(&base, 2, &BASE.replace("PUSH 2", "PUSH 1"));
    assert_eq!(project.client.status(&main)["run"]["state"], "stale");
    project
        .client
        .replace(&base, 3, &format!("# the same\n{BASE}"));
    assert_eq!(project.client.status(&main)["run"]["state"], "fresh");
    let hints = project.hints("lib/base.prov");
    assert!(hints.contains(&"3: ⇒ 1".to_owned()), "{hints:?}");
}

#[test]
fn a_call_shows_the_value_that_its_routine_left_if_it_leaves_one() {
    let mut project = Project::new(&[(
        "main.prov",
        "PUSH 5\nCALL more 1\nCALL more 2\nCALL none\nWRITE\nHALT\n.routine more ( a -- b ) N\nADD N\nRET\n.routine none ( -- )\nRET\n",
    )]);
    project.open("main.prov");
    project.complete("provable.run", "main.prov");
    let hints = project.hints("main.prov");
    let at = |line: &str| {
        let found = hints
            .iter()
            .filter(|one| one.starts_with(line) && one.contains('⇒'));
        found.map(String::as_str).collect::<Vec<_>>()
    };
    assert_eq!(at("1:"), ["1: ⇒ 6"]);
    assert_eq!(at("2:"), ["2: ⇒ 8"]);
    assert_eq!(at("3:"), [""; 0]);
}

#[test]
fn a_line_of_several_copies_shows_the_first_and_their_number() {
    let mut project = Project::new(&[(
        "main.prov",
        "PUSH 1\n.inline more 1\n.inline more 2\nWRITE\nHALT\n.routine more ( a -- b ) N\nPUSH N\nADD\nRET\n",
    )]);
    project.open("main.prov");
    project.complete("provable.run", "main.prov");
    let hints = project.hints("main.prov");
    assert!(
        hints.contains(&"6: ⇒ 1 (of 2 copies)".to_owned()),
        "{hints:?}"
    );
    assert!(
        hints.contains(&"7: ⇒ 2 (of 2 copies)".to_owned()),
        "{hints:?}"
    );
}

#[test]
fn a_trap_is_told_where_it_happened_with_the_way_there() {
    let mut project = three();
    let main = ".use \"./lib/math\"\nPUSH 3\nCALL math.twice\nWRITE\nHALT\n";
    let base = BASE.replace("PUSH 2", "PUSH 0");
    std::fs::write(project.path("lib/base.prov"), &base).unwrap();
    project.open("main.prov");
    let main_uri = project.uri("main.prov");
    assert!(main.contains("twice"));
    let job = project.client.execute("provable.run", &main_uri).unwrap();
    project.client.progress(&format!("provable/{}", job["job"]));
    // The file is not open: the CALL is told.
    let found = project.until("main.prov", 1, |found| has_error(found, "trapped"));
    let trap = found.iter().find(|one| one["code"] == "trap").unwrap();
    assert_eq!(line(trap), 2, "{trap}");
    let message = trap["message"].as_str().unwrap();
    assert!(
        message.contains("base.prov, line 3: division by zero"),
        "{message}"
    );
    let way: Vec<String> = trap["relatedInformation"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let location = &one["location"];
            let file = location["uri"]
                .as_str()
                .unwrap()
                .rsplit('/')
                .next()
                .unwrap();
            format!(
                "{} {file}:{}",
                one["message"].as_str().unwrap(),
                line(location)
            )
        })
        .collect();
    assert_eq!(
        way,
        [
            "it trapped here base.prov:2",
            "called here math.prov:2",
            "called here main.prov:2"
        ]
    );
    // When it is open, the trap is told there, and not in the program any more.
    let found = project.open("lib/base.prov");
    let found = match has_error(&found, "trapped") {
        true => found,
        false => project.until("lib/base.prov", 1, |found| has_error(found, "trapped")),
    };
    let trap = found.iter().find(|one| one["code"] == "trap").unwrap();
    assert_eq!(line(trap), 2);
    assert!(
        trap["message"]
            .as_str()
            .unwrap()
            .contains("the last run of main.prov trapped here")
    );
    project.until("main.prov", 1, |found| !has_error(found, "trapped"));
}
