use super::*;
use proptest::prelude::*;

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
