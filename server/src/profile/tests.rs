use super::*;
use crate::source::Source;
use proptest::prelude::*;
use provable::circuit::Usage;
use provable::circuit::profile::{Profile, profile};
use provable::lang::program::Program;
use provable::progress::Silent;
use provable::vm::{Inputs, Limits, run};

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
    let (assembly, program) = source.assemble().unwrap();
    let places = PlainFile::new(&source, &assembly, &program);
    let numbering = Numbering::new(&program, &places);
    let profile = profiled(&program, &numbering);
    let report = ProfileReport::new(&source.name, &profile, &places, &numbering, Some(by));
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

#[test]
fn a_line_that_moved_has_not_changed_and_one_that_is_gone_or_new_has() {
    let (old, _) = report_of("PUSH 1\nPOP\nPUSH 1\nPOP\nNOP\nHALT\n", "rows");
    let (new, _) = report_of(
        "# moved\nPUSH 1\nPOP\nPUSH 1\nPOP\nWRITE_IT: PUSH 2\nWRITE\nHALT\n",
        "rows",
    );
    assert!(Comparison::new(&old, &old).lines.is_empty());
    let comparison = Comparison::new(&old, &new);
    let lines = comparison.lines.iter();
    let lines: Vec<_> = lines
        .map(|one| (one.name.as_str(), one.old_line, one.line, one.rows("rows")))
        .collect();
    assert_eq!(
        lines,
        [
            ("NOP", Some(5), None, (1, 0)),
            ("WRITE_IT: PUSH 2", None, Some(6), (0, 1)),
            ("WRITE", None, Some(7), (0, 1)),
        ]
    );
    let routines = comparison.routines.iter();
    let routines: Vec<_> = routines.map(|one| (&*one.name, one.rows("rows"))).collect();
    assert_eq!(routines, [("(main)", (6, 7))]);
}

/// The JSON of a profile.
fn json() -> String {
    serde_json::to_string(&report_of(CALLS, "rows").0).unwrap()
}

#[test]
fn a_profile_is_read_as_it_was_written() {
    let (mut report, _) = report_of(CALLS, "rows");
    for line in &mut report.lines {
        line.share = 0.0;
    }
    for routine in &mut report.routines {
        (routine.share, routine.total_share) = (0.0, 0.0);
    }
    assert_eq!(ProfileReport::from_json(&json()).unwrap(), report);
    let marked = format!("\u{feff} {}", json());
    assert_eq!(ProfileReport::from_json(&marked).unwrap(), report);
}

#[test]
fn what_is_no_profile_is_refused_with_the_reason() {
    for (text, told) in [
        ("", "EOF"),
        ("[1]", "expected"),
        ("7", "expected a map"),
        ("{}", "missing field `file`"),
        ("{\"file\": 7}", "invalid type"),
        (
            &json().replace("\"steps\":", "\"steps\":-"),
            "invalid value",
        ),
        (
            &json().replace("\"rows\":", "\"rows\":1e99,\"x\":"),
            "invalid type",
        ),
    ] {
        let error = ProfileReport::from_json(text).unwrap_err().to_string();
        assert!(error.contains(told), "{told:?} is not in {error:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..Default::default() })]

    /// Whatever can be read can be compared, both ways.
    #[test]
    fn any_file_is_refused_or_compared(
        edits in prop::collection::vec((any::<prop::sample::Index>(), "[0-9\"{}\\[\\],:nea-]{0,20}"), 0..4)
    ) {
        let mut text = json();
        for (place, piece) in edits {
            let at = place.index(text.len() + 1);
            if text.is_char_boundary(at) {
                text.insert_str(at, &piece);
            }
        }
        let (report, _) = report_of(CALLS, "rows");
        if let Ok(other) = ProfileReport::from_json(&text) {
            Comparison::new(&other, &report);
            Comparison::new(&report, &other);
        }
    }

    #[test]
    fn any_numbers_can_be_compared(counts in prop::array::uniform4(any::<usize>()), steps in any::<u64>()) {
        let (report, _) = report_of(CALLS, "rows");
        let mut other = report.clone();
        other.steps = steps;
        for line in &mut other.lines {
            line.own.rows = counts[0];
            line.line = Some(counts[1]);
        }
        for routine in &mut other.routines {
            (routine.total.rows, routine.own.rows) = (counts[2], counts[3]);
        }
        let comparison = Comparison::new(&other, &report);
        prop_assert_eq!(comparison.steps, steps);
        Comparison::new(&report, &other);
    }
}
