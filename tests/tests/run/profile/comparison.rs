//! `provable profile --compare`: what changed since an earlier profile.

use super::*;

#[test]
fn what_changed_since_an_earlier_profile_is_told() {
    let here = here();
    let path = |name: &str| here.path().join(name);
    std::fs::write(path("old.json"), profile_of(here.path(), "p.prov")).unwrap();
    // A comment, fewer turns, and a line that is gone.
    let later = format!(
        "# later\n{}",
        LOOP.replace("20", "2").replace("CALL once\nRET", "RET")
    );
    std::fs::write(path("p.prov"), later).unwrap();
    let compare = |more: &[&str]| {
        let call = provable(
            ["profile", "p.prov", "--compare", "old.json"]
                .iter()
                .chain(more),
        );
        call.in_folder(here.path()).call().status(0)
    };
    let text = compare(&["--top", "20"]).stdout;
    for line in [
        format!("  tier          512 → {SMALLEST}\n"),
        "  rows          262 → 20 rows (-242, -92.4%)\n".to_owned(),
        "\n3 routines changed, by rows, calls included\n".to_owned(),
        "     262   20    -242  (main)\n".to_owned(),
        "\n12 lines changed, by rows\n".to_owned(),
        "      40    2     -38  p.prov:10  once: DUP\n".to_owned(),
        "      20    0     -20  p.prov:8  CALL once  (gone)\n".to_owned(),
        "       0    1      +1  p.prov:2  PUSH 2  (new)\n".to_owned(),
    ] {
        assert!(text.contains(&line), "{line:?} is not in\n{text}");
    }
    let json = compare(&["--json"]).json();
    assert_eq!(json["comparison"]["tier"], "512");
    assert_eq!(json["comparison"]["usage"]["rows"], 262);
    let lines = json["comparison"]["lines"].as_array().unwrap();
    let first = lines.iter().find(|line| line["name"] == "PUSH 20").unwrap();
    assert_eq!(
        (&first["line"], &first["old_line"]),
        (&Value::Null, &json!(1))
    );

    // The comparison does not disturb a later one.
    std::fs::write(path("old.json"), json.to_string()).unwrap();
    let same = compare(&[]).stdout;
    assert!(
        same.contains("\nno routine changed\n\nno line changed\n"),
        "{same}"
    );
}

#[test]
fn a_file_that_is_no_profile_is_refused_with_its_place() {
    let here = here();
    let call = |old: &str, json: &[&str]| {
        let call = provable(["profile", "p.prov", "--compare", old].iter().chain(json));
        call.in_folder(here.path()).call().status(2)
    };
    let json = call("old.json", &["--json"]).json();
    assert_eq!(
        (&json["file"], &json["line"]),
        (&json!("old.json"), &json!(2))
    );
    call("old.json", &[]).says(&["old.json is no profile", "--json"]);
    call("p.prov", &[]).says(&["p.prov is no profile"]);
    call("nowhere.json", &[]).says(&["cannot read nowhere.json"]);
    let twice = ["profile", "-", "--compare", "-"];
    provable(twice)
        .call()
        .status(2)
        .says(&["standard input can be read for one thing"]);
}
