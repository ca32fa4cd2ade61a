//! Programs of several files: what is known of a name that another file defines.

use crate::support::{Around, among, apply, at_cursor, draw};
use expect_test::expect;
use provable_ide::{Edit, ItemKind, Snapshot, shared_at};

const LIB: &str = "\
## The double of a word.
## Never traps.
.routine twice ( n -- 2n )
    DUP
    ADD
    RET

.const LIMIT 2 * 8
.data TABLE 1, 2, 3
.routine _hidden ( -- )
    RET
";

fn with_lib(text: &str) -> (Snapshot, usize) {
    among(text, &[("lib.prov", LIB)])
}

fn hovered(text: &str) -> String {
    let (s, cursor) = with_lib(text);
    provable_ide::hover(&s, cursor).map_or("nothing".into(), |hover| {
        draw(&s, [(hover.span, String::new())]) + "\n" + &hover.markdown
    })
}

#[test]
fn a_member_leads_to_the_other_file() {
    let (s, cursor) = with_lib(".use \"./lib\"\nCALL lib.tw$0ice\nHALT\n");
    let found = provable_ide::definition(&s, cursor).unwrap();
    assert_eq!(&s.text()[found.origin], "twice");
    assert_eq!(s.modules.files()[found.file].id, "lib.prov");
    assert_eq!(&LIB[found.target], "twice");
    // The name of the file leads to the line that gives it, and the path to the file.
    let (s, cursor) = with_lib(".use \"./lib\" as l\nCALL $0l.twice\nHALT\n");
    let found = provable_ide::definition(&s, cursor).unwrap();
    assert_eq!((found.file, &s.text()[found.target]), (0, "l"));
    let (s, cursor) = with_lib(".use \"./l$0ib\"\nCALL lib.twice\nHALT\n");
    let found = provable_ide::definition(&s, cursor).unwrap();
    assert_eq!((found.file, found.target), (1, 0..0));
    assert_eq!(&s.text()[found.origin], "./lib");
}

#[test]
fn paths_with_a_file_are_links() {
    let (s, _) = with_lib(".use \"./lib\"\n.use \"./none\"\n.use \"std@1/math\" as m\nHALT\n");
    let links = provable_ide::links(&s);
    let drawn: Vec<_> = links
        .iter()
        .map(|(span, file)| {
            let id = s.modules.files()[*file].id.as_str();
            (&s.text()[span.clone()], id)
        })
        .collect();
    assert_eq!(drawn, [("./lib", "lib.prov"), ("std@1/math", "std@1/math")]);
}

#[test]
fn a_hover_over_a_member_shows_contract_and_documents() {
    expect![[r#"
        2  CALL lib.twice
                ^^^^^^^^^

        routine `twice`: `( n -- 2n )`

        - takes 1 word, leaves 1
        - used 1 time
        - from `./lib`

        The double of a word.
        Never traps.
    "#]]
    .assert_eq(&hovered(".use \"./lib\"\nCALL lib.tw$0ice\nHALT\n"));
    expect![[r#"
        2  PUSH lib.LIMIT
                ^^^^^^^^^

        constant `LIMIT` = `16`

        - hexadecimal `0x10`
        - binary `0b1_0000`
        - used 1 time
        - from `./lib`
    "#]]
    .assert_eq(&hovered(".use \"./lib\"\nPUSH lib.LI$0MIT\nHALT\n"));
}

#[test]
fn a_hover_over_a_path_lists_what_the_file_makes_known() {
    expect![[r#"
        1  .use "./lib"
                ^^^^^^^

        file `./lib`

        - routine `twice ( n -- 2n )`
        - constant `LIMIT`
        - data `TABLE`
    "#]]
    .assert_eq(&hovered(".use \"./l$0ib\"\nHALT\n"));
}

fn labels(text: &str) -> Vec<String> {
    let (s, cursor) = with_lib(text);
    let items = provable_ide::completions(&s, cursor).items;
    items.into_iter().map(|item| item.label).collect()
}

#[test]
fn after_a_dot_the_members_that_fit_are_offered() {
    assert_eq!(labels(".use \"./lib\"\nCALL lib.$0\n"), ["lib.twice"]);
    assert_eq!(
        labels(".use \"./lib\"\nPUSH lib.$0\n"),
        ["lib.LIMIT", "lib.TABLE"]
    );
    assert_eq!(labels(".use \"./lib\"\n.push lib.$0\n"), ["lib.TABLE"]);
    assert_eq!(labels(".use \"./lib\"\nCALL $0\n"), ["lib."]);
}

#[test]
fn a_routine_of_the_standard_library_brings_its_use_line() {
    let (s, cursor) = at_cursor("# A program.\n\n    CALL divm$0\n    HALT\n");
    let items = provable_ide::completions(&s, cursor).items;
    let item = items
        .iter()
        .find(|item| item.label == "math.divmod")
        .unwrap();
    assert_eq!(item.kind, ItemKind::Routine);
    assert_eq!(item.detail, "( a b -- quotient remainder )");
    assert!(item.documentation.contains("Quotient and remainder"));
    assert_eq!(
        apply(s.text(), &item.additional),
        "# A program.\n\n.use \"std@1/math\"\n    CALL divm\n    HALT\n"
    );
    // A file that is used already needs no line.
    let (s, cursor) = at_cursor(".use \"std@1/math\" as m\nCALL m.divm$0\n");
    let items = provable_ide::completions(&s, cursor).items;
    let labels: Vec<_> = items.iter().map(|item| item.label.as_str()).collect();
    assert_eq!(labels, ["m.divmod"]);
    assert_eq!(items[0].additional, []);
}

#[test]
fn paths_are_completed_from_the_library_and_the_folder() {
    let offered = |text: &str| {
        let (s, cursor) = at_cursor(text);
        let beside = Around::new(&[("./lib", ""), ("./sub/deep", "")]);
        let answer = provable_ide::completions_among(&s, cursor, &beside);
        let items = answer.items.into_iter();
        let inserts: Vec<String> = items.map(|item| item.insert).collect();
        (s.text()[answer.replace].to_owned(), inserts)
    };
    let (replaced, paths) = offered(".use \"std@1/ma$0\"\n");
    assert_eq!(
        (replaced.as_str(), &*paths),
        ("std@1/ma", &["std@1/math".to_owned()][..])
    );
    assert_eq!(offered(".use \"./sub/$0\"\n").1, ["./sub/deep"]);
    assert_eq!(offered(".use \"./s$0\n").1, ["./sub/"]);
    assert!(offered(".use $0\n").1.contains(&"\"./lib\"".to_owned()));
    assert_eq!(offered(".use \"./lib\" $0\n").1, ["as "]);
}

#[test]
fn references_of_a_member_are_found_in_each_file() {
    let text = ".use \"./lib\" as l\nCALL l.twice\n.inline l.tw$0ice\nCALL l.twice2\nHALT\n";
    let (s, cursor) = with_lib(text);
    let shared = shared_at(&s, cursor).unwrap();
    assert_eq!(s.modules.files()[shared.file].id, "lib.prov");
    let here = provable_ide::references_in(&s, "lib.prov", shared.line, true);
    let lines: Vec<_> = here
        .iter()
        .map(|span| s.lines.line_column(span.start).line)
        .collect();
    assert_eq!(lines, [1, 2]);
    assert!(here.iter().all(|span| &s.text()[span.clone()] == "twice"));
    // In its own file, the definition counts.
    let (lib, _) = among(LIB, &[]);
    assert_eq!(lib.modules.files()[0].id, "main.prov");
    let there = provable_ide::references_in(&lib, "main.prov", shared.line, true);
    assert_eq!(there.len(), 1);
    let found = provable_ide::references_in(&lib, "other.prov", shared.line, true);
    assert!(found.is_empty(), "{found:?}");
}

fn renamed(text: &str, new: &str) -> String {
    let (s, cursor) = with_lib(text);
    let edits: Result<Vec<Edit>, String> = provable_ide::rename(&s, cursor, new);
    edits.map_or_else(
        |error| format!("refused: {error}"),
        |edits| apply(s.text(), &edits),
    )
}

#[test]
fn a_member_is_renamed_after_its_file() {
    assert_eq!(
        renamed(
            ".use \"./lib\"\nCALL lib.tw$0ice\n.inline lib.twice\n",
            "double"
        ),
        ".use \"./lib\"\nCALL lib.double\n.inline lib.double\n"
    );
    expect!["refused: there is a constant `LIMIT` already, on line 8; choose another name, or rename that one first"]
        .assert_eq(&renamed(".use \"./lib\"\nCALL lib.tw$0ice\n", "LIMIT"));
    expect!["refused: `_x` would be known only in its own file, and it is used in this one; choose a name without `_` before it"]
        .assert_eq(&renamed(".use \"./lib\"\nCALL lib.tw$0ice\n", "_x"));
}

#[test]
fn the_standard_library_is_not_renamed() {
    let text = ".use \"std@1/math\"\nCALL math.m$0ax\n";
    expect!["refused: the standard library does not change; define a routine of your own that calls this one"]
        .assert_eq(&renamed(text, "most"));
    let (s, cursor) = at_cursor(text);
    assert_eq!(provable_ide::prepare(&s, cursor), None);
}

#[test]
fn a_file_gets_a_name_and_keeps_its_path() {
    assert_eq!(
        renamed(".use \"./lib\"\nCALL li$0b.twice\n", "l"),
        ".use \"./lib\" as l\nCALL l.twice\n"
    );
    assert_eq!(
        renamed(".use \"./lib\" as li$0b2\nCALL lib2.twice\n", "l"),
        ".use \"./lib\" as l\nCALL l.twice\n"
    );
    assert!(renamed(".use \"./lib\"\nCALL li$0b.twice\n", "a.b").starts_with("refused"));
}

#[test]
fn a_missing_use_line_of_the_standard_library_is_added() {
    let text = "PUSH 1\nPUSH 2\nCALL math.max\nHALT\n";
    let at = text.find("math").unwrap();
    let s = Snapshot::new(text);
    let fixes = provable_ide::fixes(&s, at..at);
    let fix = fixes
        .iter()
        .find(|fix| fix.title == "Use `std@1/math`")
        .unwrap();
    assert!(fix.is_preferred);
    let after = apply(text, &fix.edits);
    assert_eq!(after, format!(".use \"std@1/math\"\n{text}"));
    assert!(!Snapshot::new(&after).assembly.has_errors());
}

const RATES: &str = ".const FEE 3\n.routine due ( a -- b )\nRET\n.routine _own ( -- )\nRET\n";

/// Titles of the fixes at the cursor with files around; preferred ones have a mark.
fn offered(text: &str, around: &[(&str, &str)]) -> Vec<String> {
    let (s, cursor) = at_cursor(text);
    let fixes = provable_ide::fixes_among(&s, cursor..cursor, &Around::new(around));
    let titles = fixes.into_iter().map(|fix| match fix.is_preferred {
        true => fix.title + "!",
        false => fix.title,
    });
    titles.collect()
}

#[test]
fn a_missing_use_line_of_an_own_file_is_added() {
    let around = [
        ("./rates", RATES),
        ("./lib/rates", RATES),
        ("../rates", ".const OTHER 1\n"),
        ("../old/rates", "HALT\n.routine due ( a -- b )\nRET\n"),
        ("./math", ".routine max ( a b -- c )\nPOP\nRET\n"),
    ];
    let text = "PUSH 1\nCALL rates.d$0ue\nHALT\n";
    assert_eq!(
        offered(text, &around),
        ["Use `./rates`!", "Use `./lib/rates`"]
    );
    let (s, cursor) = at_cursor(text);
    let fixes = provable_ide::fixes_among(&s, cursor..cursor, &Around::new(&around));
    assert_eq!(
        apply(s.text(), &fixes[0].edits),
        ".use \"./rates\"\nPUSH 1\nCALL rates.due\nHALT\n"
    );
    // An own file comes before that of the standard library.
    let both = offered("PUSH 1\nPUSH 2\nCALL ma$0th.max\nHALT\n", &around);
    assert_eq!(both, ["Use `./math`!", "Use `std@1/math`"]);
    assert_eq!(offered("PUSH rates.FE$0E\n", &around).len(), 2);
}

#[test]
fn a_name_with_a_dot_is_never_defined_here() {
    for text in [
        "CALL rates.d$0ue\nHALT\n",
        "CALL rates._o$0wn\nHALT\n",
        "JMP a$0.b\n",
        "PUSH a.b$0\n",
        ".use \"./nothing\" as a\nPUSH a.b$0 + a.c\n",
        ".routine f ( -- )\n.inline a.b$0\nRET\n.test a.c ( -- )\n",
    ] {
        let titles = offered(text, &[("./rates", ".routine _own ( -- )\nRET\n")]);
        assert_eq!(titles, [""; 0], "{text}");
    }
}

#[test]
fn members_of_an_own_file_bring_its_use_line() {
    let around = Around::new(&[
        ("./rates", RATES),
        ("./lib/more", RATES),
        ("./main", "HALT\n"),
    ]);
    let labels = |text: &str| {
        let (s, cursor) = at_cursor(text);
        let answer = provable_ide::completions_among(&s, cursor, &around);
        let items = answer
            .items
            .into_iter()
            .filter(|item| !item.detail.contains("std@"));
        let drawn = items.map(|item| {
            let text = apply(s.text(), &item.additional);
            let first = text.lines().next().unwrap_or_default().to_owned();
            (item.label, first)
        });
        drawn.collect::<Vec<_>>()
    };
    let own = |label: &str, path: &str| (label.to_owned(), format!(".use \"{path}\""));
    assert_eq!(labels("CALL rates.d$0\n"), [own("rates.due", "./rates")]);
    assert_eq!(labels("PUSH rates.$0\n"), [own("rates.FEE", "./rates")]);
    assert_eq!(labels("CALL more.d$0\n"), [own("more.due", "./lib/more")]);
    assert!(labels("CALL rat$0\n").contains(&own("rates.", "./rates")));
    // What is used already, and what is a program.
    let (s, cursor) = among(
        ".use \"./rates\" as r\nCALL r.d$0\n",
        &[("rates.prov", RATES)],
    );
    let answer = provable_ide::completions_among(&s, cursor, &around);
    let mut added = answer.items.iter().flat_map(|item| &item.additional);
    assert!(added.all(|edit| !edit.text.contains("rates")));
    assert_eq!(labels("CALL main.$0\n"), []);
}

#[test]
fn a_path_that_was_meant_is_put_in_place() {
    let (s, cursor) = among(
        ".use \"./rat$0se\"\nCALL rates.due\nHALT\n",
        &[("rates.prov", RATES)],
    );
    let fixes = provable_ide::fixes(&s, cursor..cursor);
    let fix = fixes.iter().find(|fix| fix.is_preferred).unwrap();
    assert_eq!(fix.title, "Change to `\"./rates\"`");
    assert_eq!(
        apply(s.text(), &fix.edits),
        ".use \"./rates\"\nCALL rates.due\nHALT\n"
    );
}

#[test]
fn calls_are_followed_into_other_files() {
    let text = ".use \"./lib\"\nCALL own\nHALT\n\n.routine own ( -- )\nPUSH 1\nCALL lib.tw$0ice\nPOP\nRET\n";
    let (s, cursor) = with_lib(text);
    let twice = provable_ide::routine_at(&s, cursor).unwrap();
    assert_eq!((twice.name.as_str(), twice.file), ("twice", 1));
    let own = text.find("own ( --").unwrap();
    let outgoing = provable_ide::outgoing(&s, own);
    assert_eq!(outgoing.len(), 1);
    assert_eq!(
        (outgoing[0].0.name.as_str(), outgoing[0].1.len()),
        ("twice", 1)
    );
    let incoming = provable_ide::incoming(&s, own);
    assert_eq!(incoming[0].0.name, "(program)");
    let from = provable_ide::incoming_in(&s, "lib.prov", 2);
    assert_eq!(from[0].0.name, "own");
}

#[test]
fn what_is_no_name_is_no_member_and_has_no_token() {
    let s = Snapshot::new(".push ( ## said\n.const ( ");
    for token in provable_ide::tokens(&s, 0..usize::MAX) {
        assert!(token.span.start < token.span.end, "{token:?}");
    }
    assert!(s.assembly.members.is_empty());
}
