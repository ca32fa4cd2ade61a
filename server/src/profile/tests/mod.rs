mod comparison;

use super::*;
use crate::program_files::LinkedProgram;
use crate::source::Source;
use provable::circuit::Usage;
use provable::circuit::profile::{Profile, profile};
use provable::lang::modules::{MemoryFiles, Modules, Parsed};
use provable::lang::program::Program;
use provable::progress::Silent;
use provable::vm::{Inputs, Limits, run};
use std::sync::Arc;

/// The profile of a program that reads nothing.
fn profiled(program: &Program, numbering: &Numbering) -> Profile {
    let (inputs, limits) = (Inputs::default(), Limits::default());
    let steps = run(program, &inputs, limits).steps;
    profile(program, &inputs, limits, steps, numbering, &Silent).unwrap()
}

/// The report of a text and its tree of calls.
fn report_of(text: &str, by: &str) -> (ProfileReport, FlameTree) {
    let source = Source {
        name: "p.prov".to_owned(),
        text: text.to_owned(),
    };
    let modules = Modules::alone(Arc::new(Parsed::new(text)));
    report_of_files(modules, source, by)
}

/// The same of several files.
fn report_of_files(modules: Modules, main: Source, by: &str) -> (ProfileReport, FlameTree) {
    let program = LinkedProgram::of(modules, main).unwrap_or_else(|_| panic!("errors"));
    let places = LinkedPlaces::new(&program);
    let numbering = Numbering::new(&program.program, &places);
    let profile = profiled(&program.program, &numbering);
    let report = ProfileReport::new("p.prov", &profile, &places, &numbering, Some(by));
    (report, FlameTree::new(&profile, &numbering))
}

fn sum(parts: impl Iterator<Item = Usage>) -> Usage {
    parts.fold(Usage::default(), |mut sum, part| {
        sum += part;
        sum
    })
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

const CALLS: &str = "CALL f\nCALL g\nCALL 10\nHALT\nf:\nalso_f: PUSH 3\nMUL 5\nPOP\nRET\n\
                     inner: NOP\ng: NOP\nCALL f\nRET\n";

#[test]
fn lines_and_routines_add_up_to_the_run() {
    let (report, _) = report_of(&format!(".data d at 7 1, 2\n{CALLS}"), "rows");
    let lines = report.lines.iter().map(|line| line.own);
    assert_eq!(sum(lines.chain([report.data])), report.usage);
    let routines = report.routines.iter().map(|routine| routine.own);
    let outside = [report.data, report.not_executed];
    assert_eq!(sum(routines.chain(outside)), report.usage);
    let shares: f64 = report.lines.iter().map(|line| line.share).sum();
    assert!((shares - 1.0).abs() < 1e-9, "{shares}");
}

#[test]
fn a_routine_is_named_by_the_first_label_that_is_called_or_by_its_line() {
    let (report, _) = report_of(CALLS, "rows");
    let routine = |line: usize| {
        let mut lines = report.lines.iter();
        let found = lines.find(|one| one.line == Some(line)).unwrap();
        (found.routine.as_str(), found.text.as_str())
    };
    assert_eq!(routine(1), ("(main)", "CALL f"));
    assert_eq!(routine(6), ("f", "also_f: PUSH 3"));
    // Nothing calls `inner`, so it is part of what stands before it.
    assert_eq!(routine(10), ("f", "inner: NOP"));
    assert_eq!(routine(11), ("g", "g: NOP"));
    assert_eq!(routine(12), ("line 12", "CALL f"));
    let names: Vec<_> = report
        .routines
        .iter()
        .map(|one| (&*one.name, one.line))
        .collect();
    for expected in [
        ("(main)", Some(1)),
        ("f", Some(6)),
        ("g", Some(11)),
        ("line 12", Some(12)),
    ] {
        assert!(names.contains(&expected), "{names:?}");
    }
}

/// A main file that calls and copies routines of its own and of another file, one of the same name.
const MAIN_FILE: &str = "\
.use \"./m\"
CALL f
CALL m.f
.inline f
HALT
.routine f ( -- )
NOP
.inline m.f
RET
";

const OTHER_FILE: &str = "\
.routine f ( -- )
.inline g 2
CALL g 3
CALL g 4
RET
.routine g ( -- ) n
PUSH n
POP
RET
";

#[test]
fn routines_of_several_files_are_frames_whether_called_or_copied() {
    let files = MemoryFiles::new([("p.prov", MAIN_FILE), ("m.prov", OTHER_FILE)]);
    let parsed = Arc::new(Parsed::new(MAIN_FILE));
    let main = Source {
        name: "p.prov".to_owned(),
        text: MAIN_FILE.to_owned(),
    };
    let modules = Modules::load("p.prov", parsed, &files);
    let (report, tree) = report_of_files(modules, main, "rows");
    let folded = written(|out| write_folded(&tree, "rows", out));
    // `f` is called once and copied once, without its last RET. `m.g` is copied once and called twice by each `m.f`.
    assert_eq!(
        folded,
        "(main) 3\n(main);f 3\n(main);f;m.f 4\n(main);f;m.f;m.g 16\n\
         (main);m.f 3\n(main);m.f;m.g 8\n"
    );
    let names: Vec<&str> = report.routines.iter().map(|one| &*one.name).collect();
    assert_eq!(names, ["m.g", "m.f", "(main)", "f"]);
    let lines = report.lines.iter();
    let push = lines.clone().find(|one| one.text == "PUSH n").unwrap();
    assert_eq!((&*push.file, push.line), ("m.prov", Some(7)));
    // Three times for each of the three `m.f`.
    assert_eq!((push.executions, push.own.rows), (9, 9));
    let routines = report.routines.iter().map(|routine| routine.own);
    assert_eq!(sum(routines.chain([report.not_executed])), report.usage);
}

#[test]
fn folded_stacks_have_a_line_for_each_path() {
    let (_, tree) = report_of(CALLS, "rows");
    let folded = written(|out| write_folded(&tree, "rows", out));
    assert_eq!(
        folded,
        "(main) 4\n(main);f 4\n(main);g 3\n(main);g;f 4\n(main);line 12 2\n(main);line 12;f 4\n"
    );
    let folded = written(|out| write_folded(&tree, "arithmetic", out));
    assert_eq!(folded, "(main);f 1\n");
}

/// Places whose names are as bad as names can be, with an inlined copy.
struct Bad;

const BAD: &str = "a;<b> \"&'\u{1b}[2J\n\u{ffff}";

impl Places for Bad {
    fn place(&self, index: u32) -> Option<Place<'_>> {
        let sites = |names: &[&'static str]| {
            let sites = names.iter().map(|routine| InlineSite {
                file: BAD,
                line: 9,
                routine,
            });
            sites.collect()
        };
        let (routine, inlined_at) = match index {
            0 | 1 => (MAIN, sites(&[])),
            2 => ("outer", sites(&[])),
            3 => (BAD, sites(&["outer"])),
            4 => ("inner", sites(&[BAD, "outer"])),
            5 => ("outer", sites(&[])),
            _ => return None,
        };
        Some(Place {
            file: BAD,
            line: index as usize + 1,
            routine,
            inlined_at,
        })
    }

    fn called(&self, _entry: u32) -> &str {
        "outer"
    }

    fn text(&self, _file: &str, _line: usize) -> Option<&str> {
        None
    }
}

#[test]
fn inlined_copies_are_frames_and_no_name_breaks_a_form() {
    let program: Program = "CALL 2\nHALT\nNOP\nNOP\nNOP\nRET".parse().unwrap();
    let numbering = Numbering::new(&program, &Bad);
    let profile = profiled(&program, &numbering);
    let report = ProfileReport::new(BAD, &profile, &Bad, &numbering, Some("rows"));
    let outer = report
        .routines
        .iter()
        .find(|one| one.name == "outer")
        .unwrap();
    assert_eq!((outer.own.rows, outer.total.rows), (2, 4));
    let tree = FlameTree::new(&profile, &numbering);
    let folded = written(|out| write_folded(&tree, "rows", out));
    let bad = "a_<b> \"&'_[2J_\u{ffff}";
    assert_eq!(
        folded,
        format!("(main) 2\n(main);outer 2\n(main);outer;{bad} 1\n(main);outer;{bad};inner 1\n")
    );
    let picture = written(|out| write_picture(BAD, &tree, "rows", "rows", out));
    assert!(
        picture.contains("a;&lt;b&gt; &quot;&amp;&#39;"),
        "{picture}"
    );
    assert!(!picture.contains(['\u{1b}', '\u{ffff}']) && !picture.contains("<b>"));
    // An element a line, or its start or its end.
    for line in picture.lines() {
        assert!(line.starts_with('<') && line.ends_with('>'), "{line:?}");
    }
    let speedscope = written(|out| write_speedscope(BAD, &tree, "rows", out));
    let speedscope: serde_json::Value = serde_json::from_str(&speedscope).unwrap();
    assert_eq!(speedscope["name"], BAD);
    assert_eq!(speedscope["shared"]["frames"][2]["name"], BAD);
    let profile = &speedscope["profiles"][0];
    assert_eq!(
        profile["samples"],
        serde_json::json!([[0], [0, 1], [0, 1, 2], [0, 1, 2, 3]])
    );
    assert_eq!(profile["weights"], serde_json::json!([2, 2, 1, 1]));
    assert_eq!(profile["endValue"], 6);
}

#[test]
fn what_no_call_used_stands_beside_main() {
    let (_, tree) = report_of(".data d at 0 1, 2, 3\nHALT\nNOP\n", "heap");
    assert_eq!(
        written(|out| write_folded(&tree, "heap", out)),
        "(data) 3\n"
    );
    let program = written(|out| write_folded(&tree, "program", out));
    assert_eq!(program, "(main) 1\n(not executed) 2\n");
}
