//! How much each line takes of the table that decides the tier of the last run.

use crate::project::{BASE, Project, three};
use serde_json::json;

/// The shares in a file, in parts of a thousand, each after its line.
fn shares(project: &mut Project, name: &str) -> Vec<(u64, u64)> {
    let hints = project.hints(name);
    let shares = hints.iter().filter_map(|hint| {
        let (line, share) = hint.split_once(": ▪ ")?;
        let (whole, tenth) = share.strip_suffix(" %")?.split_once('.')?;
        let share = whole.parse::<u64>().unwrap() * 10 + tenth.parse::<u64>().unwrap();
        Some((line.parse().unwrap(), share))
    });
    shares.collect()
}

/// Sets `hints.cost`, and waits until it has effect: a lens is turned off with it.
fn set(project: &mut Project, cost: bool) {
    project.client.settings = json!({ "hints": { "cost": cost }, "lens": { "verify": !cost } });
    project.client.forget();
    let settings = json!({ "settings": null });
    project
        .client
        .notify("workspace/didChangeConfiguration", settings);
    let uri = project.uri("main.prov");
    project.client.refreshed(|client| {
        let is_on = client.lenses(&uri).iter().any(|one| one == "Verify");
        (is_on != cost).then_some(())
    });
}

#[test]
fn the_share_of_each_line_is_shown_in_every_file_while_it_is_asked_for_and_fresh() {
    let mut project = three();
    project.open("main.prov");
    project.open("lib/base.prov");
    project.complete("provable.run", "main.prov");
    assert_eq!(shares(&mut project, "main.prov"), []);
    set(&mut project, true);
    let of_main = shares(&mut project, "main.prov");
    let of_base = shares(&mut project, "lib/base.prov");
    assert!(of_main.iter().any(|(line, _)| *line == 2), "{of_main:?}");
    // PUSH and DIV are one row, and the RET is one.
    let lines: Vec<u64> = of_base.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines.last(), Some(&3), "{of_base:?}");
    let sum: u64 = of_main.iter().chain(&of_base).map(|(_, share)| share).sum();
    // The rest is that of the file between, which is not open.
    assert!((500..1000).contains(&sum), "{of_main:?} {of_base:?}");

    // Another program: nothing is known of it, until it is the same again.
    let base = project.uri("lib/base.prov");
    project
        .client
        .replace(&base, 2, &BASE.replace("DIV", "MUL"));
    assert_eq!(shares(&mut project, "main.prov"), []);
    assert_eq!(shares(&mut project, "lib/base.prov"), []);
    project
        .client
        .replace(&base, 3, &format!("# the same\n{BASE}"));
    assert_eq!(shares(&mut project, "main.prov"), of_main);
    let moved: Vec<(u64, u64)> = of_base
        .iter()
        .map(|(line, share)| (line + 1, *share))
        .collect();
    assert_eq!(shares(&mut project, "lib/base.prov"), moved);
    set(&mut project, false);
    assert_eq!(shares(&mut project, "main.prov"), []);
}

#[test]
fn the_lines_of_a_loop_take_what_it_takes_each_time() {
    let text = "PUSH 50\nagain: SUB 1\nDUP\nJNZ again\nHALT\n";
    let mut project = Project::new(&[("main.prov", text)]);
    project.open("main.prov");
    set(&mut project, true);
    project.complete("provable.run", "main.prov");
    let found = shares(&mut project, "main.prov");
    let share = |line: u64| {
        found
            .iter()
            .find(|(at, _)| *at == line)
            .map_or(0, |one| one.1)
    };
    assert!(share(1) > 100 && share(0) < 50, "{found:?}");
    let sum: u64 = found.iter().map(|one| one.1).sum();
    assert!((950..=1000).contains(&sum), "{found:?}");
    let params = json!({
        "textDocument": { "uri": project.uri("main.prov") },
        "range": { "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 9 } },
    });
    let hints = project.client.request("textDocument/inlayHint", params);
    let told = hints.as_array().unwrap().iter().find_map(|hint| {
        let is_share = hint["label"].as_str()?.starts_with('▪');
        Some(hint["tooltip"].as_str()?.to_owned()).filter(|_| is_share)
    });
    assert!(
        told.is_some_and(|told| told.contains("decide its tier")),
        "{hints}"
    );
}
