//! Routines and paths of calls.

use super::{Entries, of_text, profiled};
use provable::circuit::Usage;
use provable::circuit::profile::{Frame, MOST_DEPTH, Profile, RoutineUsage, Routines};
use provable::vm::Inputs;

fn routine(profile: &Profile, frame: Frame) -> RoutineUsage {
    let mut all = profile.routines.iter();
    *all.find(|one| one.frame == frame).unwrap()
}

/// Of each path that used something, the numbers of its routines and its rows.
fn paths(profile: &Profile) -> Vec<(Vec<u32>, usize)> {
    let nodes = profile.calls.nodes().iter().enumerate();
    let path = |number| {
        let frames = profile.calls.path(number).into_iter();
        let routines = frames.filter_map(|frame| match frame {
            Frame::Routine(routine) => Some(routine),
            Frame::Main => None,
            Frame::Deeper => Some(u32::MAX),
        });
        routines.collect()
    };
    nodes
        .filter(|(_, node)| node.own != Usage::default())
        .map(|(number, node)| (path(number), node.own.rows))
        .collect()
}

#[test]
fn a_routine_has_its_own_rows_and_the_total_of_what_it_calls() {
    // f is at 3, g at 6.
    let profile = of_text("CALL f\nCALL g\nHALT\nf: CALL g\nCALL g\nRET\ng: NOP\nRET");
    let rows = |frame| {
        let RoutineUsage {
            calls, own, total, ..
        } = routine(&profile, frame);
        (calls, own.rows, total.rows)
    };
    assert_eq!(rows(Frame::Main), (0, 3, 12));
    assert_eq!(rows(Frame::Routine(3)), (1, 3, 7));
    assert_eq!(rows(Frame::Routine(6)), (3, 6, 6));
    let expected = [(vec![], 3), (vec![3], 3), (vec![3, 6], 4), (vec![6], 2)];
    assert_eq!(paths(&profile), expected);
    assert!(!profile.calls.is_cut());
}

/// Calls itself so many times. It is at 3.
fn recursion(times: u32) -> String {
    format!("PUSH {times}\nCALL down\nHALT\ndown: SUB 1\nDUP\nJZ leave\nCALL down\nleave: RET")
}

#[test]
fn a_routine_that_calls_itself_counts_once() {
    let profile = of_text(&recursion(5));
    let down = routine(&profile, Frame::Routine(3));
    assert_eq!(down.calls, 5);
    assert_eq!(down.own, down.total);
    assert_eq!(down.own.rows, profile.usage.rows - 3);
    assert_eq!(paths(&profile).len(), 6);
}

#[test]
fn paths_that_are_too_long_are_not_told_apart_and_the_totals_stay_exact() {
    let profile = of_text(&recursion(1000));
    assert!(profile.calls.is_cut());
    let down = routine(&profile, Frame::Routine(3));
    assert_eq!(down.calls, 1000);
    assert_eq!(down.own, down.total);
    assert_eq!(down.own.rows, profile.usage.rows - 3);
    let deepest = profile.calls.nodes().iter().map(|node| node.depth).max();
    assert_eq!(deepest, Some(MOST_DEPTH));
    let paths = paths(&profile);
    let cut: Vec<_> = paths
        .iter()
        .filter(|(path, _)| path.contains(&u32::MAX))
        .collect();
    // 1000 calls of the routine, and one frame of main.
    let told_apart = MOST_DEPTH - 1;
    assert_eq!(cut, [&(vec![u32::MAX, 3], 5 * (1000 - told_apart) - 1)]);
}

#[test]
fn a_call_that_is_left_open_and_words_that_are_left_count_for_the_path() {
    let profile = of_text("CALL f\nHALT\nf: PUSH 1\nCALL g\nHALT\ng: PUSH 2\nHALT");
    assert_eq!((profile.usage.stack, profile.usage.calls), (2, 2));
    let left = |frame| {
        let RoutineUsage { own, total, .. } = routine(&profile, frame);
        (own.stack, own.calls, total.stack, total.calls)
    };
    assert_eq!(left(Frame::Main), (0, 1, 2, 2));
    assert_eq!(left(Frame::Routine(2)), (1, 1, 2, 1));
    assert_eq!(left(Frame::Routine(5)), (1, 0, 1, 0));
}

/// Routines of a program with copies: those of each instruction.
struct Copies(Vec<Vec<u32>>);

impl Routines for Copies {
    fn called(&self, entry: u32) -> u32 {
        entry
    }

    fn inlined(&self, index: u32) -> &[u32] {
        self.0.get(index as usize).map_or(&[], Vec::as_slice)
    }
}

#[test]
fn inlined_copies_are_frames_of_the_routine_that_has_them() {
    // f is at 3. Its second instruction stands in a copy of 10, the third in a copy of 11 in that of 10, the fourth in
    // another copy of 11.
    let text = "NOP\nCALL f\nHALT\nf: NOP\nNOP\nNOP\nNOP\nRET";
    let copies = vec![
        vec![],
        vec![],
        vec![],
        vec![],
        vec![10],
        vec![10, 11],
        vec![11],
        vec![],
    ];
    let program = text.parse().unwrap();
    let profile = profiled(&program, &Inputs::default(), &Copies(copies));
    let expected = [
        (vec![], 3),
        (vec![3], 2),
        (vec![3, 10], 1),
        (vec![3, 10, 11], 1),
        (vec![3, 11], 1),
    ];
    assert_eq!(paths(&profile), expected);
    let rows = |number| {
        let RoutineUsage {
            calls, own, total, ..
        } = routine(&profile, Frame::Routine(number));
        (calls, own.rows, total.rows)
    };
    assert_eq!(rows(3), (1, 2, 5));
    assert_eq!(rows(10), (0, 1, 2));
    assert_eq!(rows(11), (0, 2, 2));
    // As without copies, the whole is the same.
    let plain = profiled(&program, &Inputs::default(), &Entries);
    assert_eq!(plain.usage, profile.usage);
}

#[test]
fn a_return_leaves_the_copies_that_it_stands_in() {
    // RET at 4 stands in a copy of 10.
    let text = "CALL f\nNOP\nHALT\nf: NOP\nRET";
    let copies = vec![vec![], vec![], vec![], vec![], vec![10]];
    let profile = profiled(&text.parse().unwrap(), &Inputs::default(), &Copies(copies));
    let expected = [(vec![], 3), (vec![3], 1), (vec![3, 10], 1)];
    assert_eq!(paths(&profile), expected);
}
