//! Declared loops: what a `.loop` line says is held against each turn; how many turns there are is trusted.

use crate::several::{check, codes, passes, refused};
use expect_test::expect;

/// A loop that pushes `pushed` words each turn, three times.
fn looped(line: &str, pushed: usize) -> String {
    let body = "PUSH 7\n".repeat(pushed);
    format!(
        ".var n\nPUSH 3\nSTORE n\n{line}\nagain:\n{body}LOAD n\nSUB 1\nDUP\nSTORE n\nJNZ again\n"
    )
}

#[test]
fn a_loop_that_changes_the_stack_as_it_says_is_no_finding() {
    passes(&[
        &looped(".loop +1, 3", 1),
        &looped(".loop +2, 3", 2),
        &looped(".loop + 2 , 1 + 2", 2),
        &looped(".loop +1", 1),
    ]);
    // Without the line it is one.
    assert_eq!(codes(&[("main.prov", &looped("", 1))]), ["W103"]);
}

#[test]
fn the_change_of_each_turn_is_held_against_the_line() {
    refused(
        "E116",
        &[
            &looped(".loop +2, 3", 1),
            &looped(".loop +1, 3", 0),
            &looped(".loop -1, 3", 1),
        ],
    );
    check(
        &[("main.prov", &looped(".loop +2, 3", 1))],
        expect![[r#"
        main.prov
        4  .loop +2, 3
                 ^^ error[E116]: each turn of the loop changes the stack by +1, and not by +2
        11 JNZ again
           --------- a turn ends here
    "#]],
    );
}

#[test]
fn what_a_turn_does_must_be_known() {
    // The code that is called leaves one word or two.
    let text = "PUSH 2\n.loop +1, 3\nagain: CALL part\nREAD\nJNZ again\nHALT\npart: READ\nJZ x\nPUSH 1\nx: PUSH 2\nRET\n";
    check(
        &[("main.prov", text)],
        expect![[r#"
            main.prov
            2  .loop +1, 3
                     ^^ warning[W102]: what a turn of the loop does to the stack is not known, so it is not held against this line
            5  JNZ again
               --------- a turn ends here
            10 x: PUSH 2
                  ^^^^^^ warning[W102]: paths meet here with stack depths that differ by 1 word
            8  JZ x
               ---- one path arrives from here with depth +0
            9  PUSH 1
               ------ the other arrives from here with depth +1
        "#]],
    );
}

#[test]
fn the_words_of_all_turns_are_there_behind_the_loop() {
    let popped = |count: usize| looped(".loop +1, 3", 1) + &"POP\n".repeat(count);
    passes(&[&popped(3)]);
    // The number of turns is trusted, so that what rests on it is a warning at most.
    refused("W101", &[&popped(4)]);
    refused("W101", &[&(looped(".loop +1", 1) + "POP\nPOP\n")]);
    let routine = |outputs: &str| {
        let body = looped(".loop +1, 3", 1);
        format!(
            "HALT\n.var n\n.routine f ( -- {outputs} )\n{}RET\n",
            body.trim_start_matches(".var n\n")
        )
    };
    passes(&[&routine("a b c")]);
    refused("W113", &[&routine("a b"), &routine("a b c d")]);
}

#[test]
fn a_loop_may_take_words() {
    let text = |count: usize| {
        format!(
            "{}.loop -1, 3\nagain: POP\nREAD\nJNZ again\n{}",
            "PUSH 1\n".repeat(3),
            "POP\n".repeat(count)
        )
    };
    passes(&[&text(0)]);
    refused("W101", &[&text(1)]);
}

#[test]
fn loops_may_be_nested() {
    let text = ".var i\n.var j\nPUSH 2\nSTORE i\n.loop +3, 2\nouter: PUSH 3\nSTORE j\n.loop +1, 3\ninner: PUSH 7\nLOAD j\nSUB 1\nDUP\nSTORE j\nJNZ inner\n\
        LOAD i\nSUB 1\nDUP\nSTORE i\nJNZ outer\nPOP\nPOP\nPOP\nPOP\nPOP\nPOP\n";
    passes(&[text]);
    refused(
        "E116",
        &[&text.replace("+3, 2", "+2, 2").replacen("POP\n", "", 1)],
    );
}

#[test]
fn a_load_in_a_later_turn_may_find_what_an_earlier_one_stored() {
    // In the first turn the LOAD is passed over.
    let text = "PUSH 0\nSTORE 1\n.loop +1, 3\nagain: READ\nJZ skip\nLOAD 5\nPOP\nskip: PUSH 7\nPUSH 1\nSTORE 5\nREAD\nJNZ again\n";
    assert_eq!(codes(&[("main.prov", text)]), ["W108"]);
    // What a routine stores in its turns is stored when it comes back.
    let text = "CALL part\nLOAD 5\nHALT\npart: READ\n.loop +1, 3\nagain: READ\nJZ end\nPUSH 1\nSTORE 5\nPUSH 7\nJMP again\nend: RET\n";
    assert_eq!(codes(&[("main.prov", text)]), ["W108"]);
}

#[test]
fn a_loop_line_that_is_not_written_as_they_are_or_stands_before_nothing_is_refused() {
    refused(
        "E026",
        &[
            ".loop\nNOP",
            ".loop 2\nNOP",
            ".loop +0\nNOP",
            ".loop +N\nNOP",
            ".loop -x\nNOP",
            ".loop +1, 0\nNOP",
            ".loop +1\n",
            ".loop +1\n.loop +1\nNOP",
            ".loop +1\n.routine f ( -- )\nRET",
        ],
    );
    refused("E005", &[".loop +1,\nNOP"]);
    refused("E006", &[".loop +1 2\nNOP"]);
    refused("E010", &[".loop +1, n\nNOP"]);
}

#[test]
fn many_loops_one_in_the_other_are_analysed_in_a_moment() {
    let count = 4_000;
    let mut text = String::new();
    for at in 0..count {
        text += &format!(".loop +1, 2\nl{at}: PUSH 1\n");
    }
    for at in (0..count).rev() {
        text += &format!("READ\nJNZ l{at}\n");
    }
    assert!(!codes(&[("main.prov", &text)]).is_empty());
}
