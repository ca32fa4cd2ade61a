//! Files that use each other: paths, names, and what cannot be used.

use crate::several::{check, codes, flat, load, outcome, refused};
use expect_test::expect;
use provable::lang::link::link;
use provable::lang::modules::{FileError, Files, MemoryFiles, Modules, Parsed};
use std::sync::Arc;

const MATH: &str = "\
.const N 7
.var v 2
.data T 4, 5
.routine sum ( a b -- c )
ADD
RET
.routine _own ( -- )
RET
.routine both ( -- a )
CALL _own
PUSH N
RET
";

#[test]
fn names_of_other_files_are_written_behind_the_name_of_the_file() {
    let text = ".use \"./math\"\n.use \"./lib/more.prov\" as m\n.use \"../top/math\" as again\n\
        PUSH math.N\nPUSH m.N\nCALL math.sum\nCALL again.both\nSTORE math.v\nLOAD math.v\nLOAD math.T + 1\nPUSH len(math.T)\nHALT\n";
    let files = [
        ("top/main.prov", text),
        ("top/math.prov", MATH),
        (
            "top/lib/more.prov",
            ".use \"../math\"\n.const N math.N * 2\n",
        ),
    ];
    assert_eq!(outcome(&files).stack, [21, 7, 5, 2]);
    // Two paths mean one file.
    assert_eq!(load(&files).files().len(), 3);
}

#[test]
fn a_name_that_a_file_does_not_make_known_is_refused() {
    let files = |line: &'static str| [("main.prov", line), ("math.prov", MATH)];
    for line in [
        ".use \"./math\"\nCALL math._own\nHALT",
        ".use \"./math\"\nCALL math.nothing\nHALT",
        ".use \"./math\"\nPUSH math.M\nHALT",
        ".use \"./math\" as m\nPUSH math.N\nHALT",
        ".use \"./math\"\nJMP math.v.w\nHALT",
        "PUSH math.N\nHALT",
        ".use \"./math\"\nPUSH N\nHALT",
    ] {
        assert_eq!(codes(&files(line)), ["E010"], "{line}");
    }
    for line in [
        ".use \"./math\"\nJMP math.sum\nHALT",
        ".use \"./math\"\nPUSH math.sum\nHALT",
        ".use \"./math\"\nPUSH math\nHALT",
        ".use \"./math\"\n.inline math.N\nHALT",
        ".use \"./math\"\n.push math.v\nHALT",
    ] {
        assert_eq!(codes(&files(line)), ["E007"], "{line}");
    }
    check(
        &[
            (
                "main.prov",
                ".use \"./math\"\nPUSH math.M\nCALL math._own\nCALL math.sm\nPUSH mth.N\nHALT\n",
            ),
            ("math.prov", MATH),
        ],
        expect![[r#"
            main.prov
            2  PUSH math.M
                    ^^^^^^ error[E010]: the file `math` has no `M`
            3  CALL math._own
                    ^^^^^^^^^ error[E010]: `math._own` is known only in its own file: it begins with `_`
            4  CALL math.sm
                    ^^^^^^^ error[E010]: the file `math` has no `sm`
               = did you mean `math.sum`?
            5  PUSH mth.N
                    ^^^^^ error[E010]: there is no constant `mth.N`
               = no `.use` line names a file `mth`
        "#]],
    );
}

#[test]
fn a_use_line_with_an_error_has_no_errors_after_it() {
    check(
        &[(
            "main.prov",
            ".use \"std@1/chek\"\n.use \"./none\"\n.use \"./torn\n.const X 3\nPUSH 1\nCALL check.between 0, X\n.inline chek.le\nPUSH none.N\nCALL torn.f 1, 2\nHALT\n.test \"t\"\n.traps ASSERT at none.f\n.test none.g ( 1 -- 2 )\n",
        )],
        expect![[r#"
            main.prov
            1  .use "std@1/chek"
                    ^^^^^^^^^^^^ error[E020]: there is no `std@1/chek` in the standard library
               = did you mean `"std@1/check"`?
            2  .use "./none"
                    ^^^^^^^^ error[E021]: there is no file none.prov
            3  .use "./torn
                    ^^^^^^^ error[E018]: the text has no closing quote
        "#]],
    );
}

#[test]
fn a_path_that_was_meant_is_told_as_it_is_written() {
    let lines = "\
.use \"./ratse\"
.use \"tables\"
.use \"tabels\"
.use \"./lib/mul.prov\"
.use \"std@1/chek\"
.use \"std/mem\"
.use \"std/memm\"
.use \"mem\"
.use \"nothing_like_it\"
";
    let files = [
        ("main.prov", lines),
        ("rates.prov", ""),
        ("tables.prov", ""),
        ("lib/mull.prov", ""),
    ];
    let linked = link(&load(&files));
    let main = &linked.assemblies[0];
    let bad = main
        .diagnostics
        .iter()
        .filter(|one| one.code.as_str() != "E009");
    let drawn: Vec<_> = bad
        .map(|one| {
            let line = main.tree.line_at(one.span.start).unwrap() + 1;
            let old = &main.tree.text()[one.span.clone()];
            let new = one.replacement.as_deref().unwrap_or("-");
            format!("{line} {old} {new} {}", one.help.as_deref().unwrap_or("-"))
        })
        .collect();
    expect![[r#"
        1 "./ratse" "./rates" did you mean `"./rates"`?
        2 "tables" "./tables" did you mean `"./tables"`?
        3 "tabels" "./tables" did you mean `"./tables"`?
        4 "./lib/mul.prov" "./lib/mull" did you mean `"./lib/mull"`?
        5 "std@1/chek" "std@1/check" did you mean `"std@1/check"`?
        6 "std/mem" "std@1/mem" did you mean `"std@1/mem"`?
        7 "std/memm" "std@1/mem" did you mean `"std@1/mem"`?
        8 "mem" "std@1/mem" did you mean `"std@1/mem"`?
        9 "nothing_like_it" - -
    "#]]
    .assert_eq(&(drawn.join("\n") + "\n"));
}

#[test]
fn what_is_called_is_a_routine_and_a_private_name_is_told() {
    check(
        &[
            (
                "main.prov",
                ".use \"./math\"\n.use \"./lib/math\"\nCALL brackets.due\nCALL nothing\nJMP nowhere\nCALL math.own\nCALL nothing 3\nHALT\n",
            ),
            ("math.prov", MATH),
            ("lib/math.prov", ""),
        ],
        expect![[r#"
            main.prov
            2  .use "./lib/math"
                           ^^^^ error[E009]: `math` is already defined
            1  .use "./math"
                       ---- first defined here
               = give the file another name: write `as NAME` after the path
            3  CALL brackets.due
                    ^^^^^^^^^^^^ error[E010]: there is no routine or label `brackets.due`
               = no `.use` line names a file `brackets`
            4  CALL nothing
                    ^^^^^^^ error[E010]: there is no routine or label `nothing`
               = define it with `.routine nothing ( -- )`
            5  JMP nowhere
                   ^^^^^^^ error[E010]: there is no label `nowhere`
               = define it with `nowhere:` on a line
            6  CALL math.own
                    ^^^^^^^^ error[E010]: the file `math` has no `own`
               = its `_own` is known only in its own file, because it begins with `_`
            7  CALL nothing 3
                    ^^^^^^^ error[E010]: there is no routine or label `nothing`
               = define it with `.routine nothing ( -- )`
        "#]],
    );
}

#[test]
fn constants_that_are_defined_through_themselves_show_the_chain() {
    let long: String = (0..20)
        .map(|n| format!(".const c{n} c{}\n", (n + 1) % 20))
        .collect();
    check(
        &[
            (
                "main.prov",
                &format!(
                    ".use \"./other\"\n.const A B + 1\n.const B other.C\n.const S S\n{long}HALT\n"
                ),
            ),
            ("other.prov", ".use \"./main\"\n.const C main.A\n"),
        ],
        expect![[r#"
            main.prov
            1  .use "./other"
                    ^^^^^^^^^ error[E021]: the file has errors; the first is in line 1: the file is a program and no library: it has instructions before its first routine
            3  .const B other.C
                        ^^^^^^^ error[E019]: this is defined through itself: `B` → `other.C` → `A` → `B`
            4  .const S S
                        ^ error[E019]: this is defined through itself: `S` → `S`
            24 .const c19 c0
                          ^^ error[E019]: this is defined through itself: `c19` → `c0` → `c1` → `c2` → … → `c16` → `c17` → `c18` → `c19`
            other.prov
            1  .use "./main"
                    ^^^^^^^^ error[E021]: the file is a program and no library: it has instructions before its first routine
               = what stands before its first routine, from line 25 on, is a program
            1  .use "./main"
                    ^^^^^^^^ error[E021]: the file has errors; the first is in line 3: this is defined through itself: `B` → `other.C` → `A` → `B`
            2  .const C main.A
                        ^^^^^^ error[E019]: this is defined through itself: `C` → `main.A` → `main.B` → `C`
        "#]],
    );
}

#[test]
fn a_use_line_that_is_not_written_as_they_are_is_refused() {
    refused(
        "E020",
        &[
            ".use",
            ".use math",
            ".use \"math\"",
            ".use \"/math\"",
            ".use \"./\"",
            ".use \"./a//b\"",
            ".use \"./a\\\\b\"",
            ".use \"./a\\x07b\"",
            ".use \"std/math\"",
            ".use \"std@0/math\"",
            ".use \"std@2/math\"",
            ".use \"std@1/nothing\"",
            ".use \"\"",
        ],
    );
    assert!(codes(&[("main.prov", ".use \"./a-b\""), ("a-b.prov", "")]).contains(&"E020"));
    assert_eq!(
        codes(&[("main.prov", ".use \"./a-b\" as ab"), ("a-b.prov", "")]),
        [""; 0]
    );
    refused(
        "E008",
        &[".use \"std@1/math\" as 1a", ".use \"std@1/math\" as a.b"],
    );
    refused("E006", &[".use \"std@1/math\" x", ".use \"std@1/math\" as"]);
}

#[test]
fn a_file_that_cannot_be_used_is_reported_where_it_is_used() {
    assert_eq!(
        codes(&[("main.prov", ".use \"./nothing\"\nCALL nothing.f\nHALT")]),
        ["E021"]
    );
    assert_eq!(
        codes(&[("main.prov", ".use \"../nothing\"\nHALT")]),
        ["E021"]
    );
    check(
        &[
            (
                "main.prov",
                ".use \"./a\"\n.use \"./b\"\n.use \"./c\"\nCALL a.f\nHALT\n",
            ),
            ("a.prov", ".routine f ( -- )\nRET\nFROB\n"),
            ("b.prov", "PUSH 1\n"),
            ("c.prov", ".use \"./a\"\n"),
        ],
        expect![[r#"
            main.prov
            1  .use "./a"
                    ^^^^^ error[E021]: the file has errors; the first is in line 3: there is no instruction `FROB`
            2  .use "./b"
                    ^^^^^ error[E021]: the file is a program and no library: it has instructions before its first routine
               = what stands before its first routine, from line 1 on, is a program
            a.prov
            3  FROB
               ^^^^ error[E004]: there is no instruction `FROB`
               = a label is written `FROB:`
            c.prov
            1  .use "./a"
                    ^^^^^ error[E021]: the file has errors; the first is in line 3: there is no instruction `FROB`
            1  .use "./a"
                       ^ hint[H106]: the file `a` is never used
        "#]],
    );
}

#[test]
fn files_may_use_each_other_and_constants_may_not_be_defined_in_a_circle() {
    let even = ".use \"./odd\"\n.routine even ( a -- b )\nDUP\nJZ x\nSUB 1\nCALL odd.odd\nRET\nx: POP\nPUSH 1\nRET\n";
    let odd =
        ".use \"./even\"\n.routine odd ( a -- b )\nDUP\nJZ x\nSUB 1\nCALL even.even\nRET\nx: RET\n";
    let main = ".use \"./even\"\nPUSH 7\nCALL even.even\nPUSH 8\nCALL even.even\nHALT\n";
    let files = [("main.prov", main), ("even.prov", even), ("odd.prov", odd)];
    assert_eq!(codes(&files), [""; 0]);
    assert_eq!(outcome(&files).stack, [0, 1]);
    // A circle of constants is reported once in each file that has a part in it, at most.
    let (a, b) = (
        ".use \"./b\"\n.const A b.B + 1\n",
        ".use \"./a\"\n.const B a.A + 1\n",
    );
    let found = codes(&[
        ("main.prov", ".use \"./a\"\nPUSH a.A\nHALT"),
        ("a.prov", a),
        ("b.prov", b),
    ]);
    assert!(found.contains(&"E019"), "{found:?}");
    assert!(
        found.iter().all(|code| ["E019", "E021"].contains(code)),
        "{found:?}"
    );
    // A file may use itself.
    let own = [(
        "main.prov",
        ".use \"./main\" as m\n.const N 3\n.routine f ( -- a )\nPUSH m.N\nRET\n",
    )];
    assert_eq!(codes(&own), [""; 0]);
}

#[test]
fn a_main_file_with_code_is_no_library() {
    let files = [
        (
            "main.prov",
            ".use \"./lib\"\nCALL lib.f\nHALT\n.routine g ( -- )\nRET\n",
        ),
        (
            "lib.prov",
            ".use \"./main\"\n.routine f ( -- )\nCALL main.g\nRET\n",
        ),
    ];
    assert_eq!(codes(&files), ["E021"]);
    let files = [
        (
            "main.prov",
            ".use \"./lib\"\n.routine g ( -- )\nCALL lib.f\nRET\n",
        ),
        (
            "lib.prov",
            ".use \"./main\"\n.routine f ( -- )\nCALL main.g\nRET\n",
        ),
    ];
    assert_eq!(codes(&files), [""; 0]);
}

#[test]
fn names_that_nothing_uses_are_hints_and_those_of_libraries_are_for_others() {
    let hints = |text: &str| {
        let linked = link(&load(&[("main.prov", text)]));
        let analysis = provable::lang::analysis::analyse(&linked.assemblies[0]);
        let names = analysis
            .diagnostics
            .iter()
            .filter(|one| one.code.as_str() == "H106");
        names
            .map(|one| text[one.span.clone()].to_owned())
            .collect::<Vec<_>>()
    };
    let library = ".use \"std@1/math\"\n.const N 1\n.const _M 1\n.var v\n.routine f ( -- ) P\nx: RET\n.routine _g ( -- )\nRET\n";
    assert_eq!(hints(library), ["math", "_M", "P", "x", "_g"]);
    assert_eq!(
        hints(&format!("HALT\n{library}")),
        ["math", "N", "_M", "v", "f", "P", "x", "_g"]
    );
}

#[test]
fn a_library_needs_no_main_code_and_tests_in_it_are_not_linked() {
    let library = ".routine f ( -- a )\nPUSH 1\nRET\n.test f ( -- 1 )\n.test \"more\"\nCALL f\nPOP\n.routine g ( -- )\nRET\n";
    let files = [
        ("main.prov", ".use \"./lib\"\nCALL lib.f\nHALT\n"),
        ("lib.prov", library),
    ];
    assert_eq!(codes(&files), [""; 0]);
    assert!(!flat(&files).contains("POP"));
}

/// Every path gives a file that uses the next.
struct Endless(bool);

impl Files for Endless {
    fn resolve(&self, _from: &str, path: &str) -> Result<String, FileError> {
        Ok(path.to_owned())
    }

    fn parsed(&self, id: &str) -> Result<Arc<Parsed>, FileError> {
        let number: usize = id
            .trim_matches(|one: char| !one.is_ascii_digit())
            .parse()
            .unwrap();
        let next = if self.0 {
            format!(".use \"./f{}\"\n", number + 1)
        } else {
            String::new()
        };
        Ok(Arc::new(Parsed::new(&next)))
    }
}

#[test]
fn a_program_has_at_most_a_thousand_files() {
    let found = |text: &str, files: &dyn Files| {
        let modules = Modules::load("f0.prov", Arc::new(Parsed::new(text)), files);
        let linked = link(&modules);
        assert!(linked.program.is_none());
        let all: Vec<_> = (0..modules.files().len())
            .flat_map(|file| linked.diagnostics_of(file))
            .collect();
        (modules.files().len(), all)
    };
    let (count, all) = found(".use \"./f1\"\nHALT\n", &Endless(true));
    assert_eq!(count, 1000);
    assert!(all.iter().any(|one| one.code.as_str() == "E022"));
    let many: String = (1..10_000)
        .map(|at| format!(".use \"./f{at}\"\n"))
        .collect();
    let (count, all) = found(&many, &Endless(false));
    assert_eq!(count, 1000);
    let refused = all.iter().filter(|one| one.code.as_str() == "E022").count();
    assert_eq!(refused, 9_000);
    assert_eq!(all[0].message, "a program has at most 1000 files");
}

#[test]
fn a_text_by_itself_may_use_the_standard_library_alone() {
    let modules = Modules::alone(Arc::new(Parsed::new(".use \"./x\"\nHALT\n")));
    assert_eq!(link(&modules).diagnostics_of(0)[0].code.as_str(), "E021");
    let modules = Modules::alone(Arc::new(Parsed::new(".use \"std@1/math\"\nHALT\n")));
    assert!(link(&modules).program.is_some());
    assert!(MemoryFiles::default().parsed("x").is_err());
}
